"""Supervision (clause 20): the figures of each city and department, measures, answers to them; the
system of an office that is supervised answers here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import today_of, ways
from phaseout.coordination.returns.standing import years
from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.models import Demand
from phaseout.coordination.supervision.picture import WHOLE_REGION, picture
from phaseout.coordination.supervision.reading import Reader, Window
from phaseout.coordination.supervision.standing import all_demands, measures, seen
from phaseout.law.supervision import figure
from phaseout.web.api.acts import Key
from phaseout.web.api.answers import ACTS, LISTS, READS, answers
from phaseout.web.api.fields import NO_NUL, Figure
from phaseout.web.api.keys import held, of_an_office
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["coordination"])


class FigureOf(Schema):
    """A figure of a target. `part` null: not known, which is not nought; `of` null: a count.
    `percent` null: not known, of nothing, or of fewer than `least`, which are not compared."""

    target: str = Field(description="a city (`city_640100`), a department (`epd`) or `region`")
    figure: str
    part: int | None
    of: int | None
    least: int | None
    percent: Figure | None


class Progress(Schema):
    """The figures within your reach. `first`, `last`: the days that are counted, both inside."""

    first: date
    last: date
    figures: list[FigureOf]


class MeasureRow(Schema):
    """A measure of supervision. `state`: drawn, declined, to_hold, open, late, met, lifted."""

    id: int
    kind: str
    target: str
    office: str
    text: str
    on: date | None
    figures_on: date
    signed_on: date | None
    digest: str
    state: str


class Measures(Page):
    """A page of measures."""

    items: list[MeasureRow]


class DemandRow(Schema):
    """What is demanded. `state`: open, late, answered, met."""

    id: int
    measure: int
    place: int
    text: str
    due: date
    state: str


class MeasureShown(MeasureRow):
    """A measure with its demands."""

    demands: list[DemandRow]


class AnswerAsked(Schema):
    """What has been done about a demand. `files`: digests that `POST /evidence` gave you."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=NO_NUL)]
    files: list[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]] = Field(
        default_factory=list
    )


@router.get(
    "/supervision",
    operation_id="get_supervision_figures",
    summary="Figures of cities and departments",
    response=answers(Progress, *READS),
)
def get_supervision_figures(request: HttpRequest, year: int | None = None) -> Any:
    """Of a year (the current one unless said) until today."""
    today = today_of(request)
    wanted = today.year if year is None else year
    if wanted not in years(today):
        raise Http404
    window = Window.of_year(wanted, today)
    told = picture(Reader.of(of_an_office(request)), window)
    return {
        "first": window.first,
        "last": window.last,
        "figures": [
            _figure(target, key, share)
            for target, shares in sorted(told.items(), key=lambda one: one[0] == WHOLE_REGION)
            for key, share in shares.items()
        ],
    }


@router.get(
    "/supervision/measures",
    operation_id="list_supervision_measures",
    summary="List the measures of supervision",
    response=answers(Measures, *LISTS),
)
def list_supervision_measures(request: HttpRequest, turning: Turn) -> Any:
    """The measures one may see, the newest first."""
    return turn(request, _measures(request), ("-id",), turning, _row)


@router.get(
    "/supervision/measures/{measure_id}",
    operation_id="get_supervision_measure",
    summary="One measure with its demands",
    response=answers(MeasureShown, *READS),
)
def get_supervision_measure(request: HttpRequest, measure_id: int) -> Any:
    """A measure as it stands."""
    one = get_object_or_404(_measures(request), pk=measure_id)
    rows = all_demands([one.pk], today_of(request)).order_by("place")
    return {**_row(one), "demands": [_demand(each) for each in rows]}


@router.post(
    "/supervision/demands/{demand_id}/answer",
    operation_id="answer_supervision_demand",
    summary="Answer a demand of supervision (答复督办要求)",
    response=answers(DemandRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def answer_supervision_demand(
    request: HttpRequest, demand_id: int, asked: AnswerAsked, idempotency_key: Key
) -> Any:
    """By the office that is supervised; it waits for the check of who supervises."""
    of_seen = Demand.objects.filter(measure__in=_measures(request).values("pk"))
    demand = get_object_or_404(of_seen, pk=demand_id)
    acts.answer(demand.pk, asked.text, files=asked.files, **ways(request, idempotency_key))
    rows = all_demands([demand.measure_id], today_of(request))
    return Status(201, _demand(rows.get(pk=demand.pk)))


def _measures(request: HttpRequest) -> Any:
    rows = measures(today_of(request)).filter(seen(of_an_office(request)))
    return rows.select_related("signed")


def _figure(target: str, key: str, share: Any) -> dict[str, Any]:
    least = figure(key).least
    return {
        "target": target,
        "figure": key,
        "part": share.part,
        "of": share.of,
        "least": least,
        "percent": share.percent_of_at_least(least),
    }


def _row(one: Any) -> dict[str, Any]:
    names = ("kind", "target", "office", "text", "on", "figures_on", "digest", "state")
    signed = getattr(one, "signed", None)
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in names},
        "signed_on": signed.signed_on if signed else None,
    }


def _demand(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "measure": one.measure_id,
        "place": one.place,
        "text": one.text,
        "due": one.due,
        "state": one.state,
    }
