"""Pages of the settlement of employees."""
