"""A case whose order to rectify is served, for whoever tests what falls due."""

from datetime import date, timedelta

SERVED = date(2018, 4, 2)
DUE = date(2018, 10, 8)
"""Six months from 2 April 2018 end on 2 October, a holiday: the last day moves to 8 October."""
ORDERED = (
    "order.file",
    "order.collect_evidence",
    "order.notice",
    "order.serve_notice",
    ("order.approve_by_head", SERVED),
    "order_rectification",
    "order.serve_decision",
)


def days(count: int) -> timedelta:
    return timedelta(days=count)
