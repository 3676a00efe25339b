"""The report over HTTP: frozen, signed, agreed to, sent, corrected; its figures, the rows behind
one, its errata; for the region only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from api_machine import key, machine_of
from phaseout.coordination.returns.rows import Row
from returns_book import YEAR

SENT = date(2019, 1, 28)
AT = f"/coordination/annual/{YEAR}"


def test_it_is_frozen_signed_agreed_to_sent_and_corrected(report, settings) -> None:
    settings.DEMO_FIRST_DAY = SENT
    report.accepted()
    officer, leader, drc, government, city = (
        machine_of(one, days=360)
        for one in (
            report.officer, report.leader, report.drc, report.government, report.round.city,
        )
    )  # fmt: skip

    def does(machine, act: str, code: str | None = None, keyed=None, **given):
        told = machine.post(f"{AT}/{act}", given, **(keyed or key()))
        assert (told.status_code, told.said.get("refused")) == ((409 if code else 201), code)
        return told.said

    assert city.post(f"{AT}/freeze", {}, **key()).status_code == 403
    does(officer, "sign", "annual.not-yours", digest="0" * 64)
    does(officer, "freeze", "annual.returns-open")
    once = key()
    frozen = does(officer, "freeze", keyed=once, reason="固原等市尚未报送，按期上报。")
    again = does(officer, "freeze", keyed=once, reason="固原等市尚未报送，按期上报。")
    assert (frozen["stage"], frozen["version"], again) == ("frozen", 1, frozen)
    seen = {"digest": frozen["digest"]}
    does(leader, "sign", "annual.other-version", digest="0" * 64)
    does(government, "approve", "annual.not-signed", document="宁政函〔2019〕5号", **seen)
    for machine in (leader, drc):
        does(machine, "sign", **seen)
    does(government, "decline", "annual.no-reason", reason=" ", **seen)
    does(officer, "send", "annual.not-approved", number="宁工信发〔2019〕8号")
    does(government, "approve", document="宁政函〔2019〕5号", **seen)
    sent = does(officer, "send", number="宁工信发〔2019〕8号")
    assert (sent["stage"], sent["number"]) == ("sent", "宁工信发〔2019〕8号")
    (row,) = officer.all(f"{AT}/rows")
    why = {"reason": "产能多计。", "document": "宁工信发〔2019〕20号"}
    to = {"place": 1, "cells": {**row["cells"], "capacity": "15"}, "seen": row["digest"], **why}
    does(leader, "errata", "return.rows-wrong", **{**to, "cells": {**to["cells"], "way": "拆"}})
    does(officer, "errata", "annual.not-yours", **to)
    assert does(leader, "errata", **to)["after"]["amount"] == "150000"
    does(leader, "errata", "annual.row-changed", **{**to, "reason": "又。"})
    added = {"cells": {**row["cells"], "equipment": "2号磨", "uscc": "91640104MA75WXXG19"}, **why}
    assert does(leader, "errata", **added)["before"] is None


def test_figures_rows_and_errata_are_read_by_who_reads_over_the_region(report, settings) -> None:
    settings.DEMO_FIRST_DAY = SENT
    report.approved()
    report.sends()
    row = Row.kept(report.now.freeze.rows.get())
    report.corrects(1, row.corrected(amount=Decimal(150_000)))
    reader = machine_of(report.officer, days=360)
    told = reader.get(AT).said
    assert (told["stage"], told["digest"], told["errata"]) == ("sent", report.digest, 1)
    (cement,) = told["industries"]
    assert (cement["key"], cement["amount"], cement["task"]) == ("cement", "150000", None)
    (behind,) = reader.all(f"{AT}/rows", {"by": "industry", "key": "cement"})
    assert (behind["amount"], behind["erratum"], behind["origin"]) == ("150000", 1, "return")
    assert reader.all(f"{AT}/rows", {"by": "industry", "key": "steel"}) == []
    (erratum,) = reader.all(f"{AT}/errata")
    assert (erratum["before"]["amount"], erratum["after"]["amount"]) == ("200000", "150000")
    assert reader.get(f"/coordination/annual/{YEAR - 1}").status_code == 404
    assert machine_of(report.round.city, days=360).get(AT).status_code == 403
