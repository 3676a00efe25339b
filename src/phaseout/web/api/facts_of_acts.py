"""The facts of an act as they come in JSON, read by the types of the procedure's items."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from phaseout.casework.proceeding.facts import URGENT, item_types
from phaseout.law.periods.certificate import BEIJING
from phaseout.web.api.answers import not_understood

LONGEST = 2000
MOST = 200
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_AMOUNT = re.compile(r"\d{1,14}(\.\d{1,2})?\Z")


def read_facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as Python values. Items that the tables do not know stay for the act to refuse.

    Raises:
        StatusRefusal: 422, naming each item that was not understood.
    """
    facts, wrong = {}, []
    for item, value in given.items():
        kind = "flag" if item == URGENT else item_types().get(item, "text")
        try:
            facts[_text(item)] = _READ[kind](value)
        except (ValueError, TypeError, InvalidOperation) as error:
            where = f"body.asked.facts.{item[:40].encode(errors='replace').decode()}"
            wrong.append({"where": where, "says": f"{kind}: {error}"[:200]})
    if wrong:
        raise not_understood(wrong)
    return facts


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    if len(value) > LONGEST or "\x00" in value:
        raise ValueError(f"at most {LONGEST} characters, none of them NUL")
    value.encode()  # a lone surrogate is no character
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _moment(value: Any) -> datetime:
    """Without an offset it is Beijing time."""
    moment = datetime.fromisoformat(_text(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 < value <= 36500:
        raise ValueError("a whole number from 1 to 36500 is expected")
    return value


def _amount(value: Any) -> Decimal:
    if not _AMOUNT.match(_text(value)):
        raise ValueError("an amount as text is expected, at most two places")
    return Decimal(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is expected")
    return value


def _list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST:
        raise TypeError(f"a list of at most {MOST} texts is expected")
    return tuple(_text(one) for one in value)


def _files(value: Any) -> tuple[str, ...]:
    digests = _list(value)
    if not all(_DIGEST.match(digest) for digest in digests):
        raise ValueError("a list of SHA-256 digests, 64 hex digits each, is expected")
    return digests


def _map(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST:
        raise TypeError("a map of texts is expected")
    return {_text(key): _text(one) for key, one in value.items()}


def _licences(value: Any) -> tuple[dict[str, str], ...]:
    if not isinstance(value, list) or len(value) > MOST:
        raise TypeError("a list of licences is expected")
    rows = [_map(one) for one in value]
    if not all(row.keys() == {"licence", "issuer"} for row in rows):
        raise ValueError("each licence has `licence` and `issuer`")
    return tuple(rows)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "date": _day,
    "moment": _moment,
    "number": _number,
    "amount": _amount,
    "list": _list,
    "file": _files,
    "map": _map,
    "licences": _licences,
    "flag": _flag,
}
