"""Technical support: retrofit projects linked to findings, what they save, what limit they would meet."""
