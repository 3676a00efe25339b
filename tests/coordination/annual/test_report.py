"""The annual report: frozen of one moment, agreed to, sent, corrected by numbers, made again."""

from __future__ import annotations

import hashlib
import io
import json
import locale
import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from threading import Thread
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from notice_days import asking
from phaseout.casework.models import TaskAct
from phaseout.coordination.annual import acts, files, freezing
from phaseout.coordination.annual.figures import against, sums
from phaseout.coordination.annual.lasting import corrected, last_of, report_of
from phaseout.coordination.annual.models import AnnualAct, Freeze, FrozenRow
from phaseout.coordination.annual.standing import Stage, standing
from phaseout.coordination.returns.rows import Row
from phaseout.law.refusals import Refusal
from phaseout.notices.models import Notice
from returns_book import AFTER, YEAR, outside

FROZEN, SENT = date(2019, 1, 10), date(2019, 1, 28)


def code(act, *what, **given) -> str:
    with pytest.raises(Refusal) as refused:
        act(*what, **given)
    return refused.value.code


@contextmanager
def elsewhere() -> Iterator[None]:
    """Another zone, another locale, another language of the page."""
    before = os.environ.get("TZ"), locale.setlocale(locale.LC_ALL)
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    locale.setlocale(locale.LC_ALL, "C")
    try:
        with translation.override("en"), timezone.override("America/New_York"):
            yield
    finally:
        os.environ.pop("TZ")
        if before[0] is not None:
            os.environ["TZ"] = before[0]
        time.tzset()
        locale.setlocale(locale.LC_ALL, before[1])


def test_a_year_without_data_or_not_over_is_not_frozen(report) -> None:
    assert code(report.freezes) == "annual.no-data"
    assert code(report.freezes, date(2018, 12, 31)) == "annual.year-goes-on"
    assert code(files.all_of, 2016, FROZEN) == "annual.no-data"
    report.round.files(nil=True)
    with pytest.raises(Refusal, match="Guyuan to") as missing:
        files.all_of(YEAR, FROZEN)
    assert missing.value.code == "annual.not-frozen"
    assert report.freezes(date(2019, 1, 1)).head["rows"] == 0, (
        "nothing exited, and somebody said so"
    )


def test_the_freeze_counts_what_was_accepted_and_of_the_rest_the_ledger(report) -> None:
    journey = report.round.exits()
    report.round.drafts(outside(), department="epd")
    report.round.files(department="epd")
    report.round.accepts({0: ("city", "已核查。")}, department="epd")
    assert code(report.freezes, reason=" ") == "annual.returns-open"
    frozen = report.freezes()
    told = list(frozen.rows.order_by("place").values_list("origin", "amount", "case"))
    assert told == [("ledger", 600_000, journey.case.pk), ("return", 200_000, None)]
    (one,) = sums(report_of(frozen).rows, "industry")
    assert (one.lines, one.enterprises, one.amount) == (2, 2, 800_000)
    dismantled = frozen.balances.get(account="dismantled")
    assert dismantled.amount == 600_000, "what is outside the register is on no ledger"


def test_what_exited_after_its_return_was_accepted_is_not_lost(report, monkeypatch) -> None:
    report.round.files(nil=True)
    report.round.accepts()
    report.round.exits()
    monkeypatch.setattr(acts, "places", lambda _year, today: [report.round.at(today)])
    assert code(report.freezes, reason=" ") == "annual.exits-since"
    frozen = report.freezes()
    assert list(frozen.rows.values_list("origin", "amount")) == [("ledger", 600_000)]
    report.round.sends_back(today=AFTER)
    report.round.corrects(1, quantity=1)
    report.round.files(AFTER, reason="补报一户")
    report.round.accepts(today=AFTER)
    assert report.freezes(reason=" ").rows.get().origin == "return"


def test_what_comes_later_changes_nothing(report) -> None:
    report.accepted()
    frozen = report.freezes()
    report.round.sends_back(today=AFTER)
    assert freezing.is_whole(frozen)
    assert FrozenRow.objects.get(freeze=frozen).amount == 200_000
    again = report.freezes(date(2019, 1, 11))
    assert (again.version, again.head["rows"]) == (2, 0)
    assert report.now.freeze == again


