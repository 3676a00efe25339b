"""`phaseout`: the one entry to everything, the same functions as the pages will have.

Exit codes: 0 done, 1 refused with reasons, 2 wrong usage. Results go to stdout, progress and
refusals to stderr; with --json a refusal is JSON on stdout too.
"""

from __future__ import annotations

from importlib import import_module

import click

from phaseout.commands.output import RefusingGroup

COMMANDS = (
    "norms",
    "period",
    "procedures",
    "document",
    "judge",
    "province",
    "demo",
    "db",
    "serve",
    "people",
    "facts",
    "cases",
    "audit",
    "inspections",
    "ledger",
    "price",
    "lists",
    "report",
)


class _LazyGroup(RefusingGroup):
    """Imports a command only when it is asked for, so that help and errors come at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"phaseout.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="phaseout", prog_name="phaseout")
def main() -> None:
    """Lawful exit of outdated industrial capacity: judge, explain, count the days."""


if __name__ == "__main__":
    main()
