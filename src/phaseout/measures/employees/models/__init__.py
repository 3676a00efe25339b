"""What the room keeps. All of it is appended to only."""

from phaseout.measures.employees.models.act import EmployeeAct, WageStandard
from phaseout.measures.employees.models.person import Assessment, Employee, EmployeeList, Paid, Step
from phaseout.measures.employees.models.settlement import Procedure, Settlement

__all__ = [
    "Assessment",
    "Employee",
    "EmployeeAct",
    "EmployeeList",
    "Paid",
    "Procedure",
    "Settlement",
    "Step",
    "WageStandard",
]