def test_two_who_freeze_at_once_come_one_after_the_other_each_of_one_moment(real_report) -> None:
    real_report.accepted()
    key, seen = uuid4(), []

    def freezes(given) -> None:
        try:
            seen.append(real_report.freezes(key=given).version)
        finally:
            connection.close()

    threads = [Thread(target=freezes, args=[one]) for one in (key, key, uuid4())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) in ([1, 1, 2], [1, 2, 2])
    assert all(freezing.is_whole(one) for one in Freeze.objects.all())


def test_it_is_frozen_once_under_a_key_and_only_by_who_sums_up(report) -> None:
    report.accepted()
    key = uuid4()
    assert report.freezes(key=key) == report.freezes(key=key)
    assert Freeze.objects.count() == 1
    by = report.round.epd
    ways = report.ways(by, FROZEN)
    assert code(acts.freeze, YEAR, reason="x", **ways) == "annual.not-yours"


def test_both_departments_sign_the_government_agrees_then_it_is_sent(report) -> None:
    report.accepted()
    report.freezes()
    assert code(report.agrees) == "annual.not-signed"
    report.signs(report.leader)
    assert "freeze" not in asking(report.leader, FROZEN)
    assert "freeze" in asking(report.drc, FROZEN)
    assert code(report.signs, report.leader) == "annual.signed"
    assert code(report.signs, report.officer) == "annual.not-yours"
    assert (report.now.stage, report.now.to_sign) == (Stage.FROZEN, ["drc"])
    assert code(report.sends) == "annual.not-approved"
    told = Notice.objects.filter(user=report.government, subject__startswith="annual-act:")
    assert not told.exists(), "the other department has not signed yet"
    report.signs(report.drc)
    assert told.count() == 1
    waits = [asking(one, FROZEN) for one in (report.leader, report.drc, report.government)]
    assert waits == [[], [], ["sign"]]
    # From the signature on the numbers stand fixed.
    assert code(report.round.sends_back, today=AFTER) == "return.year-frozen"
    report.agrees()
    assert code(report.freezes) == "annual.approved"
    assert (asking(report.government, FROZEN), asking(report.officer, FROZEN)[-1]) == (
        [],
        "approve",
    )
    sent = report.sends()
    assert "approve" not in asking(report.officer, FROZEN)
    assert sent.content["to"] == ["工业和信息化部", "国家能源局"]
    assert len(sent.content["copies"]) == 13, "of the fourteen two have become one body in 2018"
    assert (sent.content["days_late"], report.now.stage) == (0, Stage.SENT)
    assert code(report.sends) == "annual.sent"


def test_declined_it_is_frozen_anew(report) -> None:
    report.accepted()
    report.freezes()
    report.signs()
    ways = report.ways(report.government, FROZEN)
    acts.decline(YEAR, digest=report.digest, reason="请核实平罗两户。", **ways)
    assert report.now.stage is Stage.DECLINED
    assert code(report.agrees) == "annual.not-signed"
    report.round.sends_back(today=AFTER)
    old = report.digest
    report.freezes()
    ways = report.ways(report.leader, FROZEN)
    assert code(acts.sign, YEAR, digest=old, **ways) == "annual.other-version"


@pytest.mark.parametrize(("on", "late"), [(date(2019, 1, 31), 0), (date(2019, 2, 1), 1)])
def test_late_is_the_day_after_the_thirty_first_of_january(db, on, late) -> None:
    assert standing(YEAR, on).days_late == late


