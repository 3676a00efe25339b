"""Ningxia as data: divisions, organisations, duties; in `demo/` a demo authority, marked so."""
