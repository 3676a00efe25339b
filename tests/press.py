"""A press: editions as `published` reads them, written row by row; how lists come about is the
business of the tests of `lists`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from phaseout.disclosure.lists.content import content_of
from phaseout.disclosure.lists.log.appending import Happened, append
from phaseout.disclosure.lists.models import Draft, Edition, Entry, ListAct, LogEvent
from phaseout.evidence.digests import digest_of
from phaseout.law.lists.columns import public_part

YINCHUAN, SHIZUISHAN = "91640100MA00000001", "91640200MA00000002"
FIRM = {
    "name": "云岭水泥厂",
    "uscc": YINCHUAN,
    "division_code": "640104",
    "industry": "cement",
    "line": "1号窑",
    "dimension": "energy",
    "matter": "可比熟料综合煤耗131.5 kgce/t，超过限值112 kgce/t（GB 16780-2012 4.1）",
    "capacity": "251000",
    "capacity_unit": "t/a",
    "authority": {"zh": "自治区经济和信息化委员会", "en": "Commission of Economy"},
    "since": "2018-03-01",
    "rectify_by": "2018-09-03",
}
OTHER = {**FIRM, "name": "=贺兰<b>铁合金</b>", "uscc": SHIZUISHAN, "division_code": "640202"}


class Press:
    """`publish` an edition of rows, `end` one of them."""

    def publish(self, *rows: dict[str, Any], kind: str = "yellow-energy", **given: Any) -> Edition:
        on = given.pop("on", date(2018, 3, 15))
        at = datetime(on.year, on.month, on.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
        number = Edition.objects.filter(list_kind=kind).count() + 1
        act = ListAct.objects.create(
            kind="publish", list_kind=kind, division_code="640000", done_on=on, key=uuid4()
        )
        draft = Draft.objects.create(
            act=act, list_kind=kind, division_code="640000", as_of=at, on=on, digest=""
        )
        columns = [public_part(kind, row) for row in rows]
        edition = Edition(
            act=act, draft=draft, document=f"宁经信公告〔2018〕{act.pk}号", list_kind=kind,
            number=number, as_of=at, published_on=on, published_at=at,
            organisation_zh="自治区经济和信息化委员会", organisation_en="Commission of Economy",
            count=len(rows), **given,
        )  # fmt: skip
        entries = [
            Entry(
                edition=edition, place=place, ground=self.ground(row), uscc=row["uscc"],
                name=row["name"], division_code=row["division_code"], industry=row["industry"],
                columns=columns[place - 1],
            )
            for place, row in enumerate(rows, 1)
        ]  # fmt: skip
        edition.content = content_of(edition, entries)
        edition.digest = digest_of(edition.content)
        edition.save(force_insert=True)
        Entry.objects.bulk_create(entries)
        said = {"name": "", "digest": edition.digest}
        before = set(LogEvent.objects.values_list("ground", flat=True))
        append(
            [
                Happened("published", kind, number, on, said),
                *(
                    Happened("entered", kind, number, on, {"name": row["name"]},
                             ground=self.ground(row), uscc=row["uscc"])
                    for row in rows
                    if self.ground(row) not in before
                ),
            ]
        )  # fmt: skip
        return edition

    def end(self, row: dict[str, Any], *, how: str = "left", kind: str = "yellow-energy") -> None:
        says = {"name": row["name"], "cause": "met"}
        on, ground = date(2018, 3, 20), self.ground(row)
        append([Happened(how, kind, 1, on, says, ground=ground, uscc=row["uscc"])])

    def ground(self, row: dict[str, Any]) -> UUID:
        return UUID(digest_of([row["uscc"], row["line"]])[:32])