def test_the_same_freeze_gives_the_same_bytes_and_they_are_those_sent(report) -> None:
    report.round.exits()
    report.approved()
    sent = report.sends()
    first = files.all_of(YEAR, SENT)
    with elsewhere():
        assert files.all_of(YEAR, date(2027, 2, 3)) == first
    endings = (".pdf", ".docx", ".xlsx", ".jsonl", "-national.xlsx")
    assert set(first) == {f"annual-{YEAR}{ending}" for ending in endings}
    for name, data in first.items():
        assert hashlib.sha256(data).hexdigest() == sent.content["files"][name], name
    lines = first[f"annual-{YEAR}.jsonl"]
    assert hashlib.sha256(lines).hexdigest() == report.digest
    told = [json.loads(line) for line in lines.decode().splitlines()]
    assert [one["row"]["enterprise"] for one in told if "row" in one] == [
        "云岭水泥001厂", "（虚构）望远水泥厂",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(first[f"annual-{YEAR}.xlsx"])) as book:
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_late_correction_is_a_numbered_erratum_and_the_report_stays(report) -> None:
    report.accepted()
    report.freezes()
    row = Row.kept(report.now.freeze.rows.get())
    less = row.corrected(amount=Decimal(150_000))
    assert code(report.corrects, 1, less) == "annual.not-approved"
    report.signs()
    report.agrees()
    report.sends()
    before = files.all_of(YEAR, SENT)
    assert code(report.corrects, 1, row) == "annual.nothing-corrected"
    assert code(report.corrects, 9, less) == "annual.no-such-row"
    assert code(report.corrects, 1, less, reason=" ") == "annual.no-reason"
    assert code(report.corrects, 1, less.corrected(uscc="1")) == "return.rows-wrong"
    assert report.corrects(1, less, seen=row.digest).number == 1
    assert code(report.corrects, 1, row, seen=row.digest) == "annual.row-changed"
    added = outside(equipment="φ3.0×11米水泥磨", amount=Decimal(300_000))
    assert report.corrects(None, added).number == 2
    assert report.corrects(1, less.corrected(amount=Decimal(0))).number == 3
    frozen = report.now.freeze
    as_frozen, as_corrected = report_of(frozen), corrected(report_of(frozen), report.now.errata)
    assert [one.amount for one in sums(as_frozen.rows, "unit")] == [200_000]
    assert [one.amount for one in sums(as_corrected.rows, "unit")] == [300_000]
    after = files.all_of(YEAR, SENT)
    assert {name: after[name] for name in before} == before
    assert f"annual-{YEAR}-erratum-3.pdf" in after
    assert [Decimal(amount) for _, _, amount, *_ in last_of(YEAR + 1)["sums"]] == [300_000]


def test_the_next_year_compares_and_what_is_unknown_is_not_nought(report) -> None:
    report.accepted()
    frozen = report.freezes()
    (one,) = against(report_of(frozen))
    assert (one.task, one.rate, one.last) == (None, None, None), "neither plan nor report before"
    assert last_of(YEAR + 1) is None, "not agreed to yet"
    report.signs()
    report.agrees()
    head = {"plan": None, "last": last_of(YEAR + 1)}
    (one,) = against(report_of(frozen).__class__(YEAR + 1, head, [], []))
    assert (one.done.amount, one.last, one.change_shown) == (0, 200_000, Decimal(-20))


def test_the_database_keeps_the_freeze_and_a_broken_one_is_found(report) -> None:
    report.accepted()
    frozen = report.freezes()
    for change in (frozen.delete, lambda: frozen.rows.update(amount=1), frozen.rows.get().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    Freeze(act=frozen.act, year=YEAR, version=1, head=frozen.head, digest="0" * 64)
    frozen.digest = "0" * 64
    assert not freezing.is_whole(frozen)
    assert code(files.one, frozen, None, ".pdf") == "annual.freeze-broken"
    assert AnnualAct.objects.count() == 1


def test_what_no_return_counted_is_counted_by_the_report_and_its_task_is_done(report) -> None:
    report.round.exits()
    report.freezes()
    report.signs()
    assert not TaskAct.objects.exists(), "it may yet be declined"
    report.agrees()
    act = TaskAct.objects.get(task="report_capacity")
    assert (act.kind, act.by, act.done_on) == ("report", report.government, FROZEN)
    assert (
        act.reason.startswith(f"已计入{YEAR}年度落后产能退出情况报告")
        and "宁政函〔2019〕3号" in act.reason
    )
