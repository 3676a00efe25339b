"""Whether what each signature covers is what was done: the digest of the proposal, made again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from phaseout.casework.audit.links import Link
from phaseout.casework.audit.verifying import Report, Wrong
from phaseout.casework.proceeding.preparing import digest_of_data

UNSIGNED = '"signed":null,'


def checked(links: Iterable[Link], report: Report) -> Iterator[Link]:
    """The same links, each signed one looked at as it goes by."""
    for link in links:
        if UNSIGNED not in link.record and not _covers(link.record):
            words = "签名所及的内容与所办行为不符", "its signature covers something else"
            report.add(Wrong("signature_covers_other", f"{link.case} #{link.place}", words))
        yield link


def _covers(record: str) -> bool:
    try:
        said = json.loads(record)
        return bool(
            said["signed"]
            == digest_of_data(
                case=said["case"],
                kind=said["kind"],
                facts=said["facts"],
                served_on=said["served_on"],
                reason=said["reason"],
                prepared_by=said["by"]["user"],
            )
        )
    except (ValueError, KeyError, TypeError):
        return False
