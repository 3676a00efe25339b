"""Who one is to this system today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.web.api.answers import answers
from phaseout.web.api.keys import held

router = Router(tags=["me"])


class Post(Schema):
    """One post as a reach: prefix of division codes, dimensions, or one enterprise."""

    role: str
    function: str
    division_prefix: str
    uscc: str
    dimensions: list[str]
    powers: list[str]


class Me(Schema):
    """The person behind the key, the business day, and the posts held on it."""

    username: str
    name: str
    today: date
    posts: list[Post]


@router.get(
    "",
    operation_id="get_me",
    summary="Who am I, and what may I do",
    response=answers(Me, 401, 429),
    auth=held(None),
)
def get_me(request: HttpRequest) -> Any:
    """`today` is the business day: all acts and answers of this request are of it."""
    return {
        "username": request.user.get_username(),
        "name": str(request.user),
        "today": today_of(request),
        "posts": [
            {
                "role": grant.role,
                "function": grant.function,
                "division_prefix": grant.prefix,
                "uscc": grant.uscc,
                "dimensions": sorted(grant.dimensions),
                "powers": sorted(grant.powers),
            }
            for grant in scope_of_request(request).grants
        ],
    }
