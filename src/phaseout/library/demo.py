"""The demo region's signatures and decisions as rows, signed by people made up for it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from phaseout.law.judgement import authority
from phaseout.law.norms import confirmation as law
from phaseout.law.refusals import Refusal
from phaseout.library.models import Confirmation, Countersignature, Decision

PREFIX = "demo-signer-"


@transaction.atomic
def load_signatures() -> tuple[int, int]:
    """The region pack's confirmations and decisions, kept once; how many of each are new.

    Days and names are those of the pack. The signers are demo accounts without a password and
    without a post: they can neither sign in nor do anything. Nothing is judged anew: load first,
    then judge.

    Raises:
        Refusal: `demo_only` outside demo mode.
    """
    if not settings.DEMO:
        raise Refusal(
            "demo_only",
            what=("不能装入演示核对记录", "the demo signatures cannot be loaded"),
            why=("其人物和文件均为虚构。", "their people and documents are made up."),
            instead=("请由工作人员核对记录。", "Have officers confirm the rows."),
        )
    with connection.cursor() as cursor:  # two loads at once: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('phaseout.library.demo'))")
    folder = resources.files("phaseout.regions.ningxia") / "demo"
    with resources.as_file(folder / "confirmations.csv") as path:
        signed = law.read_confirmations(path)
    with resources.as_file(folder / "decisions.csv") as path:
        decided = authority.read_decisions(path)
    return _load_confirmations(signed), _load_decisions(decided)


def _load_confirmations(signed: tuple[law.Confirmation, ...]) -> int:
    people = _people(
        {one.confirmed_by for one in signed} | {one.countersigned_by for one in signed}
    )
    there = set(Confirmation.objects.values_list("row_id", "row_digest"))
    new = [one for one in signed if (one.row_id, one.row_digest) not in there]
    firsts = Confirmation.objects.bulk_create(
        Confirmation(
            row_id=one.row_id,
            row_digest=one.row_digest,
            document=one.document,
            page=one.page,
            note=one.note,
            confirmed_by=people[one.confirmed_by],
            confirmed_on=one.confirmed_on,
            demo=True,
        )
        for one in new
    )
    Countersignature.objects.bulk_create(
        Countersignature(
            confirmation=first,
            confirmed_by=first.confirmed_by,
            countersigned_by=people[one.countersigned_by],
            countersigned_on=one.countersigned_on,
        )
        for first, one in zip(firsts, new, strict=True)
        if one.countersigned_on is not None
    )
    return len(firsts)


def _load_decisions(decided: tuple[authority.Decision, ...]) -> int:
    there = set(
        Decision.objects.filter(demo=True).values_list(
            "kind", "subject", "key", "value", "document"
        )
    )
    new = [d for d in decided if (d.kind, d.subject, d.key, d.value, d.document) not in there]
    Decision.objects.bulk_create(
        Decision(
            kind=one.kind,
            subject=one.subject,
            key=one.key,
            value=one.value,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            document=one.document,
            decided_on=one.decided_on,
            decided_by_name=one.decided_by,
            note=one.note,
            demo=True,
        )
        for one in new
    )
    return len(new)


def _people(names: set[str]) -> Mapping[str, Any]:
    """A demo account for each name, the same one whenever it is asked for."""
    users = get_user_model().objects
    found = {u.name_zh: u for u in users.filter(demo=True, username__startswith=PREFIX)}
    for name in sorted(names - {""} - set(found)):
        user = users.model(username=f"{PREFIX}{len(found) + 1}", name_zh=name, demo=True)
        user.set_unusable_password()
        user.save()
        found[name] = user
    return found
