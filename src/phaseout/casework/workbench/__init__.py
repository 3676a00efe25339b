"""The workbench: what waits for an official today, on one page; and the quick search.

gathering.gather    deadlines and tasks by urgency, what to sign, what came back, what waits
                    for others; a fixed number of queries, none of which counts a table
searching.find      enterprises, cases and documents by name or number, within the scope
"""
