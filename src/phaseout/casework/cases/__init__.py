"""Cases: how one is opened, numbered, listed and shown.

    opening.examine(…)        may a case be opened from these findings, and what would follow
    registers.next_serial(…)  the next number of a series, without gap or double
    listing, pages, urls      the pages `cases`, `case`, `case-open`

The act itself is `casework.acts.open_case`; nothing here writes a case.
"""
