from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "phaseout.casework"
    verbose_name = "办案"

    def ready(self) -> None:
        from phaseout.casework.booking import against_exit, all_has_exited
        from phaseout.casework.cases.signing.telling import follow_proposals
        from phaseout.casework.cases.signing.waiting import register_waiting as of_signing
        from phaseout.casework.confirming.resting import tell_the_library
        from phaseout.casework.confirming.waiting import register_waiting
        from phaseout.casework.findings.waiting import say_what_waits
        from phaseout.casework.ledger_words import acts_said, held_said
        from phaseout.casework.models import HandedIn, TaskAct
        from phaseout.casework.own.waiting import register_waiting as of_enterprises
        from phaseout.casework.papers.files import may_read
        from phaseout.casework.papers.relying import named_by_an_act, void_what_waits
        from phaseout.casework.proceeding.asking import ask
        from phaseout.casework.proceeding.merging import MERGE, goes_on_elsewhere
        from phaseout.casework.tasks.telling import follow_acts
        from phaseout.casework.watching.saying import say_notices
        from phaseout.casework.workbench.leaving import say_what_is_left
        from phaseout.evidence import relying
        from phaseout.evidence.access import register as register_reader
        from phaseout.registry.capacity.grounds import say_acts
        from phaseout.registry.capacity.holding import say_held

        ask(against_exit, "confirm_exit")
        ask(all_has_exited, "record_exit")
        ask(goes_on_elsewhere, MERGE)
        register_waiting()
        of_enterprises()
        of_signing()
        tell_the_library()
        say_acts(acts_said)
        say_held(held_said)
        say_what_waits()
        say_what_is_left()
        say_notices()
        follow_acts()
        follow_proposals()
        register_reader("casework", may_read)
        relying.register("casework", named_by_an_act, ("案件中的行为", "an act of a case"))
        relying.listed(TaskAct, "files__contains", ("任务报告", "a report on a task"))
        relying.apart(HandedIn)
        relying.follow("casework", void_what_waits)
