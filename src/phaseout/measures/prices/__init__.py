"""Price measures of clause (12): who pays what, bills, the monthly file, the ledger of income.

    assessing     all lines of the region for one consumption year, set by set, by `law.prices`
    acts          what can be done, one appended `PriceAct` each
    ending        a determination ends on the day its ground ends
    consumption   the grid company's monthly file, checked row by row
    billing       determinations meet consumption: bills of a month
    income        double entry: what is owed, collected, paid to the treasury
    pages         who pays what, one enterprise's computation, files, bills, ledger

A run of `assess` says what would be charged and why; nothing is charged before the price authority
has determined it. Everything is appended; what no longer holds is ended, with a day and a reason.
"""
