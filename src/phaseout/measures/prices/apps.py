from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PricesConfig(AppConfig):
    name = "phaseout.measures.prices"
    label = "prices"
    verbose_name = "价格措施"

    def ready(self) -> None:
        from phaseout.casework.acts.following import follow
        from phaseout.evidence.access import register as register_reader
        from phaseout.measures.prices.ending import follow_case
        from phaseout.measures.prices.files import may_read
        from phaseout.measures.prices.income import given_to_the_treasury
        from phaseout.measures.prices.waiting import say_what_waits
        from phaseout.measures.remitted import offer
        from phaseout.pages.sections import Section, register

        register(
            Section(
                place="measures",
                key="prices",
                label=_("差别化电价和水价"),
                says=_("哪些生产线执行差别、阶梯、惩罚性电价，账单、电价文件和加价收入。"),
                clause="12",
                url_name="prices",
                order=12,
            )
        )
        register_reader("prices", may_read)
        offer("surcharge", given_to_the_treasury)
        follow(follow_case)
        say_what_waits()
