"""What the pages that do an act share: case, act and person; the form as it was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.doing.forms import ActForm, Wanted
from phaseout.casework.cases.doing.uploading import attachable, kept_name
from phaseout.casework.cases.doing.wanted import wanted_of
from phaseout.casework.models import Act, Case
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import ActRule, State
from phaseout.law.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Doing:
    """A case as it stands, the act that somebody wants to do in it, and who that is."""

    case: Case
    acts: Sequence[Act]
    now: State
    rule: ActRule
    by: User
    scope: Scope
    today: date

    @property
    def wanted(self) -> Wanted:
        return wanted_of(self.now, self.rule, self.acts, self.today)

    def empty(self) -> ActForm:
        return ActForm(wanted=self.wanted)

    def sent(
        self,
        data: QueryDict,
        refused: MultiValueDict[str, Refusal],
        *,
        own_only: bool = False,
        looked_at: Mapping[str, EvidenceFile] | None = None,
    ) -> ActForm:
        """The form as it came, with the files it names.

        Args:
            refused: what was uploaded and not kept, with the reasons.
            own_only: only files that the person brought; for who may not see those of others.
            looked_at: files that came and are not kept, by digest.
        """
        files = {**self._files(data, own_only), **(looked_at or {})}
        return ActForm(data, wanted=self.wanted, files=files, refused=refused)

    def _files(self, data: QueryDict, own_only: bool) -> dict[str, EvidenceFile]:
        named = [d for bring in self.rule.brings for d in data.getlist(kept_name(bring.item))]
        files = attachable(named, self.case, self.by)
        return {d: f for d, f in files.items() if not own_only or f.kept_by_id == self.by.pk}


def key_sent(request: HttpRequest) -> UUID | None:
    """The one-time key that came with the form; None where none that can be read did."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
