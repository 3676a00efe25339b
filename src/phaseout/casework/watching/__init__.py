"""The watch over deadlines: who is told what, when; what ran out; what will run out.

    sweeping.sweep(on)          tell what falls due up to a day: reminders, lapses, escalation
    recounting.recount(on)      count anew after a calendar of rest days was published
    feed                        a person's deadlines as a calendar, at a secret address
    saying                      notices of cases in words, for the room of notices that shows them
    foresight                   which deadlines will run out at the present pace

When who is told is a table (`tables/steps.csv`), our own administrative rule with its reason, not
law. Nothing here changes a case: a lapse is recorded as a fact, what follows is an act.

Words used in one sense only:
    step        an occasion on which something is told, so many days from the last day
    told        written as a `Notice` for one person, once
"""
