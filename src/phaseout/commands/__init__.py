"""The commands of `phaseout`, one module each. No law and no judgement here: parse, call, show."""
