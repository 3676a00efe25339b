"""Tables that come in: schema, names, units, dates; refusals with file, row, column and value."""
