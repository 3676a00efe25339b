"""`phaseout people`: the first administrator of a site, who makes everybody else on its pages."""

from __future__ import annotations

from typing import Any

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import RefusingGroup, output_options, show_json


@click.group(cls=RefusingGroup)
def people() -> None:
    """The people of the site: its first administrator."""


@people.command("add-administrator")
@click.argument("username")
@click.option("--name", required=True, help="The person's name, as it stands in records.")
@click.option("--office", default="eic", show_default=True, help="The person's office: eic, epd …")
@click.option("--place", default="640000", show_default=True, help="Division code: how far.")
@click.option("--reason", required=True, help="Document or person that this rests on; kept.")
@output_options
def add_administrator(
    username: str, name: str, office: str, place: str, reason: str, as_json: bool, lang: str
) -> None:
    """Make USERNAME an administrator of a production site, with a temporary password shown once.

    For the first one, and for the day when no administrator can sign in any more. It is on record
    as done from the command line.
    """
    with of_the_site():
        from phaseout.accounts import acts
        from phaseout.accounts.powers import Role
        from phaseout.desk.day import today

        person = {"username": username, "name_zh": name}
        post = {
            "role": Role.ADMINISTRATOR.value,
            "function": office,
            "division_code": place,
            "held_from": today(),
            "reason": reason,
        }
        _understood(person, post)
        _, password = acts.make_administrator(
            username,
            name,
            acts.Wanted(Role.ADMINISTRATOR, office, place),
            reason=reason,
            today=today(),
        )
    if as_json:
        show_json({"username": username, "password": password})
    elif lang == "en":
        click.echo(f"{username}: temporary password {password} (shown once; changed at sign-in)")
    else:
        click.echo(f"{username}：临时密码 {password} （只显示这一次，首次登录时须修改）")


def _understood(person: dict[str, Any], post: dict[str, Any]) -> None:
    """Raises click.BadParameter where the forms of the pages would not take it."""
    from phaseout.accounts.forms import PersonForm, PostForm

    options = {
        "username": "USERNAME",
        "name_zh": "--name",
        "function": "--office",
        "division_code": "--place",
        "reason": "--reason",
    }
    for form in (PersonForm(person), PostForm(post, today=post["held_from"])):
        for name, said in form.errors.items():
            raise click.BadParameter(" ".join(map(str, said)), param_hint=options.get(name, name))
