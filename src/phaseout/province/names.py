"""Names and codes that cannot be taken for real ones.

A name begins with （虚构） and is put together from words of poems, not of industry. A code is a
well-formed unified social credit code (GB 32100-2015) whose second character, 8, is an entity
type that the standard does not assign under the registration department 9; its organisation
code begins with XG (虚构) and carries the enterprise's number.
"""

from __future__ import annotations

from stdnum.cn import uscc as uscc_code

MARK = "（虚构）"
DEPARTMENT, UNASSIGNED_TYPE = "9", "8"


def _words(run: str) -> list[str]:
    """Words of two signs from a run of signs."""
    return [run[at : at + 2] for at in range(0, len(run), 2)]


_PLACES = _words("听松枕流漱石问渠折柳观澜栖霞望舒采薇鹿鸣扶摇逐鹿揽月拾翠踏莎临溪")
_GROUNDS = "滩坡堡渠原湾洲岭桥坞"
_TRADES = _words(
    "云梯砚池青鸾白驹玄圃素笺丹枫碧梧苍葭朱弦瑶光天璇天玑玉衡开阳沧浪鲲池鹏程凤箫麟阁"
    "鹤汀鸥渚雁回燕然竹里梅坞兰亭菊径松间柏舟桂棹荷风雪篷霜钟雾豹虹桥星槎月杵日晷辰砂"
)
_SUFFIXES = "源泽衡章"

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def enterprise_name(seed: int, number: int, trade_zh: str) -> str:
    """Name of enterprise `number` (from 0). No two enterprises below 25,600 share place and trade
    word; later ones repeat them with another sign.

    >>> enterprise_name(1, 0, "硅业").startswith("（虚构）")
    True
    """
    places = [place + ground for place in _PLACES for ground in _GROUNDS]
    signs = [trade + suffix for trade in _TRADES for suffix in _SUFFIXES]
    size = len(places) * len(signs)
    # 7919 is a prime that does not divide `size`: every combination comes up once before any twice.
    at = (number * 7919 + seed * 104_729) % size
    again = f"（{number // size + 1}部）" if number >= size else ""
    return f"{MARK}{places[at % len(places)]}{signs[at // len(places)]}{trade_zh}有限公司{again}"


def fictional_uscc(number: int, division_code: str) -> str:
    """A code with a right check character that no authority issues; `number` below 1,000,000."""
    body = f"XG{number:06d}"
    head = f"{DEPARTMENT}{UNASSIGNED_TYPE}{division_code}{body}{_organisation_check(body)}"
    return head + str(uscc_code.calc_check_digit(head))


def _organisation_check(body: str) -> str:
    """Check character of an organisation code (GB 11714): weighted sum, modulus 11."""
    total = sum(
        _CAPITALS.index(character) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    left = 11 - total % 11
    return {10: "X", 11: "0"}.get(left, str(left))


def is_fictional_uscc(code: str) -> bool:
    """Whether the code is of the form that only this province gives out."""
    return code.startswith(DEPARTMENT + UNASSIGNED_TYPE) and code[8:10] == "XG"
