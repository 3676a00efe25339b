"""What follows from findings and cases: prices, funds, employees, land, licences, sanctions.

One room a measure, each a Django app of its own; none imports another. `sections` is the page that
leads to them.
"""
