"""An explanation: one small tree of steps that yields the paragraph, the page and the JSON.

The tree is built from the judged row where the decision was made, so it cannot drift from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SCHEMA = "phaseout.explanation/1"


@dataclass(slots=True)
class Step:
    """One line of the reasoning, in Chinese and English. `because` holds the steps it rests on.

    kind: verdict, measured, limit, edition, period, arithmetic, condition, correction, count,
    would_pass, missing, remark. `cites` is a row id or a source and clause.
    """

    kind: str
    zh: str
    en: str
    cites: str = ""
    because: tuple[Step, ...] = ()

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"kind": self.kind, "zh": self.zh, "en": self.en}
        if self.cites:
            data["cites"] = self.cites
        if self.because:
            data["because"] = [step.as_json() for step in self.because]
        return data

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Step]]:
        """The step and all it rests on, with depth, from the top."""
        yield depth, self
        for step in self.because:
            yield from step.walk(depth + 1)


@dataclass(slots=True)
class Explanation:
    """The whole reasoning of one finding.

    `zh` and `en` are one paragraph each: the sentences of the root and of the steps right below
    it, in order. Deeper steps appear in the tree only.
    """

    root: Step

    @property
    def zh(self) -> str:
        return _sentence_zh(self.root) + "".join(_sentence_zh(s) for s in self.root.because)

    @property
    def en(self) -> str:
        return " ".join((_sentence_en(self.root), *(_sentence_en(s) for s in self.root.because)))

    def as_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, "explanation": self.root.as_json()}

    def dumps(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)


def _sentence_zh(step: Step) -> str:
    return step.zh if step.zh.endswith(("。", "！", "？")) else step.zh + "。"


def _sentence_en(step: Step) -> str:
    return step.en if step.en.endswith((".", "!", "?")) else step.en + "."
