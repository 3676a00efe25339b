"""Pages of the funds."""
