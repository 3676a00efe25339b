"""The enterprise's own site: its notices and receipts, the findings as the official sees them, days
left, and its acts by the same door.

    seeing      what an enterprise may read of a case: never an internal paper, never a name
    home        all its cases: what to do next, what was served, days left
    standing    where its cases stand, as far as it was told
    applying    the exit of a line on its own application
    acting      an act of the enterprise: evidence, extension, defence, hearing, completion …
    receiving   confirming that a served electronic document arrived

Words used in one sense only:
    own         of the enterprise whose post the person holds; other enterprises are not there
    told        said of an act or a document that the enterprise may know of
"""
