"""One measure: signed, recorded, answered, checked and lifted here; its acts and its effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, person, scope_of_request, today_of, ways
from phaseout.coordination.offices import name_of, seat_in, seats
from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.acts.holding import firms, handed_over, may_hand_over
from phaseout.coordination.supervision.forms import (
    AnswerForm,
    CheckForm,
    DeclineForm,
    HandOverForm,
    LiftForm,
    RecordForm,
    SignForm,
)
from phaseout.coordination.supervision.frozen import effect, since
from phaseout.coordination.supervision.models import Answer, Demand, Measure
from phaseout.coordination.supervision.pages.measures import pdf
from phaseout.coordination.supervision.papers import measure_pdf, number_of, record_pdf
from phaseout.coordination.supervision.showing import ACTS, list_url
from phaseout.coordination.supervision.standing import (
    DEMAND_STATES,
    GOING,
    STATES,
    DemandState,
    State,
    all_demands,
    measures,
    seen,
)
from phaseout.coordination.supervision.targets import answered_by, target_name
from phaseout.evidence.attaching import attach
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal
from phaseout.law.supervision import figure, measure_kind

WORK = (Role.OFFICER, Role.LEADER)
TOLD = {
    "sign": _("已签发，自今日起施行。"),
    "decline": _("已记录不予签发。"),
    "record": _("已记录。"),
    "hand_over": _("已移交监督检查。"),
    "lift": _("已解除。"),
    "answer": _("已答复。"),
    "check": _("已核实。"),
}


def found(request: HttpRequest, pk: int) -> Any:
    """The measure as it stands; 404 to whom it does not concern."""
    rows = measures(today_of(request)).filter(seen(scope_of_request(request)))
    return get_object_or_404(rows.select_related("act__by"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    if request.method != "POST":
        return _page(request, one)
    do = request.POST.get("do", "")
    form = _bound(request, one, do)
    if not form.is_valid():
        return _page(request, one, (do, request.POST.get("about", ""), form), status=422)
    try:
        _done(request, one, do, form)
    except Refusal as refusal:
        return _page(request, one, (do, request.POST.get("about", ""), form), refusal, 409)
    messages.success(request, TOLD[do])
    return redirect("supervision-measure", pk=one.pk)


def _bound(request: HttpRequest, one: Any, do: str) -> Any:
    """The form of an act as it came. One that may not be done now is refused by the act itself."""
    today = today_of(request)
    kinds: dict[str, Any] = {
        "sign": SignForm, "decline": DeclineForm, "lift": LiftForm, "answer": AnswerForm,
        "check": CheckForm,
    }  # fmt: skip
    if do == "record":
        return RecordForm(request.POST, request.FILES, today=today)
    if do == "hand_over":
        return HandOverForm(request.POST, firms=_firms(one, today))
    if do not in kinds:
        raise Http404(do)
    return kinds[do](request.POST, request.FILES)


def _firms(one: Measure, today: date) -> list[tuple[str, str]]:
    return [
        (case.enterprise_id, f"{case.enterprise.name} · {case.number}")
        for case in firms(one, today)
    ]


def _done(request: HttpRequest, one: Any, do: str, form: Any) -> None:
    given = form.cleaned_data
    who = ways(request, given["key"])
    if do == "sign":
        acts.sign(one.pk, digest=given["digest"], **who)
    elif do in ("decline", "lift"):
        (acts.decline if do == "decline" else acts.lift)(one.pk, reason=given["reason"], **who)
    elif do == "record":
        acts.record(one.pk, form.held(_brought(request, given)), **who)
    elif do == "hand_over":
        acts.hand_over(one.pk, given["firms"], given["text"], **who)
    else:
        _on_demand(request, one, do, given, who)


def _on_demand(
    request: HttpRequest, one: Any, do: str, given: Mapping[str, Any], who: Mapping[str, Any]
) -> None:
    about = request.POST.get("about", "")
    if not (about.isascii() and about.isdigit() and len(about) < 10):
        raise Http404
    demand = get_object_or_404(Demand.objects.filter(measure=one), pk=int(about))
    if do == "answer":
        acts.answer(demand.pk, given["text"], files=_brought(request, given), **who)
        return
    last = demand.answers.order_by("-pk").first()
    if last is None:
        raise Http404
    acts.check(last.pk, accepted=given["accepted"] == "yes", reason=given["reason"], **who)


def _brought(request: HttpRequest, given: Mapping[str, Any]) -> list[str]:
    """The files of a form, kept as evidence: their digests."""
    return [attach(one, by=person(request)).digest for one in given["proofs"]]


def _page(
    request: HttpRequest,
    one: Any,
    wrong: tuple[str, str, Any] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_of(request)
    said = one.act.content
    lifted = getattr(one, "lifted", None)
    signed, record = getattr(one, "signed", None), getattr(one, "record", None)
    context = {
        "measure": one,
        "kind": measure_kind(one.kind),
        "name": target_name(one.target, today),
        "office": name_of(one.office, today),
        "number": number_of(signed) if signed else "",
        "signed": signed,
        "lifted": lifted,
        "record": record,
        "record_files": _links(record.files, _kept(record.files)) if record else [],
        "state": STATES[State(one.state)],
        "late": one.state == State.LATE,
        "because": [_reason(each, one) for each in said["because"]],
        "demands": _demands(request, one, wrong),
        "forms": _forms(request, one, wrong),
        "handed": list(handed_over(one).values()),
        "effect": _effect(one, lifted, today) if signed else [],
        "moved": _moved(one, today) if one.state == State.DRAWN else [],
        "acts": [
            (act, ACTS[act.kind])
            for act in (one.act, *one.acts.select_related("by").order_by("pk"))
        ],
        "refusal": refusal,
        "wrong": wrong[0] if wrong else "",
    }  # fmt: skip
    return render(request, "supervision/measure.html", context, status=status)


def _effect(one: Any, lifted: Any, today: date) -> list[dict[str, Any]]:
    """The figures on the day of the measure, of its end and today; today's open their lists."""
    kept = one.act.content["figures"]
    at_end = lifted.act.content["figures"] if lifted else None
    window = since(kept, today)
    return [
        {"one": each, **_percents(each), "url": list_url(each.figure.key, one.target, window)}
        for each in effect(one.target, kept, at_end, today)
    ]


