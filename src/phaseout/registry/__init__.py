"""The registry: enterprises, sites, lines, equipment, permits and all facts, with their histories.

    Enterprise, Site, ProductionLine      what exists now; cases and findings point here
    versions (tables)                     every fact ever taken, by which import, from when
    imports.…                             how facts come in: whole or not at all
    loading.load_facts(connection, …)     facts laid before the judgement (DuckDB)
    exporting.write_facts(folder, …)      the same facts as a folder for `phaseout judge`

A fact is never overwritten: a new version succeeds it and names the import that brought it.
"""
