"""Judgement: facts meet the norms in force on their day; what comes out are findings.

A judgement is a join. `energy.sql`, `environment.sql`, `quality.sql`, `safety.sql` and
`technology.sql` each are one readable query; `composition.sql` says which consequence governs a
line that fails several. `engine` runs them, `explain` says why in words, `authority` holds what
an authority decided where the norms leave a choice.
"""
