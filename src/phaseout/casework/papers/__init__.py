"""The documents of a case: issued by acts, numbered, served, taken back; PDF and DOCX of each.

    issuing.drawn_up    the document of an act, filled and numbered, before the act is sealed
    issuing.kept        its row, and what the act does to earlier documents (service, withdrawal)
    rendering           PDF and DOCX from the plain data that was kept
    seeing              which documents a person may see: an enterprise only what was served on it
    files               the files that acts name, and who may read them

Words used in one sense only:
    paper       a document as issued by an act (`IssuedPaper`); its kind is a row of documents.csv
    form        how its text is filled: one of `phaseout.documents.forms`, or the general one
    audience    internal, for the enterprise, or the enterprise's own
"""
