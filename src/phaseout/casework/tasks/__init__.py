"""Tasks that cases raise for organisations: accepted, returned, reported, urged, transferred.

    acts            accept, return_, report, urge, transfer: one function, one transaction, one row
    clocks          the days to accept and to report (`tables/clocks.csv`), counted in working days
    listing         the tasks of one's offices; pages `tasks`, `task`
    telling         who is told of a task that has arisen or is overdue

A task is raised and, where the procedure says so, ended by acts of its case (`CaseTask`, derived);
what organisations do with it are `TaskAct`s; both together make its `TaskStanding`. The clocks are
our own administrative rule and say so wherever they are shown; no statute sets them.

Words used in one sense only:
    holder          the office that holds a task now
    office of the case   which raised it, may urge and transfer it, and sees what became of it
"""
