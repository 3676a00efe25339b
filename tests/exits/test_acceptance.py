"""联合验收 and what the room brings to the acts of the case; the guard at every door; the pack."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from phaseout.casework.models import Act, Proposal
from phaseout.exits import acts
from phaseout.exits.bringing import bring, brought_to, offered
from phaseout.exits.packing import last_day, packed
from phaseout.law.refusals import Refusal


def refused(act: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


@pytest.fixture
def dismantled(site):
    """Everything recorded, the act done."""
    site.plan()
    site.complete()
    site.brings("dismantle")
    return site


def test_dismantling_is_refused_with_what_lacks_and_done_when_nothing_does(site) -> None:
    site.plan()
    with pytest.raises(Refusal) as refusal:
        site.brings("dismantle")
    assert refusal.value.code == "exit.incomplete"
    assert "1号磨机：磨机筒体：缺拆除前照片" in refusal.value.zh
    site.complete("dismantle")
    act = site.brings("dismantle")
    assert act.kind == "dismantle" and act.facts["destination"] == "本市废钢回收企业"
    recorded = {f.file.digest for one in site.now.records for f in site.now.files[one.pk]}
    assert set(act.facts["photos"]) | set(act.facts["witness_certificate"]) <= recorded
    assert len(act.facts["photos"]) == 10  # three of each of three parts, and the nameplate
    assert site.now.state == "dismantled"


def test_the_guard_stands_at_the_door_of_the_case_too_and_not_without_a_plan(site, desk) -> None:
    site.plan()
    assert refused(desk.do, site.case, "dismantle", site.day) == "exit.incomplete"
    assert not Act.objects.filter(case=site.pk, kind="dismantle").exists()


def test_without_a_plan_a_case_goes_its_way(site, desk) -> None:
    site.does("dismantle")
    assert site.now.state == "dismantled"
    assert refused(bring, site.pk, "acceptance_passed", **site.ways()) == "exit.no-plan"


def test_a_sheet_is_laid_only_when_nothing_lacks_but_signatures(site) -> None:
    assert refused(site.lay) == "exit.no-plan"
    site.plan()
    assert refused(site.lay) == "sheet.stage"
    site.complete("dismantle")
    site.brings("dismantle")
    assert refused(site.lay) == "sheet.not-yet"
    site.complete()
    assert (
        refused(acts.lay_sheet, site.pk, {"company": "甲"}, **site.ways()) == "sheet.names-missing"
    )
    assert site.lay().content["plan"] == site.now.plan_act.digest


def test_all_four_sign_and_the_case_is_accepted_with_form_and_signatures(dismantled) -> None:
    site = dismantled
    site.lay()
    assert refused(site.brings, "acceptance_passed") == "exit.incomplete"
    site.all_sign()
    assert not site.now.missing("acceptance_passed")
    done = bring(site.pk, "acceptance_passed", **site.ways())
    assert isinstance(done, Proposal) and site.now.state == "dismantled"  # the leader has to sign
    act = site.desk.sign(done, site.leader, site.day)
    assert act.facts["signatures"] == [s.content["signature"] for s in site.now.signatures.values()]
    assert len(act.facts["acceptance_form"]) == 1 and site.now.state == "accepted"


def test_the_button_pressed_twice_prepares_once(dismantled) -> None:
    dismantled.lay()
    dismantled.all_sign()
    ways = dismantled.ways()
    first, second = (bring(dismantled.pk, "acceptance_passed", **ways) for _ in range(2))
    assert first == second


def test_one_refusal_blocks_and_its_reason_goes_into_the_failed_acceptance(dismantled) -> None:
    site = dismantled
    site.lay()
    site.sign("company")
    assert refused(site.sign, "city", "refuse") == "sign.incomplete"  # no reason
    site.sign("city", "refuse", reason="磨机基础未清理")
    for party in ("county", "lead"):
        site.sign(party)
    assert [one.code for one in site.now.missing("acceptance_passed")] == ["refused"]
    assert refused(site.brings, "acceptance_passed") == "exit.incomplete"
    act = site.brings("acceptance_failed")
    assert "磨机基础未清理" in act.facts["reason"] and site.now.state == "dismantling"
    assert site.now.sheet is None  # what was signed is over
    site.brings("dismantle")
    site.lay()
    site.all_sign()
    site.brings("acceptance_passed")
    assert site.now.state == "accepted"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"digest": "0" * 64}, "sign.changed"),
        ({"name": " "}, "sign.incomplete"),
        ({"role": ""}, "sign.incomplete"),
        ({"signature": None}, "sign.incomplete"),
        ({"opinion": "perhaps"}, "sign.incomplete"),
        ({"party": "press"}, "sign.incomplete"),
    ],
)
def test_a_signature_is_whole_and_on_what_was_laid_out(dismantled, given, code) -> None:
    dismantled.lay()
    signed = replace(dismantled.signed("company"), **given)
    assert refused(acts.sign_sheet, dismantled.pk, signed, **dismantled.ways()) == code


def test_a_party_signs_once(dismantled) -> None:
    dismantled.lay()
    dismantled.sign("company")
    assert refused(dismantled.sign, "company") == "sign.done"
    assert dismantled.now.signatures.keys() == {"company"}


def test_the_sealed_form_goes_to_the_end_and_is_visited(site) -> None:
    site.plan("seal")
    site.does("cut_water", "cut_power")
    assert site.now.state == "cut"
    for kind in ("remove_drive", "seal", "record_sealed"):
        assert refused(site.brings, kind) in ("exit.incomplete", "act.not-on-file")
    site.complete("drive", "seal")
    site.brings("remove_drive")
    assert site.brings("seal").facts["seal_numbers"] == "宁封001（磨机筒体）"
    assert refused(site.brings, "record_sealed") == "exit.incomplete"  # promise and day are open
    site.does("commitment", "publish_commitment", "set_dismantling_date")
    site.brings("record_sealed")
    assert site.now.state == "sealed"
    due = site.now.visit_due
    site.record("", "visit", "photo", intact="yes", still="yes")
    assert site.now.visit_due == due and site.now.visits


def test_what_is_offered_is_what_the_stage_and_the_post_allow(site, desk) -> None:
    site.plan()
    kinds = {rule.kind for rule, _ in offered(site.now, site.ways()["scope"], site.day)}
    assert kinds == {"remove_drive", "seal", "record_sealed", "dismantle"}
    assert offered(site.now, site.ways(desk.person("epd"))["scope"], site.day) == []
    assert refused(brought_to, site.now, "close_exited") == "exit.not-brought-here"


# Closed and not dismantled


def test_a_sealed_line_is_put_off_for_an_allowed_reason_until_it_is_dismantled(site) -> None:
    def put(reason="employees", note="安置方案待职代会通过", **given):
        return acts.put_off(site.pk, reason, note=note, dismantle_by=None, **site.ways(**given))

    site.plan("seal")
    assert refused(put) == "put-off.not-open"
    site.does("cut_water", "cut_power")
    site.complete("drive", "seal")
    site.brings("remove_drive")
    site.brings("seal")
    site.does("commitment", "publish_commitment", "set_dismantling_date")
    site.brings("record_sealed")
    assert (
        refused(put, "money") == "put-off.not-open" and refused(put, note="") == "put-off.not-open"
    )
    entered = put()
    assert site.now.state == "closed_not_dismantled"
    assert (
        entered.content["dismantle_by"]
        == site.now.last("set_dismantling_date").facts["dismantle_by"]
    )
    assert refused(put) == "put-off.not-open"
    site.complete()
    site.brings("dismantle")
    assert site.now.state == "dismantled" and site.now.put_off is None


# The pack


def test_the_pack_is_the_same_bytes_twice_and_its_manifest_is_true(dismantled) -> None:
    dismantled.lay()
    dismantled.all_sign()
    exit_ = dismantled.now
    made = packed(exit_, last_day(exit_))
    assert made == packed(dismantled.now, last_day(exit_))
    archive = zipfile.ZipFile(io.BytesIO(made))
    manifest = json.loads(archive.read("manifest.json"))
    assert set(manifest["files"]) == set(archive.namelist()) - {"manifest.json"}
    for name, told in manifest["files"].items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == told["sha256"]
    assert archive.read("封面.pdf").startswith(b"%PDF-")
    rows = json.loads(archive.read("acts.json"))
    assert [row["digest"] for row in rows] == [act.digest for act in exit_.own]
    assert len(archive.read("case.jsonl").splitlines()) == len(exit_.acts)


def test_what_is_recorded_later_changes_the_pack(dismantled) -> None:
    before = packed(dismantled.now, dismantled.day)
    dismantled.record("", "visit", "photo", intact="no", still="yes", note="封条破损")
    assert packed(dismantled.now, dismantled.day) != before
