"""Refusals: what was asked for is not lawful, not possible, or not yet. Shown as they stand."""

from __future__ import annotations

from typing import Any

Bilingual = tuple[str, str]
"""A text in (Chinese, English)."""


class Refusal(Exception):
    """What was refused, why, and what to do instead, each in Chinese and in English.

    `code` never changes once released: logs, tests and statistics count by it. The words may
    change. The clause that a refusal rests on is named inside `why`.
    """

    def __init__(self, code: str, *, what: Bilingual, why: Bilingual, instead: Bilingual) -> None:
        self.code = code
        self.what = what
        self.why = why
        self.instead = instead
        super().__init__(f"[{code}] {self.en}")

    @property
    def zh(self) -> str:
        return f"{self.what[0]}：{self.why[0]}{self.instead[0]}"

    @property
    def en(self) -> str:
        return f"{self.what[1]}: {self.why[1]} {self.instead[1]}"

    def as_json(self) -> dict[str, Any]:
        """The refusal as plain data: code, and what, why, instead in both languages."""
        parts = {"what": self.what, "why": self.why, "instead": self.instead}
        return {
            "refused": self.code,
            **{name: {"zh": zh, "en": en} for name, (zh, en) in parts.items()},
        }
