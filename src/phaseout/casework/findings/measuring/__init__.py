"""The measurements behind a finding, as a chart and as a table of the same data.

    measured_behind(finding, whole=False)     readings of an outlet, years of energy use, samples

Nothing is kept for it: the readings are read from the facts as they were known when the finding
stood, and compared with the limit by the engine's own queries.
"""

from phaseout.casework.findings.measuring.measured import Measured, measured_behind

__all__ = ["Measured", "measured_behind"]
