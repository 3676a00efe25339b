"""From facts to findings: take the facts, judge them in five dimensions, explain, write out.

    from datetime import date
    from pathlib import Path
    from phaseout.findings import judge

    with judge(Path("facts"), on=date(2018, 3, 15)) as judgement:
        judgement.write(Path("findings.parquet"))
        print(judgement.explain("F0123…").zh)

No database server, no clock: the same facts and norms give the same findings, byte for byte,
whatever the order of the rows.
"""

from phaseout.findings.export import FINDING_COLUMNS
from phaseout.findings.judgement import Judgement, judge

__all__ = ["FINDING_COLUMNS", "Judgement", "judge"]
