"""(十九) What each city reports at the end of a year, to each department of the region.

    acts          what can be done: file_return, send_back, accept_return
    drafting      what a city prepares: pre-filled from the ledger, corrected by hand or by a file
    reconciling   city against department against ledger, side by side
    standing      who has reported, who is late

Words used in one sense only:
    return      what a city reports to one department for one year; a version; succeeds the last
    row         a line that exited (or a firm's equipment outside the register) with its columns
    draft       rows not yet reported: nobody's word, kept so that work is not lost
    counted     what a department took over when it accepted: what the annual report counts
"""
