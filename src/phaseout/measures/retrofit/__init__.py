"""Technical support: retrofit projects linked to findings, and what limit they would meet."""
