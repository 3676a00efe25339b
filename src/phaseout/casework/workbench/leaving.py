"""What of the cases waits with a person who leaves the office: told when the post is ended."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.leaving import register
from phaseout.accounts.models import Post
from phaseout.accounts.organisations import function_at
from phaseout.casework.models import Proposal, TaskStanding
from phaseout.law.refusals import Refusal


def accepted_tasks(post: Post) -> int:
    """Tasks of the office that the person accepted and nobody has finished."""
    try:
        office = function_at(post.function, post.division_code)
    except Refusal:  # `cities` over the whole region: no one city
        return 0
    return TaskStanding.objects.filter(
        office=office,
        ended_on=None,
        accepted_by=post.user_id,
        state=TaskStanding.State.ACCEPTED,
    ).count()


def waiting_proposals(post: Post) -> int:
    """Acts that the person prepared and nobody has signed: now only who signs can return them."""
    return Proposal.objects.filter(
        prepared_by=post.user_id, function=post.function, state=Proposal.State.WAITING
    ).count()


def say_what_is_left() -> None:
    """Called when the site starts."""
    register("casework.tasks", _("已接受、尚未报告的任务"), accepted_tasks)
    register("casework.proposals", _("已拟办、尚未签发的行为"), waiting_proposals)
