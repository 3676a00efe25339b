"""The lawful procedures as tables: stages, and which act leads from one to the next.

    procedure_on("energy", day)             the version that a case opened on that day is pinned to
    procedure("energy", "2017")             a version by its name
    version.stages  version.acts_from("opened")

The tables stand beside this file: `procedures.csv`, `stages.csv`, `acts.csv`. A case stays with
the version it began under. `done_here` is honest: `no` says that the law goes on to this act but
that it is not yet done in this system. The words are those of clauses (4) to (8).
"""

from phaseout.law.procedures.tables import (
    Procedure,
    ProcedureAct,
    Stage,
    all_procedures,
    procedure,
    procedure_on,
)

__all__ = ["Procedure", "ProcedureAct", "Stage", "all_procedures", "procedure", "procedure_on"]
