"""The navigation is drawn once for all who see the same, and for nobody else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from phaseout.pages.navigating import Sight, drawn

BAR = Template("{% navigation %}")
OFFICE = {"can": {"read": True, "act": True, "manage": False}, "place": "findings"}


def seen(
    can: dict[str, bool],
    place: str,
    *,
    uscc: str = "",
    signed_in: bool = True,
    lang: str = "zh-hans",
) -> str:
    """The navigation of somebody on a page."""
    request = SimpleNamespace(resolver_match=SimpleNamespace(url_name=place))
    scope = SimpleNamespace(grants=(SimpleNamespace(uscc=uscc),) if signed_in else ())
    user = SimpleNamespace(is_authenticated=signed_in)
    with translation.override(lang):
        return BAR.render(Context({"request": request, "scope": scope, "user": user, "can": can}))


@pytest.mark.parametrize(
    ("other", "shows", "hides"),
    [
        ({"can": {"read": True, "manage": True}}, "人员与职务", "任务"),
        ({"can": {"read": True, "credit": True}}, "信贷名单", "工作台"),
        ({"uscc": "91640100MA00000001"}, "本企业", "监督检查"),
        ({"can": {}, "signed_in": False}, "公众网站", "判定结论"),
        ({"lang": "en"}, "Findings", "判定结论"),
    ],
    ids=["administrator", "bank", "enterprise", "nobody", "English"],
)
def test_what_one_person_saw_is_not_shown_to_another(
    other: dict[str, Any], shows: str, hides: str
) -> None:
    officer = seen(**OFFICE)
    another = seen(**{**OFFICE, **other})
    assert hides in officer and shows not in officer
    assert shows in another and hides not in another
    assert seen(**OFFICE) == officer


def test_the_entry_of_the_page_one_is_on_is_marked() -> None:
    assert '/findings/" aria-current="page"' in seen(**OFFICE)
    assert '/findings/" aria-current="true"' in seen(**{**OFFICE, "place": "finding"})
    assert "aria-current" not in seen(**{**OFFICE, "place": "account"})


def test_it_is_drawn_once_for_all_who_see_the_same() -> None:
    sight = Sight("zh-hans", "/", "findings", frozenset({"read"}), False, True)
    assert drawn(sight) is drawn(
        Sight("zh-hans", "/", "findings", frozenset({"read"}), False, True)
    )
