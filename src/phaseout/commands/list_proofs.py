"""`phaseout lists prove | head | verify`: proofs of what was published, written and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import output_options, show_json
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.reporting.whole_folder import write_whole

if TYPE_CHECKING:
    from phaseout.disclosure.lists.log.verifying import Result

PROOF, KEY = ".proof.json", "office.pem"


@click.command("prove")
@click.argument("kind", required=False)
@click.option("--edition", "number", type=int, help="That this edition was published as it is.")
@click.option("--enterprise", "uscc", help="All that happened to this firm (USCC) on the list.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Instead of stdout.")
@click.option(
    "--all",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="A proof of every published edition (of KIND, if given) into this folder, with the "
    "office's public key.",
)
@output_options
def prove_command(
    kind: str | None,
    number: int | None,
    uscc: str | None,
    out: Path | None,
    folder: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Write a proof file about list KIND: an edition was published, or a firm entered and left.

    Anybody can verify it anywhere with `phaseout lists verify`.
    """
    if [number, uscc, folder].count(None) != 2 or (folder is None and kind is None):
        raise click.UsageError("give --all, or KIND and either --edition or --enterprise")
    if folder is not None:
        _prove_all(folder, kind, as_json, lang)
    else:
        _prove_one(kind or "", number, uscc or "", out, as_json, lang)


def _prove_one(
    kind: str, number: int | None, uscc: str, out: Path | None, as_json: bool, lang: str
) -> None:
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.log import heads
        from phaseout.disclosure.lists.seats import known
        from phaseout.web.environment import state_home

        heads.sign(state_home())
        proof = published.proof(known(kind).key, number=number, uscc=uscc)
    if proof is None:
        raise nothing_published(uscc or str(number))
    if out is None:
        click.echo(_text(proof), nl=False)
        return
    out.write_text(_text(proof), encoding="utf-8")
    if as_json:
        show_json({"file": str(out), "events": len(proof["events"])})
    else:
        click.echo(f"written: {out}" if lang == "en" else f"已写出：{out}")


def _prove_all(folder: Path, kind: str | None, as_json: bool, lang: str) -> None:
    """A proof of each edition, all of one moment of the log, and the key to verify them with."""
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.log import heads
        from phaseout.disclosure.lists.seats import known
        from phaseout.web.environment import state_home

        heads.sign(state_home())
        keys = [known(kind).key] if kind else [one.key for one in published.kinds()]
        proofs = {
            f"{one.list_kind}-{one.number}{PROOF}": published.proof(key, number=one.number)
            for key in keys
            for one in published.editions(key)
        }
        key = published.public_key()
    if not proofs or None in proofs.values():
        raise nothing_published(kind or "lists")
    files = {name: _text(proof).encode() for name, proof in proofs.items()}
    write_whole(folder, {**files, KEY: key.encode()})
    if as_json:
        show_json({"folder": str(folder), "proofs": sorted(files), "key": KEY})
    elif lang == "en":
        click.echo(f"written: {len(files)} proofs and {KEY} in {folder}")
    else:
        click.echo(f"已写出{len(files)}份证明和{KEY}：{folder}")


def _text(proof: Any) -> str:
    return json.dumps(proof, ensure_ascii=False, indent=1) + "\n"


@click.command("head")
@click.option(
    "--since", type=click.IntRange(min=1), help="Prove that nothing before changed since SIZE."
)
@output_options
def head_command(since: int | None, as_json: bool, lang: str) -> None:
    """The signed head of the publication log, as JSON; keep it, or deposit it with somebody else.

    With --since a file for `phaseout lists verify`: the log has all that its head of that size had.
    """
    with of_the_site():
        from phaseout.disclosure.lists.log import heads, proving
        from phaseout.disclosure.lists.models import TreeHead
        from phaseout.web.environment import state_home

        head = heads.sign(state_home())
        old = TreeHead.objects.filter(size=since).first() if since else None
        if head is None or (since and old is None):
            raise nothing_published(str(since or "log"))
        show_json(proving.of_growth(old, state_home()) if old else proving.said(head))


