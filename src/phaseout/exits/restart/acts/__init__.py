"""What can be done here: one function, one durable transaction, one appended row."""

from phaseout.exits.restart.acts.carrying import carry
from phaseout.exits.restart.acts.deciding import confirm_alarm, dismiss_alarm
from phaseout.exits.restart.acts.metering import assign_meter, end_meter

__all__ = ["assign_meter", "carry", "confirm_alarm", "dismiss_alarm", "end_meter"]
