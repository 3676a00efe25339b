"""A judgement put before people: the summary, the findings workbook, the report page with charts.

Plain reading of `judged.*`; nothing is judged here, and no number appears that a query did not
compute from the findings.
"""
