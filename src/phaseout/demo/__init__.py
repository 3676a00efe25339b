"""The main job on the shipped data, from the norm store to the report.

    from phaseout.demo import run
    run(Path("demo"))

Running it twice changes nothing and loses nothing: a province that is there is kept as it stands
(with whatever its owner changed in it), everything else is computed anew from it.
"""

from phaseout.demo.steps import Done, run

__all__ = ["Done", "run"]
