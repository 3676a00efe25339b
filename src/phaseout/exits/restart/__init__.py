"""The watch over cut and sealed lines: meter readings, what they tell, reports by the public.

    watching    which lines are watched, and since when: made by the acts of their cases
    acts        put a meter on record, end it; confirm an alarm, dismiss it; bring it to the case
    readings    files of the grid company, as readings: checked, taken whole or not at all
    judging     the detector (`law.restart`) over what was read; alarms

Acts of this room are appended only (the database refuses the rest). A confirmed restart becomes an
act of the case through `casework.acts`; nothing here changes a case.

Words used in one sense only:
    watched line    a line that was cut, sealed, stopped or has exited by an act of its case
    meter           an electricity meter whose readings tell of a line, from a day to another
    batch           one file of readings, on its way in or taken
    alarm           days on which a watched line seems to have run; open until somebody answers it
"""
