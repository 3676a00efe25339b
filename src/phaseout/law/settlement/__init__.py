"""What an employee of an exiting enterprise is owed, by the law of the last day of the contract.

    severance(…)            compensation (Labour Contract Law art. 47), or the double of art. 87
    retirement(…)           the day of the legal retirement age, which rises from 2025 on
    protection(…)           whether art. 42 bars the dismissal
    benefit_months(…)       for how long the unemployment benefit is paid
    duties(…)               what the employer must do by when after the end (art. 50)
    mass_layoff(…)          whether art. 41 applies, and since when the staff must have known

Figures are dated records (`law.norms.methods.settlement`). Each answer carries its steps as an
explanation and whether it is provisional. What is missing (a wage, the city's average) makes an
answer without an amount that says what is missing: never nought.

Words used in one sense only:
    service    years worked here, or carried over; both days inside
    month      a monthly wage, the unit of a severance
    old        service before 2008-01-01: by the rules of that time (`old_time`)
"""

from phaseout.law.settlement.benefits import Benefit, Task, benefit_months, duties
from phaseout.law.settlement.figures import grounds, groups, ways
from phaseout.law.settlement.layoff import Layoff, mass_layoff
from phaseout.law.settlement.protection import Protection, protection
from phaseout.law.settlement.retirement import Retirement, retirement, within_internal_retirement
from phaseout.law.settlement.service import Length, Span, length
from phaseout.law.settlement.severance import Compensation, Wages, severance

__all__ = [
    "Benefit",
    "Compensation",
    "Layoff",
    "Length",
    "Protection",
    "Retirement",
    "Span",
    "Task",
    "Wages",
    "benefit_months",
    "duties",
    "grounds",
    "groups",
    "length",
    "mass_layoff",
    "protection",
    "retirement",
    "severance",
    "ways",
    "within_internal_retirement",
]
