"""Who brought an import learns that it was checked, refused or taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse

from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.saying import settle
from phaseout.notices.telling import Told, tell
from phaseout.registry.models import Import

NOT_TAKEN = "not_taken"
SAID: dict[str, Bilingual] = {
    Import.State.CHECKED: ("已核查，待确认接收。", "was checked and waits to be taken."),
    Import.State.REFUSED: ("未通过核查。", "was refused."),
    Import.State.TAKEN: ("已接收入库。", "was taken."),
    NOT_TAKEN: ("未能入库，请查看原因。", "could not be taken; see why."),
}


def tell_of(brought: Import, on: date, how: str = "") -> None:
    """Tell of the state that an import has come to, or `how` it went; at each check anew."""
    step = how or brought.state
    if step not in SAID:
        return
    zh, en = SAID[step]
    words = (f"第{brought.pk}号数据导入{zh}", f"Import {brought.pk} {en}")
    page = reverse("import", args=[brought.pk])
    when = brought.checked_at.isoformat() if brought.checked_at else ""
    told = Told("import", f"import:{brought.pk}:{when}", str(step), words, page)
    tell(told, [brought.by_id], on)


def settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Checked: taken by now or not to be; not taken: taken after all."""
    asks = {one.pk: int(one.subject.split(":")[1]) for one in notices if one.step in _AWAITED}
    states = dict(Import.objects.filter(pk__in=asks.values()).values_list("pk", "state"))
    steps = {one.pk: one.step for one in notices}
    return {pk for pk, brought in asks.items() if states.get(brought) not in _AWAITED[steps[pk]]}


_AWAITED: Mapping[str, Collection[str]] = {
    Import.State.CHECKED.value: {Import.State.CHECKED},
    NOT_TAKEN: set(Import.State) - {Import.State.TAKEN, Import.State.ABANDONED},
}
"""Step → the states of an import in which it still asks for something."""


def settle_imports() -> None:
    """Called when the site starts."""
    settle("import:", settled)
