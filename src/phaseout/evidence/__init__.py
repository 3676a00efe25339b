"""Files kept as evidence: by content, never changed, under their SHA-256.

    file = keep(uploaded, name="表.xlsx", by=user)     the bytes first, then the row
    with file.open() as stream: ...                     read back; `verify` compares the digest

The bytes lie in `settings.EVIDENCE_ROOT` as `ab/cdef…`; a row in the database says what a file is
called and who brought it. A file without a row is harmless; a row without a file is an error that
`phaseout db restore` and `verify` name.
"""
