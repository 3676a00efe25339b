"""Files of readings from the grid company, taken whole or not at all.

receive(…)      keep the file, defer the taking
take(batch_id)  read it, check it, and append what is new: set-based, no row through Python
"""

from phaseout.exits.restart.readings.receiving import receive
from phaseout.exits.restart.readings.taking import take

__all__ = ["receive", "take"]
