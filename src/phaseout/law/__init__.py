"""The law, as this system reads it: dated records and pure functions over them.

Come in by one of four doors:

    law.norms       what figure was in force on a day, and who says so
    law.periods     on which day a statutory period ends, with its certificate
    law.judgement   is this production line lawful, in each of five dimensions, and why
    law.refusals    how anything here says no

What is not in this room: a web framework, a database server, a socket, the clock. Whoever calls
passes in the day, the facts and the norm book; a judgement made for 2018 can be made again in
2026 and gives the same answer.

Words used in one sense only:
    line        生产线, the thing that is judged and exits
    dimension   one of energy, environment, quality, safety, technology
    finding     the answer to one question about one line (or its enterprise)
    row         one dated norm record; never edited, only succeeded
"""
