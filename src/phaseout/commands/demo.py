"""`phaseout demo`: the main job on the shipped data, from nothing, and then the site over it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.output import output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.commands.progress import Bars
from phaseout.commands.serve import default_workers
from phaseout.demo import Done, run
from phaseout.law.refusals import Refusal
from phaseout.reporting.terminal import lines

if TYPE_CHECKING:
    from phaseout.demo.site import Loaded

DEMO_DAY = date(2018, 3, 15)
"""The demonstration's day: editions, offices' names and deadlines of the Opinions' time."""

HOST = "127.0.0.1"


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Folder for facts, findings and report; kept between runs.",
)
@click.option("--on", "day", type=DAY, default=DEMO_DAY, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--enterprises", type=click.IntRange(min=1), default=120, show_default=True)
@click.option(
    "--serve/--no-serve",
    "serving",
    default=True,
    show_default=True,
    help="Serve the site afterwards, or end by itself once everything is loaded.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@output_options
def demo(
    out: Path,
    day: date,
    seed: int,
    enterprises: int,
    serving: bool,
    port: int,
    as_json: bool,
    lang: str,
) -> None:
    """Check the norms, make a fictional province, judge it, load the site with it, serve it."""
    _demo_mode()
    from phaseout.web.environment import state_home
    from phaseout.web.serving import preparing, supervising

    if serving:
        supervising.check_port(HOST, port)
    with ExitStack() as running:
        with Bars(lang) as bars:
            announce = _announcer(bars, lang)
            done = run(
                out,
                on=day,
                seed=seed,
                enterprises=enterprises,
                announce=announce,
                progress=bars.progress,
            )
            running.enter_context(preparing.running_database(state_home()))
            preparing.prepare(state_home(), announce)
            from phaseout.demo.site import load

            loaded = load(out / "facts", announce)
        _show(done, loaded, supervising.address_of(HOST, port) if serving else None, as_json, lang)
        if serving:
            supervising.serve(
                HOST,
                port,
                default_workers(),
                home=state_home(),
                on_ready=lambda address: _say_ready(address, as_json, lang),
            )


def _demo_mode() -> None:
    """This process and those it starts are a demonstration, or nothing is done at all."""
    if os.environ.setdefault("PHASEOUT_MODE", "demo") != "demo":
        raise Refusal(
            "not_in_demo_mode",
            what=("不能运行演示", "the demonstration does not run"),
            why=("PHASEOUT_MODE 设为生产模式。", "PHASEOUT_MODE says production."),
            instead=("请去掉 PHASEOUT_MODE 后重试。", "Unset PHASEOUT_MODE and try again."),
        )


def _announcer(bars: Bars, lang: str) -> Callable[[str, str], None]:
    return lambda zh, en: bars.say(en if lang == "en" else zh)


def _show(done: Done, loaded: Loaded, address: str | None, as_json: bool, lang: str) -> None:
    if as_json:
        show_json({**done.summary.as_json(), **_as_json(done, loaded, address)})
        return
    english = lang == "en"
    for line in lines(done.summary, lang):
        click.echo(line)
    click.echo()
    for path in done.written:
        click.echo(f"{'written' if english else '已写出'}: {path}")
    click.echo()
    click.echo(
        f"In the site: {loaded.enterprises} enterprises, {loaded.findings:,} findings"
        if english
        else f"网站中：企业 {loaded.enterprises} 家，结论 {loaded.findings:,} 项"
    )
    click.echo(
        "Demo people (one button each on the sign-in page, no password):"
        if english
        else "演示账号（登录页上每人一个按钮，无需密码）："
    )
    for person in loaded.people:
        click.echo(f"  {person.username:<34}{person.name}  {person.what[english]}")


def _as_json(done: Done, loaded: Loaded, address: str | None) -> dict[str, Any]:
    return {
        "written": [str(path) for path in done.written],
        "site": {
            "address": address,
            "enterprises": loaded.enterprises,
            "findings": loaded.findings,
            "sign_ins": [person.username for person in loaded.people],
        },
    }


def _say_ready(address: str, as_json: bool, lang: str) -> None:
    if not as_json:
        click.echo()
        words = (
            f"演示网站：{address} （登录：{address}/sign-in/ ；按 Ctrl-C 停止）",
            f"The site: {address} (sign in: {address}/sign-in/ ; Ctrl-C stops it)",
        )
        click.echo(words[lang == "en"])
