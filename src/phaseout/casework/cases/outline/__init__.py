"""The procedures in outline: the stages of clauses (4) to (8), and which act leads on from each.

    procedure_on("energy", day)                the version that a case opened that day is pinned to
    procedure("energy", "2017-01-01")          a version by its name, its first day
    version.stages  version.acts_from("opened")

`done_here` is honest: `no` says that the law goes on to this act but that this system does not yet
do it. The full procedures (`phaseout.law.procedures`) take the place of this outline.
"""

from phaseout.casework.cases.outline.reading import (
    Procedure,
    ProcedureAct,
    Stage,
    all_procedures,
    procedure,
    procedure_on,
)

__all__ = ["Procedure", "ProcedureAct", "Stage", "all_procedures", "procedure", "procedure_on"]
