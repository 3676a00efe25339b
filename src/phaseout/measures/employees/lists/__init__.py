"""A list of employees as it comes in: read, checked row by row, marked.

read(path, name)       the rows of a CSV file or a workbook, with the head
check(rows, …)         good rows and every problem at once
write_template(out)    an empty workbook to fill in
"""

from phaseout.measures.employees.lists.checking import Checked, check
from phaseout.measures.employees.lists.reading import ENDINGS, Sheet, read
from phaseout.measures.employees.lists.template import write_template

__all__ = ["ENDINGS", "Checked", "Sheet", "check", "read", "write_template"]
