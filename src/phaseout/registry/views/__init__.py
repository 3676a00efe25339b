"""Pages of the registry: enterprises, lines, imports, duplicates. Find, parse, act, show."""
