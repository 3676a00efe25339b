"""Casework: what was found, what a department does about it.

    judging.judge_touched(…)     facts and norms into findings, only what is touched
    findings (models.Finding)    every answer ever given, from which day to which day it stood
    acts.open_case(…)            one function, one durable transaction, one appended row

A finding is never edited: when facts, norms or the day give another answer, the old version ends
on that day and a new one begins.
"""