def _moved(one: Any, today: date) -> list[dict[str, Any]]:
    """The figures that are others today than those drawn up, for who is to sign."""
    return [row for row in _effect(one, None, today) if row["one"].then != row["one"].now]


def _reason(said: Mapping[str, Any], one: Any) -> dict[str, Any]:
    told = figure(said["figure"])
    return {"figure": told, "part": said["part"], "of": said["of"], "over": said["over"]}


def _percents(each: Any) -> dict[str, Any]:
    least = each.figure.least
    pairs = (("then", each.then), ("lifted", each.lifted), ("now", each.now))
    return {
        f"{name}_percent": share.percent_of_at_least(least) if share else None
        for name, share in pairs
    }


def _forms(request: HttpRequest, one: Any, wrong: tuple[str, str, Any] | None) -> dict[str, Any]:
    """The acts that the person can do as the measure stands."""
    scope, today = scope_of_request(request), today_of(request)
    works = seat_in(scope, [one.office], *WORK) is not None
    leads = seat_in(scope, [one.office], Role.LEADER) is not None
    going = one.state in GOING
    to_record = one.on is not None and not hasattr(one, "record") and one.on <= today
    signs = leads and one.state == State.DRAWN and one.act.by_id != person(request).pk
    possible: dict[str, tuple[bool, Any]] = {
        "sign": (signs, lambda **given: SignForm(initial={"digest": one.digest}, **given)),
        "decline": (leads and one.state == State.DRAWN, DeclineForm),
        "record": (works and going and to_record, lambda **given: RecordForm(today=today, **given)),
        "lift": (leads and one.state == State.MET, LiftForm),
    }
    made = {
        name: wrong[2] if wrong and wrong[0] == name else make(auto_id=f"id_{name}_%s")
        for name, (can, make) in possible.items()
        if can
    }
    if works and going and one.kind == Measure.Kind.INSPECTION and may_hand_over(scope):
        if wrong and wrong[0] == "hand_over":
            made["hand_over"] = wrong[2]
        elif listed := _firms(one, today):
            made["hand_over"] = HandOverForm(firms=listed, auto_id="id_hand_over_%s")
    return made


def _demands(
    request: HttpRequest, one: Any, wrong: tuple[str, str, Any] | None
) -> list[dict[str, Any]]:
    scope, today = scope_of_request(request), today_of(request)
    answers = one.state in GOING and one.target in answered_by(seats(scope, *WORK))
    checks = one.state in GOING and seat_in(scope, [one.office], *WORK) is not None
    with_acts = ("answers__act__by", "answers__checked__act__by")
    rows = all_demands([one.pk], today).prefetch_related(*with_acts)
    carried = Answer.objects.filter(demand__measure=one).values_list("files", flat=True)
    kept = _kept([file for files in carried for file in files])
    listed = []
    for demand in rows.order_by("place"):
        state = DemandState(demand.state)
        waits = state in (DemandState.OPEN, DemandState.LATE)
        listed.append(
            {
                "one": demand,
                "state": DEMAND_STATES[state],
                "late": state is DemandState.LATE and one.state in GOING,
                "met": state is DemandState.MET,
                "answers": [
                    (answer, _links(answer.files, kept))
                    for answer in sorted(demand.answers.all(), key=lambda answer: answer.pk)
                ],
                "answer": _form("answer", demand, wrong) if answers and waits else None,
                "check": _form("check", demand, wrong)
                if checks and state is DemandState.ANSWERED
                else None,
            }
        )
    return listed


def _links(
    files: Iterable[Mapping[str, str]], kept: Mapping[str, int]
) -> list[tuple[int | None, str]]:
    return [(kept.get(file["digest"]), file["name"]) for file in files]


def _kept(files: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """Digest → the kept file."""
    digests = {file["digest"] for file in files}
    rows = EvidenceFile.objects.filter(digest__in=digests).order_by("-pk")
    return dict(rows.values_list("digest", "pk"))


def _form(do: str, demand: Demand, wrong: tuple[str, str, Any] | None) -> Any:
    if wrong is not None and wrong[:2] == (do, str(demand.pk)):
        return wrong[2]
    kind = AnswerForm if do == "answer" else CheckForm
    return kind(auto_id=f"id_{do}_{demand.pk}_%s")


@require_safe
@officials
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The measure as an official document; until it is signed a draft."""
    one = found(request, pk)
    return pdf(measure_pdf(one), f"supervision-{one.pk}")


@require_safe
@officials
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """What took place as an official document."""
    one = found(request, pk)
    record = getattr(one, "record", None)
    if record is None:
        raise Http404
    return pdf(record_pdf(record), f"supervision-{one.pk}-record")
