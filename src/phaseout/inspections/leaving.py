"""What of the inspections waits with a person who leaves: told when the post is ended."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.leaving import register
from phaseout.accounts.models import Post
from phaseout.accounts.powers import Role
from phaseout.inspections.models import AssignedInspector


def visits_to_come(post: Post) -> int:
    """Visits the person was sent on, of which there is no record yet: they can be reassigned."""
    if post.role != Role.INSPECTOR:
        return 0
    return AssignedInspector.objects.filter(
        inspector=post.user_id, left=None, assignment__record=None
    ).count()


def say_what_is_left() -> None:
    """Called when the site starts."""
    register("inspections.visits", _("尚未检查的企业（可以改派）"), visits_to_come)
