"""The norm library: what the law's tables say, for anyone to read; and who has confirmed them.

    records.confirmations_on(day), decisions_on(day)   what a judgement of that day may rest on
    confirming.confirm(…), .countersign(…)      the two signatures under a recalled row
    confirming.note_discrepancy(…), .decide(…)  the print says otherwise; an authority settles
    standing.standings(rows, on)                seen, confirmed by two, waiting, doubted, recalled
    searching, showing, views                   the public pages, made from the book in memory

A row is never edited, only succeeded; a confirmation stands beside it and holds as long as the row
is the one that was seen (its digest). Signatures are of persons; the public reads their offices.
"""
