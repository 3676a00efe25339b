"""Who brought an import learns that it was checked, refused or taken."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from phaseout.law.refusals import Bilingual
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
