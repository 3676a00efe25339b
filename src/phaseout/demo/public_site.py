"""What the public told in the demonstration: a restart, two errors, one of them answered. By the
real acts, anonymous or with a made-up name; idempotent.

    tell(today)     as far as the day allows
"""

from __future__ import annotations

from datetime import date

from phaseout.demo.acting import Acting
from phaseout.disclosure.site import acts
from phaseout.disclosure.site.acts import Told
from phaseout.exits.restart.models import WatchedLine
from phaseout.inspections.acts import receive_tip
from phaseout.inspections.acts.tipping import Told as TipTold
from phaseout.inspections.models import Tip
from phaseout.law.judgement.dimensions import Dimension

MARK = "（演示，虚构）"
WROTE, ANSWERED = date(2018, 3, 12), date(2018, 3, 14)
acting = Acting("public")


def tell(today: date) -> list[str]:
    """The codes of what was told; none where the day of the demonstration has not come."""
    if today < ANSWERED:
        return []
    first = acts.receive_message(
        Told(
            "data",
            f"开放数据的CSV用旧版记事本打开，中文是乱码。{MARK}",
            place="/public/data/lists.csv",
            name=f"施某{MARK}",
            contact="0951-0000000",
        ),
        today=WROTE,
        key=acting.key("data"),
    )
    acts.answer_message(
        first.pk,
        f"文件为UTF-8编码。请用新版记事本或Excel打开；JSON和Parquet的内容相同。谢谢来信。{MARK}",
        **acting.ways("eic-officer", ANSWERED, "answer"),
    )
    second = acts.receive_message(
        Told(
            "page",
            f"手机上名单的<b>字太小</b>，看不清。{MARK}",
            place="/public/lists/",
        ),
        today=ANSWERED,
        key=acting.key("page"),
    )
    return [first.code, second.code, *_restart()]


def _restart() -> list[str]:
    """Of a line that is watched since it was cut; none where no line is."""
    watched = WatchedLine.objects.select_related("enterprise").order_by("pk").first()
    if watched is None:
        return []
    told = TipTold(
        dimension=Dimension.ENERGY.value,
        division_code=watched.division_code,
        firm=watched.enterprise.name,
        uscc=watched.enterprise_id,
        text=f"晚上十点以后又听到磨机响，门口有运料车进出。{MARK}",
        matter=Tip.Matter.RESTART.value,
    )
    key = acting.key("restart")
    return [receive_tip(told, today=ANSWERED, key=key, address="demo: public").receipt]
