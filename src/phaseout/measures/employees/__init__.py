"""Employees (clause 14): the settlement of those who work in an enterprise that exits.

    models      settlements, democratic procedures, lists of employees, payments; all appended to
    acts        what can be done: one function, one durable transaction, one appended row
    lists       a list as it comes in (CSV, workbook), checked row by row
    claims      what is owed and done, per employee and in numbers
    closing     an exit is not closed while claims are open

Names, wages and everything about one person are seen by the human-resources office and by the
person's own enterprise, by nobody else (row-level security); others see numbers.

Words used in one sense only:
    settlement  one enterprise's (one exit's) settlement of its employees
    list        all employees of a settlement, as handed in; the latest that was taken stands
    number      the number an employee bears in the enterprise; payments belong to it
    claim       what somebody is owed and has not got: money, the transfer of insurance, a place
"""
