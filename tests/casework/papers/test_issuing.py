"""An act with a document issues it: filled, numbered, in the act's own transaction."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from journeys import Journey
from phaseout.casework.models import IssuedPaper
from phaseout.casework.papers import rendering
from phaseout.casework.papers.kinds import Audience, kinds
from phaseout.casework.papers.plain import as_plain, of_plain
from phaseout.casework.papers.seeing import told_to_the_enterprise
from phaseout.documents import saying
from phaseout.evidence.digests import canonical
from phaseout.law.procedures import PROCEDURES, procedure
from phaseout.law.procedures.rows import documents
from phaseout.law.refusals import Refusal

OVERDUE = date(2018, 10, 9)
CLOSED = (
    ("record_overdue", OVERDUE),
    "closure.file",
    "closure.collect_evidence",
    "closure.notice",
    "closure.serve_notice",
    ("closure.legal_review", OVERDUE + timedelta(days=20)),
    "closure.collective",
    "closure.submit_for_approval",
    "closure.approve",
    "order_closure",
    "closure.serve_decision",
)


def papers(case):
    return list(IssuedPaper.objects.filter(case=case).select_related("act").order_by("act__place"))


def paper(case, kind):
    return IssuedPaper.objects.get(case=case, act__kind=kind)


def said(of):
    return canonical(of.content)


def test_every_document_of_the_tables_has_its_register_and_its_readers():
    assert set(kinds()) == set(documents())
    given = [kind.word for kind in kinds().values() if kind.word]
    assert len(given) == len(set(given)), "two registers with one word would give a number twice"
    for kind in kinds().values():
        assert bool(kind.word) != (kind.audience is Audience.OWN), kind.document


def test_every_act_with_a_document_has_written_one(ordered):
    rules = procedure("energy", version=ordered.procedure_version).acts
    written = {one.act.kind: one for one in papers(ordered)}
    for act in ordered.acts.all():
        assert (act.kind in written) == bool(rules[act.kind].document), act.kind
    assert [one.form for one in papers(ordered)] == [
        "general",
        "filing_form",
        "facts_notice",
        "proof_of_service",
        "general",
        "order_rectification",
        "proof_of_service",
    ]


def test_numbers_follow_one_another_in_the_register_of_their_kind(desk, ordered):
    other = desk.open_(desk.finding(desk.line("L2"))).case
    desk.walk(other, "order.file", "order.collect_evidence", "order.notice", "order.serve_notice")
    assert [p.number for p in papers(ordered)][1:4] == [
        "宁经信审〔2018〕1号",
        "宁经信告〔2018〕1号",
        "宁经信证〔2018〕1号",
    ]
    assert paper(other, "order.serve_notice").number == "宁经信证〔2018〕3号"


def test_an_act_that_is_undone_gives_its_number_back(desk, case, monkeypatch):
    from phaseout.casework.acts import transactions

    def killed(*_):
        raise RuntimeError("the server was killed here")

    with monkeypatch.context() as patched:
        patched.setattr(transactions, "keep", killed)
        with pytest.raises(RuntimeError):
            desk.do(case, "order.file")
    assert papers(case)[-1].act.kind == "open"
    case.proposals.update(state="withdrawn", settled_on=desk.today)
    desk.do(case, "order.file")
    assert paper(case, "order.file").serial == 1


def test_the_act_covers_number_and_digest_of_its_document(ordered):
    order = paper(ordered, "order_rectification")
    assert order.act.detail["paper"] == {
        "document": "rectification_order",
        "number": order.number,
        "digest": order.digest,
    }
    assert order.digest == hashlib.sha256(canonical(order.content).encode()).hexdigest()
    assert order.digest in order.act.record


def test_the_order_tells_facts_basis_term_and_rights(ordered):
    order = paper(ordered, "order_rectification")
    text = said(order)
    for words in (
        "可比熟料综合煤耗131.5 kgce/t，超过限值112 kgce/t。",
        "整改期限为6个月，自你单位收到本通知书之次日起计算。",
        "延期不超过3个月",
        "自收到本通知书之日起60日内向宁夏回族自治区人民政府或者工业和信息化部申请行政复议",
        "自收到本通知书之日起6个月内向有管辖权的人民法院提起行政诉讼",
        "《水泥单位产品能源消耗限额》（GB 16780-2012）",
        "你单位在规定期限内未提出陈述、申辩意见。",
    ):
        assert words in text, words
    assert order.addressee == ordered.enterprise.name


def test_the_proof_of_service_tells_the_last_days(ordered):
    text = said(paper(ordered, "order.serve_decision"))
    assert "2018年6月1日（星期五" in text, "60 days from 2 April"
    assert "2018年10月8日（星期一" in text, "6 months end on a holiday and move"
    assert "期限计算说明" in text


def test_service_is_an_act_that_says_when_on_the_paper_served(ordered):
    order = paper(ordered, "order_rectification")
    assert order.needs_service
    assert (order.served_by.kind, order.served_on) == ("order.serve_decision", date(2018, 4, 2))


def test_a_closing_decision_names_approval_and_day(desk, ordered):
    case = desk.walk(ordered, *CLOSED)
    decision = paper(case, "order_closure")
    assert decision.form == "closure_decision"
    assert decision.number == "宁政关〔2018〕1号"
    approval, request = paper(case, "closure.approve"), paper(case, "closure.submit_for_approval")
    text = said(decision)
    assert f"本机关于{saying.day(approval.issued_on)}以《{approval.title_zh}》" in text
    lead = "宁夏回族自治区经济和信息化委员会"
    assert f"经{lead}依法立案、调查、告知并听取意见，报请本机关批准" in text
    assert f"{lead}于" in text and "本机关于2018年1月" not in text, "the notice was the lead's"
    assert (request.addressee, approval.addressee) == ("宁夏回族自治区人民政府", lead)
    assert "妥否，请批示。" in said(request) and request.number in said(approval)
    assert "宁夏回族自治区经济和信息化委员会" in "".join(decision.content["imprint"]["copies"])
    assert paper(case, "closure.notice").form == "hearing_rights_notice"


def test_a_decision_in_the_general_form_names_evidence_provisions_and_remedies(desk):
    journey = Journey(desk, "technology")
    journey.do("record_match").decided("elimination")
    decision = paper(journey.case, "order_elimination")
    text = said(decision)
    for words in (
        "查明的事实和证据",
        "以上事实，有下列证据证明：",
        "上述情况不符合下列规定：",
        "本机关作出决定的依据是：",
        f"责令你单位淘汰{journey.case.line.name}，于",
        "除法律另有规定外，不停止执行。",
    ):
        assert words in text, words
    assert decision.content["imprint"]["office"]["name"] == "宁夏回族自治区经济和信息化委员会"


def test_an_order_before_any_due_process_says_what_it_orders_and_the_remedies(desk):
    stopped = Journey(desk, "safety").do("record_hazard", "order_temporary_stop").case
    corrected = Journey(desk, "environment").do("accept_exceedance", "order_correction").case
    for case, kind, orders in (
        (stopped, "order_temporary_stop", "本机关决定：责令你单位L1号线自收到本决定书时起暂时停产"),
        (corrected, "order_correction", "本机关决定：责令你单位立即改正违法行为："),
    ):
        text = said(paper(case, kind))
        for words in (orders, "申请行政复议", "提起行政诉讼", "不停止执行"):
            assert words in text, (kind, words)


def test_a_fine_cites_the_law_of_the_medium_in_which_the_limit_was_exceeded(desk):
    water = "emission_limits/E-GB31573-2015/74"
    finding = desk.finding(
        desk.line(), dimension="environment", judged_by="environment", norm_row=water
    )
    journey = Journey.of_case(desk, desk.open_(finding, by=desk.person("epd")).case)
    journey.do("accept_exceedance").decided("fine")
    text = said(paper(journey.case, "impose_fine"))
    assert "水污染防治法》" in text
    assert "大气污染防治法》" not in text
    assert "对你单位处以罚款，金额为人民币100,000元。" in text


def test_a_demand_tells_the_time_to_perform_and_no_hearing(desk):
    journey = Journey(desk, "technology").do("record_match").decided("elimination")
    journey.after("removal").do("elimination.demand")
    text = said(paper(journey.case, "elimination.demand"))
    assert "请你单位自收到本催告书之日起10个工作日内履行下列义务：经查属实。" in text
    assert "提出陈述、申辩意见" in text
    assert "听证" not in text


def test_the_notice_of_a_hearing_says_when_where_and_who_may_come(desk):
    journey = Journey(desk, "technology").do("record_match").notified("elimination")
    journey.do("elimination.hearing_request").do(
        "elimination.hearing_notice", hearing_place="上午9时，本机关第二会议室"
    )
    text = said(paper(journey.case, "elimination.hearing_notice"))
    for words in ("举行听证（上午9时，本机关第二会议室）", "委托一至二人代理", "申请回避"):
        assert words in text, words


def test_the_record_of_a_stay_speaks_of_the_stay_as_a_court_does(desk):
    journey = Journey(desk, "technology").do("record_match").decided("elimination")
    journey.do("elimination.sue", "elimination.stay_execution")
    text = said(paper(journey.case, "elimination.stay_execution"))
    assert "作出停止执行的裁定（决定）" in text


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("withdraw_case", "本机关决定：撤销本案。"),
        ("terminate", "本机关决定：终止本案的办理。"),
        ("pause_case", "起中止本案的办理"),
    ],
)
def test_what_ends_or_pauses_a_case_says_so_and_cites_no_rule_of_this_project(
    desk, case, kind, says
):
    desk.do(case, kind)
    text = said(paper(case, kind))
    assert says in text
    assert "本系统" not in text


def test_the_decision_on_an_extension_reaches_the_enterprise_by_its_service(desk, ordered):
    case = desk.walk(ordered, ("apply_extension", date(2018, 9, 3)), "grant_extension")
    decision = paper(case, "grant_extension")
    assert (decision.needs_service, decision.served_by) == (True, None)
    told = IssuedPaper.objects.filter(told_to_the_enterprise(), case=case)
    assert decision not in told
    desk.do(case, "serve_extension", date(2018, 9, 5))
    assert decision in told.all()
    receipt = paper(case, "serve_extension")
    assert (receipt.form, receipt.document) == ("proof_of_service", "receipt")
    assert decision.number in str(receipt.content)


def test_an_extension_granted_counts_the_new_last_day(desk, ordered):
    case = desk.walk(ordered, ("apply_extension", date(2018, 9, 3)), "grant_extension")
    decision = paper(case, "grant_extension")
    assert decision.form == "extension_decision"
    assert "2019年1月2日" in said(decision)
    asked = paper(case, "apply_extension")
    assert (asked.audience, asked.number) == ("own", "")
    assert asked.content["imprint"]["office"]["name"] == case.enterprise.name


def test_what_a_later_act_takes_back_says_so(desk, ordered):
    case = desk.walk(ordered, "order.apply_reconsideration", on=date(2018, 4, 16))
    case = desk.walk(case, "order.decision_annulled", on=date(2018, 5, 2))
    order = paper(case, "order_rectification")
    assert order.withdrawn_by.kind == "order.decision_annulled"
    assert paper(case, "order.serve_decision").withdrawn_by is None, "the service did happen"


def test_new_facts_take_the_notice_back_and_a_new_one_gets_its_own_number(desk, case):
    case = desk.walk(
        case,
        "order.file",
        "order.collect_evidence",
        "order.notice",
        "order.serve_notice",
        "order.new_facts",
        "order.notice",
    )
    first, second = IssuedPaper.objects.filter(case=case, document="notice").order_by("serial")
    assert first.withdrawn_by.kind == "order.new_facts"
    assert second.withdrawn_by is None
    assert second.serial == 2


def test_a_decision_tells_every_defence_and_each_fact_once(desk, case):
    case = desk.walk(case, "order.file", "order.collect_evidence")
    grounds = case.acts.first().detail["grounds"][0]["zh"]
    desk.do(case, "order.notice", facts_found=grounds.rstrip("。"))
    desk.do(case, "order.serve_notice")
    points = ("电表有误。", "改造已立项", "另有补充")
    desk.do(case, "order.defence", points=list(points[:2]))
    desk.do(case, "order.defence", points=list(points[2:]))
    desk.do(case, "order.answer_defence", answers=dict.fromkeys(points, "不影响认定。"))
    case = desk.walk(case, "order.approve_by_head", "order_rectification", on=date(2018, 3, 20))
    text = said(paper(case, "order_rectification"))
    assert "你单位提出：电表有误；改造已立项；另有补充。" in text
    assert text.count(grounds.rstrip("。")) == 1


def test_a_defence_taken_back_is_told_as_such(desk, case):
    steps = ("order.file", "order.collect_evidence", "order.notice", "order.serve_notice")
    case = desk.walk(case, *steps, "order.defence", "order.withdraw_defence")
    case = desk.walk(case, "order.approve_by_head", "order_rectification", on=date(2018, 3, 20))
    assert "已由你单位撤回" in said(paper(case, "order_rectification"))


@pytest.mark.parametrize("change", ["number", "content", "digest", "delete"])
def test_the_database_refuses_to_change_a_paper(ordered, change):
    order = paper(ordered, "order_rectification")
    with pytest.raises(IntegrityError), transaction.atomic():
        if change == "delete":
            order.delete()
        else:
            IssuedPaper.objects.filter(pk=order.pk).update(**{change: "x"})


def test_the_pdf_is_the_same_bytes_each_time_and_its_digest_is_kept(ordered):
    order = paper(ordered, "order_rectification")
    first = rendering.pdf(order)
    again = rendering.pdf(paper(ordered, "order_rectification"))
    assert first[:5] == b"%PDF-"
    assert first == again
    kept = paper(ordered, "order_rectification").pdf_digest
    assert kept == hashlib.sha256(first).hexdigest()
    assert rendering.docx(order)[:2] == b"PK"


def test_plain_data_gives_the_document_back(ordered):
    for one in papers(ordered):
        assert as_plain(of_plain(one.content)) == one.content


def test_a_character_nobody_sees_is_refused_with_the_act(desk, case):
    desk.walk(case, "order.file", "order.collect_evidence")
    with pytest.raises(Refusal) as refusal:
        desk.do(case, "order.notice", facts_found="超过\u202e限值")
    assert refusal.value.code == "document.character_hidden"
    assert not case.acts.filter(kind="order.notice").exists()


def test_every_procedure_knows_every_document_it_issues():
    for name in PROCEDURES:
        for rule in procedure(name, on=date(2018, 3, 15)).acts.values():
            assert not rule.document or rule.document in kinds(), rule.kind


def test_answers_stand_in_the_order_of_the_points_in_documents_and_on_the_page(desk, case, client):
    first, second = "一、取样点不符合规范，数据不应采用", "二、已动工"
    steps = ("order.file", "order.collect_evidence", "order.notice", "order.serve_notice")
    desk.walk(case, *steps)
    desk.do(case, "order.defence", points=[first, second])
    desk.do(case, "order.answer_defence", answers={first: "甲：不采纳。", second: "乙：采纳。"})
    desk.walk(case, ("order.approve_by_head", date(2018, 4, 2)), "order_rectification")
    for kind in ("order.answer_defence", "order_rectification"):
        text = said(paper(case, kind))
        assert 0 < text.index("甲：不采纳") < text.index("乙：采纳"), kind
    client.force_login(desk.person())
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert 0 < page.index("甲：不采纳") < page.index("乙：采纳")
