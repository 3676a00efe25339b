"""What a check has found: named by a stable code, with the rows concerned, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error must be mended before the store is used; a warning is to be looked at; known is
    an error or warning that somebody has looked at and written down (`tables/known_issues.csv`)."""

    ERROR = "error"
    WARNING = "warning"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem. `concerns` holds row ids, source ids or `file line`; `accepted` says why a
    known issue is accepted, and since when."""

    check: str
    severity: Severity
    concerns: tuple[str, ...]
    zh: str
    en: str
    accepted: str = ""

    def as_json(self) -> dict[str, object]:
        """The issue as plain data."""
        return {
            "check": self.check,
            "severity": self.severity.value,
            "concerns": list(self.concerns),
            "zh": self.zh,
            "en": self.en,
            "accepted": self.accepted,
        }


def error(check: str, *concerns: str, zh: str, en: str) -> Issue:
    """An issue that makes the store unsound."""
    return Issue(check, Severity.ERROR, concerns, zh, en)


def warning(check: str, *concerns: str, zh: str, en: str) -> Issue:
    """An issue that somebody should look at; the store stays sound."""
    return Issue(check, Severity.WARNING, concerns, zh, en)
