"""The checkpoint of a day: one signed digest over every act up to now."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connection, transaction

from phaseout.casework.audit.keys import key_id, private_key
from phaseout.casework.audit.links import FIRST, Seal, root, signed_text
from phaseout.casework.models import Act, Checkpoint


@transaction.atomic(durable=True)
def make(day: date, *, home: Path) -> Checkpoint:
    """The checkpoint of `day`; the one made before if there is one already.

    Acts wait while it is made: an act with a lower id that is written later would lie before it
    and not be covered.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE casework_act IN SHARE MODE")
    known = Checkpoint.objects.filter(day__gte=day).order_by("day").first()
    if known is not None:
        return known
    last = Checkpoint.objects.order_by("-day").first()
    before, reached = (last.root, last.last_act) if last else (FIRST, 0)
    since = Act.objects.filter(pk__gt=reached).order_by("pk")
    digests = list(since.values_list("digest", flat=True))
    key = private_key(home)
    made_at = datetime.now(UTC)
    seal = Seal(
        day=day.isoformat(),
        acts=(last.acts if last else 0) + len(digests),
        last_act=since.values_list("pk", flat=True).last() or reached,
        root=root(before, digests),
        previous=before,
        key=key_id(key.public_key()),
        signature="",
        made_at=made_at.isoformat(timespec="microseconds"),
    )
    signature = key.sign(signed_text(seal)).hex()
    return Checkpoint.objects.create(
        **seal._replace(signature=signature)._asdict() | {"day": day, "made_at": made_at}
    )
