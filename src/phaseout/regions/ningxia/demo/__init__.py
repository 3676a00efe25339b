"""A demo authority: confirmations and decisions that no real officer or office has made."""
