"""What of the registry waits for a person."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.pages.waiting import Waiting, register
from phaseout.registry.imports.reach import within
from phaseout.registry.models import Import


def imports_to_take(scope: Scope, today: date) -> int:
    """Imports that were checked and that somebody must take or give up."""
    reach = within(scope, Power.IMPORT)
    return Import.objects.filter(reach, state=Import.State.CHECKED).order_by().count()


def say_what_waits() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="registry.imports",
            label=_("已核对、待入库的导入"),
            count=imports_to_take,
            url_name="imports",
            query="state=checked",
            power=Power.IMPORT,
            order=60,
        )
    )
