"""Where the room stands among those of coordination, and what waits there."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.coordination.returns.seats import cities, city_seat, department_seat, departments
from phaseout.coordination.returns.standing import Place, State, places, years
from phaseout.pages.sections import Section
from phaseout.pages.sections import register as register_section
from phaseout.pages.waiting import Waiting
from phaseout.pages.waiting import register as register_waiting


def to_report(scope: Scope, today: date) -> int:
    """Returns of one's city that are due soon, late or sent back."""
    pairs = {
        (each, city) for each in departments() for city in cities() if city_seat(scope, each, city)
    }
    return sum(one.reminded for one in _of_two_years(pairs, today))


def to_reconcile(scope: Scope, today: date) -> int:
    """Returns that lie with one's department."""
    pairs = {
        (each, city) for each in departments() for city in cities() if department_seat(scope, each)
    }
    return sum(one.state is State.FILED for one in _of_two_years(pairs, today))


def _of_two_years(pairs: set[tuple[str, str]], today: date) -> list[Place]:
    """The places of these (department, city) in the year of `today` and the one before."""
    if not pairs:
        return []
    to, of = {each for each, _ in pairs}, {city for _, city in pairs}
    return [one for year in years(today)[:2] for one in places(year, today, of=of, to=to)]


def say_where() -> None:
    """Called when the site starts."""
    register_section(
        Section(
            place="coordination",
            key="returns",
            label=_("年度报送"),
            says=_("各市按部门报送当年退出的企业、设备和产能，与台账逐行核对后计入全区。"),
            clause="19",
            url_name="returns",
            order=20,
        )
    )


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("report", _("待报送的年度退出情况"), to_report, 20),
        ("reconcile", _("待核对的市级年度报送"), to_reconcile, 52),
    )
    for key, label, count, order in kinds:
        register_waiting(
            Waiting(
                key=f"returns.{key}",
                label=label,
                count=count,
                url_name="returns",
                power=Power.ACT,
                order=order,
            )
        )
