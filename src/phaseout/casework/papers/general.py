"""The general form: every document that has no form of its own, in the official layout.

Title, facts, basis, content from what the act carries, periods, the enterprise's rights, signature
block, copies. It invents nothing: each line comes from the act, the case or the procedure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phaseout.casework.papers.dossier import Dossier, stated
from phaseout.casework.papers.kinds import Audience, Kind, layout_of
from phaseout.casework.papers.operative import Operative, operative_of
from phaseout.casework.papers.rights import Told, length_of, measures
from phaseout.documents import (
    Heading,
    Imprint,
    Items,
    OfficialDocument,
    Paragraph,
    Piece,
    Right,
    RightKind,
    saying,
)
from phaseout.law.procedures.records import Period

FORM = "general"
REQUEST = "request_for_approval"
AMOUNT = "ledger_entry"
"""The item of an act that says how much exits: 全部, a share or an amount."""
_SERVICE = frozenset({"service_way", "service_proof"})
_HEADINGS = {"请示": "请示事项", "批复": "批复意见", "意见书": "意见"}
"""What the section of an internal document is called, by what its title ends in."""


def general(
    dossier: Dossier, kind: Kind, imprint: Imprint, addressee: str, told: tuple[Told, ...]
) -> OfficialDocument:
    """The document of an act in the general form."""
    rights = tuple(one.right for one in told)
    operative = operative_of(dossier)
    body: list[Piece] = []
    if kind.audience is not Audience.INTERNAL and dossier.party.says:
        body.append(Paragraph(f"当事人：{dossier.party.name}；{dossier.party.says}。"))
    title = _title(dossier, kind, operative)
    body.append(Paragraph((operative and operative.opening) or _opening(dossier, kind, title)))
    sections = (
        (_of_facts(dossier), list(_facts(dossier))),
        ("依据", list(_bases(dossier, seen_only=not imprint.demo))),
        (_heading(dossier, kind, title), list(_content(dossier, kind, title, operative))),
        ("期限", [_period(dossier, one) for one in measures(dossier.rule, dossier.procedure)]),
        ("你单位的权利", list(_rights(title, rights))),
    )
    number = 0
    for heading, pieces in sections:
        if pieces:
            number += 1
            body.append(Heading(f"{saying.numeral(number)}、{heading}"))
            body += pieces
    return OfficialDocument(
        form=FORM,
        layout=layout_of(title),
        title=title,
        imprint=imprint,
        addressee=(operative and operative.addressee) or addressee,
        body=tuple(body),
        rights=rights,
    )


def _title(dossier: Dossier, kind: Kind, operative: Operative | None) -> str:
    """The act's own where it has one; 责令停产整治（整改、整顿）决定书 is the one of these that the
    act itself says; else that of the kind."""
    if operative and operative.title:
        return operative.title
    return f"{dossier.rule.name[0]}决定书" if "（" in kind.title[0] else kind.title[0]


def _opening(dossier: Dossier, kind: Kind, title: str) -> str:
    case = dossier.case
    subject = f"{dossier.party.name}{dossier.cause}一案（案号：{case.number}）"
    if ruling := ruled(dossier):
        return f"{subject}，{ruling}本机关据此记录如下；停止执行以该文书为准，本记录不另作决定。"
    if kind.audience is Audience.OWN:
        return f"就{subject}，本单位向{dossier.office(case.office)}提交如下材料。"
    if kind.audience is not Audience.ENTERPRISE:
        return f"{subject}，现就“{dossier.deed}”记载如下。"
    yours = f"你单位{dossier.cause}一案（案号：{case.number}）"
    if _decides(dossier, title):
        return f"{yours}，本机关依法办理，现作出如下决定。"
    return f"{yours}，现将有关事项通知如下。"


def ruled(dossier: Dossier) -> str:
    """What a court or another authority ruled, under its own name, number and day, where the act
    records that; else empty."""
    facts = dossier.act.facts
    if "ruling_body" not in facts:
        return ""
    day = stated(facts["ruled_on"], "ruled_on", dossier.names)
    what = f"对上述事项作出{dossier.deed}的裁定（决定）"
    return f"{facts['ruling_body']}于{day}以{facts['ruling_number']}{what}。"


def _this(title: str) -> str:
    ends = ("决定书", "通知书", "告知书", "催告书")
    return f"本{next((end for end in ends if title.endswith(end)), '文书')}"


def _decides(dossier: Dossier, title: str) -> bool:
    return dossier.rule.mark == "decision" or title.endswith("决定书")


def _heading(dossier: Dossier, kind: Kind, title: str) -> str:
    if _decides(dossier, title):
        return "决定"
    if kind.audience is Audience.ENTERPRISE:
        return "通知事项"
    return next((said for end, said in _HEADINGS.items() if title.endswith(end)), "内容")


def _is_proven(dossier: Dossier) -> bool:
    """Whether it decides on the facts themselves: it then names its evidence and the provisions
    not met (Penalties Law 2017 art. 39, first paragraph, item 2)."""
    return dossier.rule.mark == "decision" and not dossier.by_own_will


def _of_facts(dossier: Dossier) -> str:
    return "查明的事实和证据" if _is_proven(dossier) and dossier.evidence else "查明的事实"


def _facts(dossier: Dossier) -> Iterator[Piece]:
    yield listed(dossier.told)
    if _is_proven(dossier) and dossier.evidence:
        yield Paragraph("以上事实，有下列证据证明：")
        yield listed(dossier.evidence)
    if dossier.rule.mark == "decision":
        for sentence in dossier.heard:
            yield Paragraph(sentence)


def _bases(dossier: Dossier, *, seen_only: bool) -> Iterator[Piece]:
    found = dossier.fitting(dossier.rule.bases, only_seen=seen_only)
    if _is_proven(dossier) and dossier.violated:
        yield Paragraph("上述情况不符合下列规定：")
        yield listed(one.says for one in dossier.violated)
        if found:
            yield Paragraph("本机关作出决定的依据是：")
    if found:
        yield listed(one.says for one in found)


def _rights(title: str, rights: tuple[Right, ...]) -> Iterator[Piece]:
    for one in rights:
        yield Paragraph(one.says(_this(title)))
    if any(one.kind is RightKind.SUIT for one in rights):
        yield Paragraph("申请行政复议或者提起行政诉讼期间，除法律另有规定外，不停止执行。")


def _content(
    dossier: Dossier, kind: Kind, title: str, operative: Operative | None
) -> Iterator[Piece]:
    act, rule = dossier.act, dossier.rule
    asks = rule.document == REQUEST
    if operative is not None and not asks:
        yield Paragraph(f"{'本机关决定：' if _decides(dossier, title) else ''}{operative.says}")
    elif operative is None and rule.mark == "decision":
        yield Paragraph(f"本机关决定对你单位{dossier.line}{rule.name[0]}。")
    names = {bring.item: bring.name[0] for bring in rule.brings}
    told = _SERVICE | (operative.used if operative is not None else frozenset())
    entries = [
        f"{names.get(item, item)}：{stated(dossier.ordered(value), item, dossier.names)}"
        + (dossier.registered_capacity if item == AMOUNT else "")
        for item, value in ((name, act.facts[name]) for name in names if name in act.facts)
        if item not in told
    ]
    if entries:
        yield listed(entries)
    if act.reason and kind.audience is Audience.INTERNAL and act.reason not in "".join(entries):
        yield Paragraph(f"说明：{act.reason}")
    if operative is not None and asks:
        yield Paragraph(operative.says)
    # A letter to another office is signed by the office; who wrote it is on the record of the act.
    to_office = operative is not None and operative.addressee
    if kind.audience is Audience.INTERNAL and act.by_id and not to_office:
        yield Paragraph(f"经办：{act.by}" + (f"；签发：{act.signed_by}" if act.signed_by else ""))


def listed(entries: Iterable[str]) -> Piece:
    """Several entries numbered; a single one is a paragraph."""
    found = tuple(entries)
    return Paragraph(found[0]) if len(found) == 1 else Items(found)


def _period(dossier: Dossier, period: Period) -> Piece:
    """How long: from service, or until the day that the decision sets."""
    fact, _, setter = period.start.removeprefix("set:").partition("@")
    day = dossier.act.facts.get(fact) if setter == dossier.act.kind else None
    if day:
        return Paragraph(f"{period.name[0]}：至{stated(day, fact, dossier.names)}止。")
    own = dossier.act.facts.get("months") if period.length_fact else None
    counted = length_of(period.length)
    if counted is None and own is None:
        return Paragraph(f"{period.name[0]}：没有确定的届满日，依上述依据解除。")
    said = f"{own}个月" if own else saying.length(*counted)  # type: ignore[misc]
    return Paragraph(f"{period.name[0]}：自收到之日的次日起{said}。")
