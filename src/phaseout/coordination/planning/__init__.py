"""The yearly work plan (clause 19): drafted from findings and cases, consulted, adopted, followed.

    candidates   the lines a plan is drawn up from: what the system would plan, and why
    acts         what can be done: one function, one durable transaction, one appended row
    standing     which draft is the latest, what it waits for, which edition is in force
    progress     planned lines with what became of them: the capacity ledger's answer
    adopted      the adopted plan and its goals as plain data, for other rooms
    differences  what an amendment changed
    papers       the plan as an official document

Every table is appended to only (the database refuses the rest). The day is `law.planning.days`.

Words used in one sense only:
    draft     one whole version of a year's plan; a change is a further draft
    turn      the way from a first draft to an adoption; the second turn amends
    edition   a draft the government adopted
    aim       what a line is planned for: `exit` or `rectify`
    due       the day by which a line is to be through, inside
"""
