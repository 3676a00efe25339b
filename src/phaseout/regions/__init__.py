"""Regions as data: each folder is a region pack."""
