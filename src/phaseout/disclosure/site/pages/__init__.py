"""The public pages, one file about one thing."""