@click.command("verify")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--key",
    "key_files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The office's public key (PEM), and one for each key before it; without any the one in "
    "the file, which then proves that the file agrees with itself, not whose it is.",
)
@output_options
def verify_command(path: Path, key_files: tuple[Path, ...], as_json: bool, lang: str) -> None:
    """Verify a proof file with nothing but the public key: no site, no database, no network.

    PATH may be a folder (`prove --all`): then every proof in it. Exit code 1 if anything is wrong.
    """
    if path.is_dir():
        _verify_all(path, key_files, as_json, lang == "en")
        return
    result = _checked(path, key_files)
    if as_json:
        show_json({**_said(result), "key_given": bool(key_files)})
    else:
        _tell(result.proved, result.wrong, bool(key_files), lang == "en")
    if not result.sound:
        raise SystemExit(1)


def _checked(file: Path, key_files: tuple[Path, ...]) -> Result:
    from phaseout.casework.audit.keys import read_public
    from phaseout.disclosure.lists.log.verifying import checked

    proof = _read(file)
    given = [one.read_bytes() for one in key_files]
    if not given and isinstance(proof, dict) and proof.get("public_key"):
        given = [str(proof["public_key"]).encode()]
    return checked(proof, [read_public(pem) for pem in given])


def _said(result: Result) -> dict[str, Any]:
    return {
        "sound": result.sound,
        "proved": [{"zh": zh, "en": en} for zh, en in result.proved],
        "wrong": [{"code": code, "zh": w[0], "en": w[1]} for code, w in result.wrong],
    }


def _verify_all(folder: Path, key_files: tuple[Path, ...], as_json: bool, english: bool) -> None:
    """Every proof of a folder, each by itself; what is wrong is named with its file."""
    files = sorted(folder.glob(f"*{PROOF}"))
    if not files:
        raise _no_proofs(folder)
    results = {}
    for file in files:
        try:
            results[file.name] = _checked(file, key_files)
        except Refusal as refusal:
            results[file.name] = _not_sound(refusal)
    wrong = [name for name, result in results.items() if not result.sound]
    if as_json:
        told = {"sound": not wrong, "key_given": bool(key_files)}
        show_json({**told, "files": [{"file": n, **_said(r)} for n, r in results.items()]})
    else:
        _tell_all(results, len(wrong), bool(key_files), english)
    if wrong:
        raise SystemExit(1)


def _tell_all(results: Mapping[str, Result], wrong: int, key_given: bool, english: bool) -> None:
    for name, result in results.items():
        for code, words in result.wrong:
            click.echo(f"{name}: [{code}] {words[english]}", err=True)
        for words in result.proved:
            click.echo(f"{name}: {words[english]}")
    good = len(results) - wrong
    count = (f"{good}份属实，{wrong}份不实", f"{good} hold, {wrong} do not")
    _tell([count], [], key_given, english)


def _not_sound(refusal: Refusal) -> Result:
    from phaseout.disclosure.lists.log.verifying import Result

    return Result(wrong=[(refusal.code.removeprefix("lists."), refusal.why)])


def _tell(
    proved: list[Bilingual], wrong: list[tuple[str, Bilingual]], key_given: bool, english: bool
) -> None:
    for code, words in wrong:
        click.echo(f"[{code}] {words[english]}", err=True)
    for words in proved:
        click.echo(words[english])
    if not wrong and not key_given:
        click.echo(
            "with the key in the file itself; to know whose it is, give --key"
            if english
            else "所用公钥出自文件本身；要确认出自公布机关，请用 --key 指定其公钥",
            err=True,
        )


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, ValueError) as problem:
        raise Refusal(
            "lists.not-json",
            what=(f"不能查验{file}", f"{file} cannot be verified"),
            why=(f"不是 JSON 文件：{problem}。", f"it is no JSON file: {problem}."),
            instead=(
                "请给出`phaseout lists prove`写出的文件。",
                "Give a file that `phaseout lists prove` wrote.",
            ),
        ) from None


def _no_proofs(folder: Path) -> Refusal:
    return Refusal(
        "lists.no-proofs",
        what=(f"不能查验{folder}", f"{folder} cannot be verified"),
        why=(f"其中没有*{PROOF}文件。", f"there is no *{PROOF} in it."),
        instead=(
            "请给出`phaseout lists prove --all`写出的文件夹。",
            "Give a folder that `phaseout lists prove --all` wrote.",
        ),
    )


def nothing_published(what: str) -> Refusal:
    """That what was asked for stands on no published list."""
    return Refusal(
        "lists.nothing-published",
        what=(f"找不到{what}", f"{what} was not found"),
        why=("该名单上没有公布过。", "nothing of the sort was published on that list."),
        instead=(
            "请用`phaseout lists editions`查看已公布的各期。",
            "See what is published with `phaseout lists editions`.",
        ),
    )
