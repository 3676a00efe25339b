"""Ways from a finding to what a document may settle."""

from __future__ import annotations

from django import template
from django.urls import reverse

from phaseout.accounts.powers import Power
from phaseout.casework.confirming.settling import question_of
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Verdict

register = template.Library()


@register.simple_tag(takes_context=True)
def settle_address(context: template.Context, finding: Finding) -> str:
    """Where the reader may settle what the finding leaves open; empty where there is nothing to
    settle, or it is not the reader's to settle. Asks no database."""
    scope = context.get("scope")
    open_still = finding.provisional or finding.verdict == Verdict.UNDETERMINED
    mine = scope is not None and scope.may(
        Power.DECIDE, division=finding.division_code, dimension=finding.dimension
    )
    if not (mine and open_still and finding.ended_on is None and question_of(finding)):
        return ""
    return f"{reverse('settle')}?finding={finding.finding_id}"
