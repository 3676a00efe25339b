"""Dashboards for leaders: what stands, what waits, what is due and what it cost, at one glance.

    capacity, cases, due, money     panels of a theme from what is asked, by a few set-based queries
    panels                          a panel: a table each of whose figures opens what it counts, and
                                    the chart of the same figures
    asking                          as of when, where, of which industry, within whose reach
    seeing                          who may see it

Nothing is kept here and nothing is counted twice: a figure is a question to the room that keeps the
ledger, and its link asks the list of that room the same question.
"""
