"""`phaseout serve`: the site and its worker, until told to stop."""

from __future__ import annotations

import os

import click

from phaseout.commands.output import output_options, show_json
from phaseout.web.environment import state_home


def default_workers() -> int:
    """One process for each core, up to four: more only wait for the database."""
    return max(1, min(4, os.cpu_count() or 1))


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; 0.0.0.0 is every network of this machine.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=default_workers,
    show_default="one a core, at most 4",
    help="Processes that serve pages.",
)
@output_options
def serve(port: int, host: str, workers: int, as_json: bool, lang: str) -> None:
    """Serve the site: database, migrations, pages and jobs together. Ctrl-C or SIGTERM ends it."""
    from phaseout.web.serving.preparing import prepare, running_database
    from phaseout.web.serving.supervising import check_port
    from phaseout.web.serving.supervising import serve as keep_serving

    def tell(address: str) -> None:
        if as_json:
            show_json({"address": address})
        else:
            click.echo(f"the site serves: {address}" if lang == "en" else f"网站已启动：{address}")

    check_port(host, port)
    home = state_home()
    with running_database(home):
        prepare(home, lambda zh, en: click.echo(en if lang == "en" else zh, err=True))
        keep_serving(host, port, workers, home=home, on_ready=tell)
    if not as_json:
        click.echo("the site has stopped" if lang == "en" else "网站已停止", err=True)
