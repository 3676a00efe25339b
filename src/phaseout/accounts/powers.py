"""Which role may do what: a table, read by `scope`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in an office (or an enterprise)."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    LEADER = "leader"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    ENTERPRISE = "enterprise"
    BANK = "bank"


OF_A_FIRM = frozenset({Role.ENTERPRISE, Role.BANK})
"""Roles of somebody in a firm: the post names its USCC, and no office."""


ROLE_WORDS: Mapping[Role, tuple[str, str]] = {
    Role.OFFICER: ("经办人", "officer"),
    Role.REVIEWER: ("复核人", "reviewer"),
    Role.LEADER: ("负责人", "leader"),
    Role.INSPECTOR: ("检查人员", "inspector"),
    Role.ADMINISTRATOR: ("系统管理员", "administrator"),
    Role.AUDITOR: ("监督检查", "auditor"),
    Role.ENTERPRISE: ("企业用户", "enterprise user"),
    Role.BANK: ("银行用户", "bank user"),
}


class Power(StrEnum):
    """What can be allowed or denied."""

    READ = "read"
    """registry, facts, findings, cases within the scope"""
    IMPORT = "import"
    """take facts into the registry"""
    MERGE = "merge"
    """say that two entries are one"""
    CONFIRM = "confirm"
    """confirm or countersign a norm row of one's dimensions"""
    DECIDE = "decide"
    """settle a condition by a document with a number"""
    OPEN_CASE = "open_case"
    ACT = "act"
    """do or prepare an act of a case; which one, the tables of procedures say"""
    SIGN = "sign"
    """sign what others prepared"""
    MANAGE = "manage"
    """accounts of others and their posts"""
    OVERSEE = "oversee"
    """read what was done to accounts"""
    CREDIT = "credit"
    """see the credit lists sent to one's bank and answer them; nothing of the registry"""


POWERS: Mapping[Role, frozenset[Power]] = {
    Role.OFFICER: frozenset({Power.READ, Power.IMPORT, Power.CONFIRM, Power.OPEN_CASE, Power.ACT}),
    Role.REVIEWER: frozenset(
        {Power.READ, Power.IMPORT, Power.MERGE, Power.CONFIRM, Power.DECIDE, Power.ACT}
    ),
    Role.LEADER: frozenset({Power.READ, Power.DECIDE, Power.OPEN_CASE, Power.ACT, Power.SIGN}),
    Role.INSPECTOR: frozenset({Power.READ, Power.IMPORT, Power.ACT}),
    Role.ADMINISTRATOR: frozenset({Power.MANAGE, Power.OVERSEE}),
    Role.AUDITOR: frozenset({Power.READ, Power.OVERSEE}),
    Role.ENTERPRISE: frozenset({Power.READ, Power.ACT}),
    Role.BANK: frozenset({Power.CREDIT}),
}
