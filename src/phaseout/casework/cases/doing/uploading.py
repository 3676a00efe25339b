"""Files of a form are kept as they arrive: whatever is then refused, they stay attached.

What a form carries on is their digests, and only of files that the person brought or that are in
the case already: nobody attaches a file by a digest heard of elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from phaseout.accounts.models import User
from phaseout.casework.cases.files import files_in
from phaseout.casework.models import Case
from phaseout.evidence.attaching import attach, look_at
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import ActRule
from phaseout.law.refusals import Refusal

MOST = 20
"""Files of one item."""


def kept_name(item: str) -> str:
    """The field that carries the digests of an item's kept files."""
    return f"{item}-kept"


def keep_files(
    request: HttpRequest, rule: ActRule, by: User
) -> tuple[QueryDict, MultiValueDict[str, Refusal]]:
    """The form's data with the digests of the files that came, and why others were not taken."""
    data, refused, _files = _arrived(request, rule, by, attach)
    return data, refused


def look_at_files(
    request: HttpRequest, rule: ActRule, by: User
) -> tuple[QueryDict, MultiValueDict[str, Refusal], dict[str, EvidenceFile]]:
    """The same with the files themselves, by digest, and nothing kept of them."""
    return _arrived(request, rule, by, look_at)


def _arrived(
    request: HttpRequest, rule: ActRule, by: User, take: Callable[..., EvidenceFile]
) -> tuple[QueryDict, MultiValueDict[str, Refusal], dict[str, EvidenceFile]]:
    data: QueryDict = request.POST.copy()
    refused: MultiValueDict[str, Refusal] = MultiValueDict()
    files: dict[str, EvidenceFile] = {}
    for bring in rule.brings:
        if bring.type != "file":
            continue
        for uploaded in request.FILES.getlist(bring.item)[:MOST]:
            try:
                file = take(uploaded, by=by)
            except Refusal as refusal:
                refused.appendlist(bring.item, refusal)
                continue
            files[file.digest] = file
            if file.digest not in data.getlist(kept_name(bring.item)):
                data.appendlist(kept_name(bring.item), file.digest)
    return data, refused, files


def attachable(digests: Iterable[str], case: Case, by: User) -> dict[str, EvidenceFile]:
    """Of these digests, the files that this person may attach in this case."""
    asked = {digest for digest in digests if len(digest) == 64 and digest.isalnum()}
    if not asked:
        return {}
    own: Any = EvidenceFile.objects.filter(digest__in=asked, kept_by=by)
    found = {file.digest: file for file in own.order_by("pk")}
    if case.pk is not None and asked - found.keys():  # a case to be opened has none yet
        found |= {d: file for d, file in files_in(case).items() if d in asked and d not in found}
    return found
