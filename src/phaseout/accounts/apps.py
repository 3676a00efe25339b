from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "phaseout.accounts"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from phaseout.accounts import checks, history, open_sessions, second_factor, sessions  # noqa: F401
        from phaseout.accounts.rows import whole_reach
        from phaseout.evidence.relying import see_all_with

        see_all_with(whole_reach)
