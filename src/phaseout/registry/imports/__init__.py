"""How facts come in: whole or not at all, seen before they are taken.

receive     files are kept as evidence, a check is deferred
check       what would be new, changed, unchanged, refused
take_import one transaction; or abandon
"""
