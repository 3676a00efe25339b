"""The exit of a line on site: what must go, dismantling, field work, acceptance."""
