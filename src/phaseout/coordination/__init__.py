"""Coordination (clauses 18 to 20): the round of a year, who is slow, what a leader sees.

    mechanism      who has what to do; meetings and what they decide
    planning       the year's plan
    returns        what each city reports to each department
    annual         the report on the year
    supervision    progress, and measures on who is slow
    dashboards     figures for leaders; asks the other rooms and keeps nothing

Each is an app of its own. Here is what they share: offices and people, how an act is appended, what
falls due and who is told of it.
"""
