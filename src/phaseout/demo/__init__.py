"""The main job on the shipped data, from the norm store to the report, and to the site.

    from phaseout.demo import run
    run(Path("demo"))                          facts, findings, workbook, report
    demo.site.load(Path("demo/facts"))         the same facts in the site's database

Running it twice changes nothing and loses nothing: a province that is there is kept as it stands
(with whatever its owner changed in it), everything else is computed anew from it.
"""

from phaseout.demo.steps import Done, run

__all__ = ["Done", "run"]
