from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "phaseout.measures.funds"
    label = "funds"
    verbose_name = "资金扶持"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from phaseout.measures.funds.seats import READERS
        from phaseout.measures.funds.waiting import say_what_waits
        from phaseout.pages.sections import Section, register

        register(
            Section(
                place="measures",
                key="funds",
                label=_("资金扶持"),
                says=_("奖补资金、差别电价加价收入和自治区专项资金：申请、分配、支付和账目。"),
                clause="10",
                url_name="funds",
                order=20,
                offices=READERS,
            )
        )
        say_what_waits()
