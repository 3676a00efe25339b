"""(十九) The report of the region on a year, and what was done about it.

    acts        what can be done: freeze, sign, approve, decline, send, correct
    freezing    the figures of a year as one database snapshot has them, stored with their digest
    figures     what the report says: sums, rates, last year beside them; each leads to its rows
    files       the report as PDF, DOCX and XLSX: the same bytes from the same freeze
    standing    how far the report of a year has come, what corrects it

Words used in one sense only:
    freeze      the rows and balances of one moment; a version; the last one before approval counts
    row         a line that exited, in the columns of the form
    balance     what stands on the ledger at the end of the year, by industry, city and state
    erratum     a numbered correction of a report that was approved; the freeze itself stays
"""
