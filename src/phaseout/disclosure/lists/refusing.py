"""Why something of this room cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.accounts.powers import ROLE_WORDS, Role
from phaseout.law.refusals import Bilingual, Refusal

_DO: Bilingual = ("不能办理", "this cannot be done")
_DRAFT: Bilingual = ("不能拟定该名单", "the list cannot be drafted")
_SIGN: Bilingual = ("不能签发该名单", "the list cannot be signed")
_PUBLISH: Bilingual = ("不能公布该名单", "the list cannot be published")
_CORRECT: Bilingual = ("不能更正", "this cannot be corrected")
_OBJECT: Bilingual = ("不能提出异议", "no objection can be made")
_TELL: Bilingual = ("不必征求异议", "nobody has to be asked")
_AGAIN: Bilingual = ("请重新拟定名单。", "Draft the list anew.")
_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")


def not_yours(office: Bilingual, *roles: Role) -> Refusal:
    zh = "或".join(ROLE_WORDS[role][0] for role in roles)
    en = " or ".join(ROLE_WORDS[role][1] for role in roles)
    return Refusal(
        "lists.not-yours",
        what=_DO,
        why=(
            f"须由{office[0]}的{zh}办理（实施意见第（二十一）项），您的职务不在其内。",
            f"it is for the {en} of {office[1]} (clause 21); no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def no_reason() -> Refusal:
    return Refusal(
        "lists.no-reason",
        what=_DO,
        why=("没有写明理由，或超过2000字。", "no text is given, or it has over 2000 signs."),
        instead=("请写明。", "Write it."),
    )


def no_such_list(kind: str) -> Refusal:
    return Refusal(
        "lists.unknown",
        what=_DO,
        why=(f"没有名为{kind}的名单。", f"there is no list {kind}."),
        instead=(
            "请从`phaseout lists editions`或名单页选取。",
            "Choose one of `phaseout lists editions`, or of the page of lists.",
        ),
    )


def year_wanted(annual: bool, today: date) -> Refusal:
    return Refusal(
        "lists.year",
        what=_DRAFT,
        why=(
            ("年度名单须写明年度，且不晚于今年。", "this list is of one year, not after this one.")
            if annual
            else ("该名单不分年度。", "this list is of no year.")
        ),
        instead=(
            (f"请写明年度，如{today.year}。", f"Name the year, {today.year} for one.")
            if annual
            else ("请不写年度。", "Name none.")
        ),
    )


def nothing_new(edition: Bilingual) -> Refusal:
    return Refusal(
        "lists.nothing-new",
        what=_DRAFT,
        why=(
            f"与{edition[0]}相比没有列入、移出或变动。",
            f"nothing entered, ended or changed since {edition[1]}.",
        ),
        instead=("有变动时再拟定。", "Draft it when there is something."),
    )


def overtaken() -> Refusal:
    return Refusal(
        "lists.overtaken",
        what=_DO,
        why=("该名单已有更新的拟定稿。", "there is a later draft of this list."),
        instead=("请办理最新的拟定稿。", "Go on with the latest."),
    )


def was_returned() -> Refusal:
    return Refusal(
        "lists.returned",
        what=_DO,
        why=("该拟定稿已退回。", "this draft was returned."),
        instead=_AGAIN,
    )


def was_published(edition: Bilingual) -> Refusal:
    return Refusal(
        "lists.published",
        what=_DO,
        why=(f"已公布为{edition[0]}。", f"it is published as {edition[1]}."),
        instead=("公布后的改动须另行更正。", "What is published is changed by a correction only."),
    )


def behind(edition: Bilingual) -> Refusal:
    return Refusal(
        "lists.behind",
        what=_DO,
        why=(
            f"拟定之后已公布{edition[0]}。",
            f"{edition[1]} was published after it was drafted.",
        ),
        instead=_AGAIN,
    )


def own_draft() -> Refusal:
    return Refusal(
        "lists.own-draft",
        what=_SIGN,
        why=("拟定人不能签发自己的名单。", "who drafted a list does not sign it."),
        instead=("请由另一位负责人签发。", "Let another leader sign."),
    )


def other_digest() -> Refusal:
    return Refusal(
        "lists.digest",
        what=_SIGN,
        why=("所签的摘要与拟定稿不符。", "the digest that was signed is not the draft's."),
        instead=_LOOK,
    )


def signed_already() -> Refusal:
    return Refusal(
        "lists.signed",
        what=_DO,
        why=("该拟定稿已签发。", "this draft is signed."),
        instead=("请公布，或重新拟定。", "Publish it, or draft the list anew."),
    )


def not_signed() -> Refusal:
    return Refusal(
        "lists.not-signed",
        what=_PUBLISH,
        why=("尚未由负责人签发。", "no leader has signed it."),
        instead=("请先签发。", "Have it signed first."),
    )


def not_told(names: Sequence[str]) -> Refusal:
    return Refusal(
        "lists.not-told",
        what=_SIGN,
        why=(
            f"{_some(names)[0]}新列入，公布前尚未告知、征求异议。",
            f"{_some(names)[1]} would enter and were not told before.",
        ),
        instead=("请先征求异议。", "Tell them and let them object first."),
    )


def objections_run(last_day: date) -> Refusal:
    return Refusal(
        "lists.objections-run",
        what=_SIGN,
        why=(
            f"异议期间未满，最后一日{last_day.isoformat()}。",
            f"the firms may object until {last_day.isoformat()}, that day included.",
        ),
        instead=("请于次日起签发。", "Sign it the day after."),
    )


def unanswered(names: Sequence[str]) -> Refusal:
    return Refusal(
        "lists.unanswered",
        what=_SIGN,
        why=(f"{_some(names)[0]}的异议尚未答复。", f"{_some(names)[1]} objected: no answer yet."),
        instead=("请先答复。", "Answer first."),
    )


def moved(names: Sequence[str]) -> Refusal:
    return Refusal(
        "lists.moved",
        what=_PUBLISH,
        why=(
            f"拟定之后案件已有变动：{_some(names)[0]}。公布的名单须是同一时刻的情况。",
            f"their cases have moved since: {_some(names)[1]}. A list shows one moment.",
        ),
        instead=("请重新拟定；已征求过异议的不必再征求。", "Draft it anew; nobody is asked twice."),
    )


def nobody_to_tell() -> Refusal:
    return Refusal(
        "lists.nobody-to-tell",
        what=_TELL,
        why=(
            "没有新列入且须在公布前征求异议的企业，或均已告知。",
            "nobody would enter who has to be asked, or all have been.",
        ),
        instead=("请直接签发。", "Have it signed."),
    )


def too_late(last_day: date) -> Refusal:
    return Refusal(
        "lists.objection-late",
        what=_OBJECT,
        why=(
            f"异议期间已于{last_day.isoformat()}届满，该日在内。",
            f"the last day to object before publication was {last_day.isoformat()}.",
        ),
        instead=(
            "名单公布后，列入期间随时可以提出异议。",
            "Once the list is published you may object at any time while you stand on it.",
        ),
    )


def not_listed() -> Refusal:
    return Refusal(
        "lists.not-listed",
        what=_OBJECT,
        why=(
            "该项既未拟列入，也不在名单上。",
            "this is neither going to be listed nor on a list.",
        ),
        instead=_LOOK,
    )


def pending() -> Refusal:
    return Refusal(
        "lists.pending",
        what=_OBJECT,
        why=("前一异议尚未答复。", "your objection before is not answered yet."),
        instead=("请等待答复。", "Wait for the answer."),
    )


def answered() -> Refusal:
    return Refusal(
        "lists.answered",
        what=_DO,
        why=("该异议已答复。", "this objection is answered."),
        instead=_LOOK,
    )


def over() -> Refusal:
    return Refusal(
        "lists.over",
        what=_DO,
        why=("该项已移出或撤销。", "this has left the list, or was cancelled."),
        instead=_LOOK,
    )


def not_newest(edition: Bilingual) -> Refusal:
    return Refusal(
        "lists.not-newest",
        what=_CORRECT,
        why=(
            f"其后已公布{edition[0]}；旧版保持原样，供援引。",
            f"{edition[1]} was published since; older editions stay as they are, to be cited.",
        ),
        instead=("请更正最新一期。", "Correct the newest edition."),
    )


def not_correctable(column: str) -> Refusal:
    return Refusal(
        "lists.not-correctable",
        what=_CORRECT,
        why=(
            f"「{column}」由案件行为得出，不能在名单上改写，或该项不在该期名单上。",
            f"“{column}” follows from the acts of a case, or the entry is not of that edition.",
        ),
        instead=(
            "请在案件或企业档案中更正，再重新拟定。",
            "Correct the case or the register, then draft the list anew.",
        ),
    )


def nothing_corrected() -> Refusal:
    return Refusal(
        "lists.nothing-corrected",
        what=_CORRECT,
        why=("没有任何一项与已公布的不同。", "no value differs from what is published."),
        instead=("请填写更正后的值。", "Give the right value."),
    )


def value_wrong(column: str, value: str, wants: Bilingual) -> Refusal:
    return Refusal(
        "lists.value",
        what=_CORRECT,
        why=(
            f"「{column}」的值“{value}”{wants[0]}。",
            f"the value “{value}” of “{column}” {wants[1]}.",
        ),
        instead=("请改正。", "Mend it."),
    )


def _some(names: Sequence[str]) -> Bilingual:
    shown = list(dict.fromkeys(names))
    rest = len(shown) - 3
    if rest <= 0:
        return "、".join(shown), ", ".join(shown)
    return f"{'、'.join(shown[:3])}等{len(shown)}家", f"{', '.join(shown[:3])} and {rest} more"
