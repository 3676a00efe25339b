"""Confirming norm rows, where it touches findings: what waits, what would change, settling.

    worklist.waiting_rows(scope, today)    unsettled rows, those first on which most findings wait
    effect.effect_of(row, …)               the findings that a second signature would change
    settling.questions(finding)            what an authority may settle by a document

The acts themselves are `library.confirming`: a signature belongs to the norm, not to a case.
"""
