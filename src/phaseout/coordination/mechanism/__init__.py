"""The coordination mechanism (clause 18): who has what to do, and its meetings.

    work       open and late work, clause by clause and office by office: numbers and lists are one
    acts       meetings: called, minuted, issued; follow-ups reported and checked
    standing   what became of each point of the minutes
    papers     the minutes as an official document

Every table is appended to only (the database refuses the rest).

Words used in one sense only:
    point     one decision of a meeting: what, whose it is, by which day (inside)
    report    what the office says of a point: how far it is, or that it is done
    check     whether who called the meeting takes a point as done
"""
