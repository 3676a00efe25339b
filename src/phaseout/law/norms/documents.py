"""Documents by the way people write them: GB21346-2013, "gb 21346—2013", E-GB4915-2013."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from phaseout.law.norms.records import Source
from phaseout.law.refusals import Refusal

_STANDARD = re.compile(r"(?:E-)?(?P<series>GBT?|HJT?|DB\d\dT?)-?(?P<number>\d+(?:\.\d+)*)")
_AMENDMENT = re.compile(r"XG\d|-A\d{4}$")
_YEAR = re.compile(r"-(?:19|20)\d\d")


def find_source(text: str, sources: Mapping[str, Source]) -> Source:
    """The document named by its id or its number; capitals, blanks and dashes do not matter.

    Raises:
        Refusal: `document_unknown`, with the nearest names; `document_ambiguous`, with all that
            bear the number.
    """
    if text in sources:
        return sources[text]
    found = _called(text, sources)
    if not found:
        raise _unknown(text, sources)
    if len(found) > 1:
        raise _ambiguous(text, sorted(found))
    return sources[found.pop()]


def _called(text: str, sources: Mapping[str, Source]) -> set[str]:
    wanted = _folded(text)
    return {s.source_id for s in sources.values() if wanted and wanted in _names(s)}


def resolve(text: str, sources: Mapping[str, Source]) -> Source | None:
    """As `find_source`, but None where nothing or more than one document answers."""
    if text in sources:
        return sources[text]
    found = _called(text, sources)
    return sources[found.pop()] if len(found) == 1 else None


def predecessors(source: Source, sources: Mapping[str, Source]) -> list[Source]:
    """The documents that say they are superseded by this one, in part or whole, in order."""
    return [
        earlier
        for earlier in sources.values()
        if earlier.superseded_by and successor(earlier, sources) == source
    ]


def successor(source: Source, sources: Mapping[str, Source]) -> Source | None:
    """The document that supersedes this one; None where there is none or we do not hold it.

    A remark in brackets behind its name is not part of it: "E-GB4915-2013-A2026 (part)".
    """
    named = source.superseded_by.partition(" (")[0]
    return resolve(named, sources) if named else None


def family(source_id: str) -> str:
    """The standard without its year, so that its editions share it; else the id itself.

    The editions of the national catalogue are one family. A GB and its GB/T twin are two.

    >>> family("E-GB4915-2013-A2026"), family("GBT-1499.1-2017"), family("NDRC-CAT-2011R")
    ('GB4915', 'GBT1499.1', 'NDRC-CAT')
    """
    standard = _STANDARD.match(source_id)
    if standard and _YEAR.search(source_id):
        return standard["series"] + standard["number"]
    return "NDRC-CAT" if source_id.startswith("NDRC-CAT-") else source_id


def is_amendment(source: Source) -> bool:
    """Whether the document amends a standard and stands beside it (修改单, XG, -A2013)."""
    return "修改单" in source.number or bool(_AMENDMENT.search(source.source_id))


def _names(source: Source) -> set[str]:
    # emission standards carry E- before their number, to keep them apart from the others
    bare = source.source_id.removeprefix("E-")
    return {_folded(name) for name in (source.source_id, bare, source.number) if name}


def _folded(text: str) -> str:
    return re.sub(r"[\s\-—–－_/〔〕\[\]()（）]", "", text).upper()


def _unknown(text: str, sources: Mapping[str, Source]) -> Refusal:
    known = {name: s.source_id for s in sources.values() for name in _names(s)}
    near = get_close_matches(_folded(text), known, n=6, cutoff=0.6)
    names = list(dict.fromkeys(known[name] for name in near))
    return Refusal(
        "document_unknown",
        what=(f"没有找到文件“{text}”", f"no document {text!r}"),
        why=("标准库中没有这个编号。", "the norm store has none of that number."),
        instead=(
            f"相近的有：{'、'.join(names)}。" if names else "请核对编号。",
            f"Near to it: {', '.join(names)}." if names else "Check the number.",
        ),
    )


def _ambiguous(text: str, found: list[str]) -> Refusal:
    return Refusal(
        "document_ambiguous",
        what=(f"“{text}”指多个文件", f"{text!r} names more than one document"),
        why=(f"编号相同的有：{'、'.join(found)}。", f"it may be {', '.join(found)}."),
        instead=("请写出其中一个的标识。", "Give the id of one of them."),
    )
