"""The acts there are, each the opening of a case, become the first of their chains."""

import hashlib
import json
from datetime import UTC

from django.db import migrations

FIRST = "0" * 64


def seal(apps, schema_editor):
    Act = apps.get_model("casework", "Act")
    schema_editor.execute("ALTER TABLE casework_act DISABLE TRIGGER act_stands")
    for act in Act.objects.select_related("case", "by").filter(kind="open_case").iterator():
        grounds = act.detail.get("grounds", [])
        act.kind = "open"
        act.facts = {"finding": "；".join(ground.get("zh", "") for ground in grounds)}
        act.record = json.dumps(
            record_of(act), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        act.previous = FIRST
        act.digest = hashlib.sha256((FIRST + act.record).encode()).hexdigest()
        act.save()
    schema_editor.execute("ALTER TABLE casework_act ENABLE TRIGGER act_stands")


def record_of(act):
    """Form 1 of `casework.proceeding.chain`, as it was when this migration was written."""
    return {
        "form": 1,
        "case": act.case.number,
        "place": act.place,
        "kind": act.kind,
        "done_on": act.done_on.isoformat(),
        "served_on": None,
        "by": {"user": act.by.username, "name": act.by.name_zh or act.by.username},
        "signed_by": None,
        "signed": None,
        "function": act.function,
        "office": act.office,
        "organisation": [act.organisation_zh, act.organisation_en],
        "basis": act.basis,
        "facts": act.facts,
        "detail": act.detail,
        "reason": act.reason,
        "key": str(act.key),
        "recorded_at": act.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_acts_of_procedures")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
