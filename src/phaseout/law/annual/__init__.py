"""(十九) The round of a year: by when the cities report, by when the region reports upward, in
which columns, and to whom.

    returns_due(2017).due          2017-12-31, the last day in time; how it was found goes with it
    report_due(2017).due           2018-01-31: what was done in 2017 goes up by then
    reminders(day)                 the days before a last day on which people are reminded
    columns()                      the columns of the form, in their order
    form_units()                   how the form writes the units of the ledger
    recipients(day)                who gets the report and who a copy, by the names of that day
    rate(done, task)               per cent of a task done, whole, half up

A date of the clause is a date of the calendar and no period: it is not moved over rest days
(docs/periods.md). The notice of a year may set a nearer day for the cities; it then counts.
"""

from phaseout.law.annual.dates import Due, reminders, report_due, returns_due
from phaseout.law.annual.form import FormColumn, columns, form_units
from phaseout.law.annual.rates import rate
from phaseout.law.annual.recipients import Recipient, recipients

CLAUSE = 19

__all__ = [
    "CLAUSE",
    "Due",
    "FormColumn",
    "Recipient",
    "columns",
    "form_units",
    "rate",
    "recipients",
    "reminders",
    "report_due",
    "returns_due",
]
