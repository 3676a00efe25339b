"""The desk's calendar: which business day it is, and nothing else.

    from phaseout.desk.day import today
    today()          the Beijing business day

In production this is the real Beijing day and there is no way to change it. In demo mode it is a
demo day that a signed-in user can move forward (`phaseout.desk.day.move_forward`). Views, jobs and
commands ask here and pass the day on; `phaseout.law` and the acts never ask.
"""
