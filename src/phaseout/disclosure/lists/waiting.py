"""What of lists waits for a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.casework.own.seeing import own_scope
from phaseout.disclosure.lists.models import Draft, Objection
from phaseout.disclosure.lists.seats import of_person
from phaseout.disclosure.lists.standing import State, open_to_objection, state
from phaseout.pages.waiting import Waiting, register


def _open_drafts(keys: list[str]) -> list[Draft]:
    """The latest draft of each list (of each year), where it is not published."""
    later = Draft.objects.filter(list_kind=OuterRef("list_kind"), pk__gt=OuterRef("pk"))
    return list(
        Draft.objects.filter(~Exists(later), list_kind__in=keys, edition=None).select_related("act")
    )


def lists_to_sign(scope: Scope, today: date, user: Any) -> int:
    keys = [kind.key for kind in of_person(scope, Role.LEADER)]
    if not keys:
        return 0
    waits = [draft for draft in _open_drafts(keys) if draft.act.by_id != user.pk]
    return sum(state(draft, today) is State.READY for draft in waits)


def lists_to_publish(scope: Scope, today: date) -> int:
    keys = [kind.key for kind in of_person(scope, Role.OFFICER)]
    if not keys:
        return 0
    return sum(state(draft, today) is State.SIGNED for draft in _open_drafts(keys))


def objections_to_answer(scope: Scope, today: date) -> int:
    keys = [kind.key for kind in of_person(scope, Role.OFFICER, Role.LEADER)]
    return Objection.objects.filter(list_kind__in=keys, answer=None).count() if keys else 0


def notices_of_ours(scope: Scope, today: date) -> int:
    """Lists that the firm is going to be on, to which it may still object."""
    codes = [grant.uscc for grant in own_scope(scope).grants]
    if not codes:
        return 0
    return open_to_objection(today).filter(enterprise__in=codes).count()


def say_what_waits() -> None:
    """Called when the site starts."""
    signing = (_("待签发的公告名单"), lists_to_sign, "lists", Power.SIGN)
    publishing = (_("已签发待公布的名单"), lists_to_publish, "lists", Power.ACT)
    objected = (_("对名单的异议待答复"), objections_to_answer, "list-objections", Power.ACT)
    own = (_("拟将本企业列入名单，可提出异议"), notices_of_ours, "own-lists", Power.ACT)
    kinds = (("sign", signing, 25), ("publish", publishing, 26), ("object", objected, 24),
             ("own", own, 7))  # fmt: skip
    for key, (label, count, url_name, power), order in kinds:
        register(
            Waiting(
                key=f"lists.{key}", label=label, count=count, url_name=url_name, power=power,
                order=order, personal=key == "sign",
            )
        )  # fmt: skip
