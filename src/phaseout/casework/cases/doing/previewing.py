"""The document of an act as the form has it, before the form is sent."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from phaseout.casework.cases.doing.forms import ActForm
from phaseout.casework.cases.doing.sending import Doing
from phaseout.casework.cases.doing.uploading import look_at_files
from phaseout.casework.papers.previewing import previewed, shown
from phaseout.casework.proceeding.holders import Holder, wanted
from phaseout.casework.proceeding.preparing import served_on
from phaseout.casework.proceeding.standing import done, pinned
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import Done, admit


def looked_at(
    request: HttpRequest, doing: Doing, *, own_only: bool = False
) -> tuple[ActForm, dict[str, EvidenceFile]]:
    """The form as it came, and its files, by digest: nothing of them is kept.

    Args:
        own_only: as in `Doing.sent`.
    """
    data, refused, files = look_at_files(request, doing.rule, doing.by)
    return doing.sent(data, refused, own_only=own_only, looked_at=files), files


def preview(
    doing: Doing, form: ActForm, held: Holder, files: Mapping[str, EvidenceFile]
) -> HttpResponse | None:
    """The PDF of the act that the form describes, marked as a draft; None: it issues none.

    Args:
        form: of `looked_at`, valid.
        held: the office in which the person may do (or prepare) the act.

    Raises:
        Refusal: what the procedure has against the act; `document.…`.
    """
    asked = form.asked()
    act = Done(asked.kind, doing.today, served_on(doing.rule, asked), dict(asked.facts))
    admit(pinned(doing.case), done(doing.acts), act)
    signs = wanted(doing.rule, doing.case).signs and doing.rule.role == "leader"
    document = previewed(
        doing.case,
        doing.acts,
        doing.rule,
        act,
        by=doing.by,
        held=held,
        reason=asked.reason.strip(),
        signed_by=doing.by if signs else None,
        names={digest: file.name for digest, file in files.items()},
    )
    return shown(document) if document is not None else None
