"""Supervision (clause 20): how far each city and department is, who is slow, and what follows.

    picture     the figures by city and by department, with the list behind each
    spread      how differently like cases are treated, and which lie far out
    slow        what the figures propose: computed, never done
    acts        adopt, dismiss, sign, answer, check, record, lift: what a person does
    standing    what became of a measure and of each of its demands
    effect      the figures of the day of the measure beside those of today
    papers      circular, notices and minutes as official documents

Every table is appended to only (the database refuses the rest).

Words used in one sense only:
    target      who is supervised: a city government or a department of the region
    figure      something measured of a target: so many, or so many of so many
    measure     a circular, a summons, an on-site inspection or a supervised handling
    demand      what a measure demands, with its last day, inside
    answer      what the target says it has done about a demand
"""
