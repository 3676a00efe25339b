"""The pages of returns: the year at a glance, one return, its draft."""
