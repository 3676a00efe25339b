"""Inspections (clause 16): plan, random choice, visit, record, facts; complaints as a source.

    subjects    the duties of clause 16, and in which office a person acts
    acts        what can be done: one function, one durable transaction, one appended row
    drawing     the random choice of firms and inspectors, pure and repeatable
    checklist   what is looked at: the norms that apply to the lines of a firm on a day
    results     what was measured, as files for the registry's own import

Every table of this room is appended to only (the database refuses the rest), but for drafts of
records, which are their inspectors' own. What stands is read from the rows, nothing is edited.

Words used in one sense only:
    plan        how many firms of which industry a department visits by when, in a year; a version
    draw        one random choice of firms from one line of an approved plan
    assignment  one firm, its inspectors, the days, the checklist as it was that day
    record      what was found at the visit, signed by every inspector
    tip         a complaint or a hint by anybody
"""
