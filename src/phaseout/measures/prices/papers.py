"""The notice of a surcharge, as it goes to the enterprise and the grid company: the same bytes for
the same determination."""

from __future__ import annotations

from django.conf import settings

from phaseout.documents import (
    Heading,
    Imprint,
    Items,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Table,
    render,
    saying,
)
from phaseout.measures.prices import words
from phaseout.measures.prices.models import Determination

TITLE = "差别化电价执行通知书"


def notice(one: Determination) -> bytes:
    """PDF of the notice, dated by the day it was determined.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    line, firm, told = one.line, one.enterprise, one.explanation
    measure = words.MEASURES[one.measure][0]
    class_ = words.CLASSES.get(one.price_class)
    body = (
        Paragraph(
            f"经测算，你单位生产线{line.name}（{line.pk}）{one.year}年用电应执行{measure}"
            f"{f'（{class_[0]}）' if class_ else ''}。现通知如下："
        ),
        Table(
            ("事项", "内容"),
            (
                ("加价标准", f"{format(one.rate.normalize(), 'f')}元/千瓦时"),
                ("执行期间", f"{saying.day(one.applies_from)}至{saying.day(one.applies_to)}"),
                ("依据文件", f"{told['source']}{told['clause']}（{one.row_id}）"),
            ),
            (1, 3),
        ),
        Heading("计算"),
        Items(tuple(step["zh"] for step in told["steps"])),
        Heading("告知"),
        Paragraph(
            "加价电费由电网企业随电费收取。依据消失（产能退出、整改达标等）之日起不再加价。"
            "对本通知有异议的，可以向本机关提出；也可以依法申请行政复议或者提起行政诉讼。"
        ),
    )
    return render(
        OfficialDocument(
            form="general",
            layout=Layout.SHEET,
            title=TITLE,
            imprint=Imprint(
                office=Office(one.act.organisation_zh),
                dated=one.act.done_on,
                signed=True,
                demo=settings.DEMO,
                case=f"JJ{one.year}-{one.pk}",
            ),
            addressee=f"{firm.name}（统一社会信用代码：{firm.pk}）",
            body=body,
        )
    )
