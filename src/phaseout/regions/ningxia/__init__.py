"""Ningxia as data: divisions, and beside them a demo authority (`demo/`), fictional and marked so."""
