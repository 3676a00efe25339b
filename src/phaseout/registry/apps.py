from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "phaseout.registry"
    verbose_name = "登记库"

    def ready(self) -> None:
        from phaseout.accounts import same_enterprise as accounts
        from phaseout.evidence.access import register as register_reader
        from phaseout.registry.imports.reach import may_read
        from phaseout.registry.imports.telling import settle_imports
        from phaseout.registry.merging import same_enterprise
        from phaseout.registry.waiting import say_what_waits

        say_what_waits()
        settle_imports()
        register_reader("registry", may_read)
        accounts.register(same_enterprise)
