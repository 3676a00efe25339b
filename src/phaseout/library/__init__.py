"""The norm library: what the law's tables say, for anyone to read; and who has confirmed them.

    confirmations_on(day), decisions_on(day)   what a judgement of that day may rest on
    confirming.confirm(…), .countersign(…)     the two signatures under a recalled row

A row is never edited, only succeeded; a confirmation stands beside it and holds as long as the row
is the one that was seen (its digest).
"""
