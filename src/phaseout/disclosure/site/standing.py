"""Where officials find this room, and what of it waits for them."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.disclosure.site.acts import OFFICE, may_answer
from phaseout.disclosure.site.models import Message, MessageAct
from phaseout.pages.sections import Section
from phaseout.pages.sections import register as register_section
from phaseout.pages.waiting import Waiting, register


def messages_to_answer(scope: Scope, today: date) -> int:
    """Messages that nobody has answered."""
    if not may_answer(scope):
        return 0
    answered = MessageAct.objects.filter(
        kind=MessageAct.Kind.ANSWER, about=Concat(Value("message:"), OuterRef("pk"))
    )
    return Message.objects.filter(~Exists(answered)).order_by().count()


def say_where() -> None:
    """Called when the site starts."""
    register_section(
        Section(
            place="disclosure",
            key="site",
            label=_("公众网站"),
            says=_("公众看到的名单、图、数据和办理程序；不登录即可查阅。"),
            clause="21",
            url_name="public-home",
            order=50,
        )
    )
    register_section(
        Section(
            place="disclosure",
            key="messages",
            label=_("公众来信"),
            says=_("公众反映的名单、标准、数据和网页错误，由公布名单的部门答复。"),
            clause="21",
            url_name="messages",
            order=60,
            offices=frozenset({OFFICE}),
        )
    )


def say_what_waits() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="publicsite.messages",
            label=_("待答复的公众来信"),
            count=messages_to_answer,
            url_name="messages",
            power=Power.ACT,
            order=60,
        )
    )
