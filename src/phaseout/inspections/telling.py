"""What is told here: that the public reports something, above all a line that runs again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from phaseout.casework.tasks.holding import AT_WORK, users_of
from phaseout.inspections.models import InspectionAct, Tip
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.saying import settle
from phaseout.notices.telling import Told, tell, tell_when_appended

SAID: dict[str, Bilingual] = {
    Tip.Matter.RESTART: (
        "公众反映已断电、封存或退出的生产线恢复生产，待核实。",
        "The public reports that a line which was cut off, sealed or has exited runs again.",
    ),
    Tip.Matter.PLAIN: ("公众举报投诉待处理。", "A tip from the public waits to be dealt with."),
}


def of_tip(tip: Tip) -> None:
    """The officers and leaders of the office whose it is, of a tip of the public. Who is named
    stays in the site."""
    if not tip.public:
        return
    words = SAID.get(tip.matter, SAID[Tip.Matter.PLAIN])
    page = reverse("inspection-tip", args=[tip.pk])
    told = Told("public", f"tip:{tip.pk}", "received", words, page)
    tell(told, users_of(tip.office, tip.division_code, tip.received_on, AT_WORK), tip.received_on)


def settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Tips that were accepted or declined."""
    taken = (InspectionAct.Kind.ACCEPT_TIP, InspectionAct.Kind.DECLINE_TIP)
    about = {one.subject for one in notices}
    rows = InspectionAct.objects.filter(kind__in=taken, about__in=about)
    done = set(rows.values_list("about", flat=True))
    return {one.pk for one in notices if one.subject in done}


def follow_tips() -> None:
    """Called when the site starts."""
    settle("tip:", settled)
    tell_when_appended({Tip: of_tip})
