"""What the room keeps."""

from phaseout.exits.restart.models.act import RestartAct
from phaseout.exits.restart.models.alarm import Alarm, LineJudgement
from phaseout.exits.restart.models.reading import Batch, Reading
from phaseout.exits.restart.models.watched import Meter, MeterEnd, WatchedLine

__all__ = [
    "Alarm",
    "Batch",
    "LineJudgement",
    "Meter",
    "MeterEnd",
    "Reading",
    "RestartAct",
    "WatchedLine",
]
