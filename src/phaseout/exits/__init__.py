"""The exit of a line on site: what must go, dismantling, field work, acceptance.

    acts        what can be done: one function, one durable transaction, one appended row
    standing    where an exit stands: plan, records, sheet, state, what lacks; read from the rows
    bringing    what this room brings to an act of the case: lists, photos, forms, signatures
    guarding    no act of a case that waits for the checklist is done over its head
    packing     the proof of exit as one file
    field       what a phone takes along, and what it sends back

The steps of the law are acts of the case (`casework.acts`, procedures `exit` and `technology`);
this room keeps what happens on the spot and brings it to them. What a case knows is never kept
twice.

Words used in one sense only:
    plan        what must go, shown how, by whom, from when to when; a version; succeeds the last
    record      what somebody noted on the spot at an item of the plan, with photos
    sheet       the state of all items, laid before the organisations that accept
    pack        all of it in one archive, with a list of digests
"""
