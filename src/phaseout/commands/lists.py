"""`phaseout lists`: published lists, and what can be proved about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.law.refusals import Bilingual, Refusal

if TYPE_CHECKING:
    from phaseout.disclosure.lists.log.verifying import Result
    from phaseout.disclosure.lists.models import Edition

PROOF, KEY = ".proof.json", "office.pem"


@click.group(cls=RefusingGroup)
def lists() -> None:
    """Published lists: editions, differences, proofs."""


@lists.command("editions")
@click.argument("kind", required=False)
@output_options
def editions_command(kind: str | None, as_json: bool, lang: str) -> None:
    """The editions of KIND (yellow-energy, exits …), newest first; of all lists without it."""
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.seats import known

        keys = [known(kind).key] if kind else [one.key for one in published.kinds()]
        found = [edition for key in keys for edition in published.editions(key)]
        said = [_plain(edition) for edition in found]
    if as_json:
        show_json({"editions": said})
        return
    for one in said:
        title = one["title_en" if lang == "en" else "title_zh"]
        click.echo(
            f"{one['kind']} {one['number']}  {one['published_on']}  {title}  {one['digest']}"
        )
    if not said:
        click.echo("no edition is published" if lang == "en" else "尚未公布任何名单")


@lists.command("diff")
@click.argument("kind")
@click.argument("older", type=int)
@click.argument("newer", type=int)
@output_options
def diff_command(kind: str, older: int, newer: int, as_json: bool, lang: str) -> None:
    """What entered, went and changed from edition OLDER to edition NEWER of KIND."""
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.saying import value_words

        found = published.differences(_edition(kind, older), _edition(kind, newer))
        said = {
            "entered": [{"uscc": e.uscc, "name": e.name} for e in found.entered],
            "gone": [{"uscc": e.uscc, "name": e.name} for e in found.gone],
            "changed": [
                {
                    "uscc": one.entry.uscc,
                    "name": one.entry.name,
                    "column": change.column.key,
                    "was": value_words(change.column, change.was)[lang == "en"],
                    "now": value_words(change.column, change.now)[lang == "en"],
                }
                for one in found.changed
                for change in one.changes
            ],
        }
    if as_json:
        show_json(said)
        return
    for one in said["entered"]:
        click.echo(f"+ {one['uscc']} {one['name']}")
    for one in said["gone"]:
        click.echo(f"- {one['uscc']} {one['name']}")
    for one in said["changed"]:
        click.echo(f"~ {one['uscc']} {one['name']}  {one['column']}: {one['was']} → {one['now']}")


@lists.command("prove")
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
        return
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.log import heads
        from phaseout.disclosure.lists.seats import known
        from phaseout.web.environment import state_home

        heads.sign(state_home())
        proof = published.proof(known(kind or "").key, number=number, uscc=uscc or "")
    if proof is None:
        raise _nothing_to_prove(uscc or str(number))
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
    from phaseout.reporting.whole_folder import write_whole

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
        raise _nothing_to_prove(kind or "lists")
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


@lists.command("head")
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
            raise _nothing_to_prove(str(since or "log"))
        show_json(proving.of_growth(old, state_home()) if old else proving.said(head))


@lists.command("verify")
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
        for name, result in results.items():
            for code, words in result.wrong:
                click.echo(f"{name}: [{code}] {words[english]}", err=True)
            for words in result.proved:
                click.echo(f"{name}: {words[english]}")
        good = len(results) - len(wrong)
        _tell([(f"{good}份属实，{len(wrong)}份不实", f"{good} hold, {len(wrong)} do not")],
              [], bool(key_files), english)  # fmt: skip
    if wrong:
        raise SystemExit(1)


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


def _edition(kind: str, number: int) -> Edition:
    from phaseout.disclosure.lists import published
    from phaseout.disclosure.lists.seats import known

    found = published.edition(known(kind).key, number)
    if found is None:
        raise _nothing_to_prove(str(number))
    return found


def _plain(edition: Edition) -> dict[str, Any]:
    return {
        "kind": edition.list_kind,
        "number": edition.number,
        "document": edition.document,
        "year": edition.year,
        "published_on": edition.published_on,
        "entries": edition.count,
        "corrects": edition.corrects.number if edition.corrects else None,
        "title_zh": edition.title[0],
        "title_en": edition.title[1],
        "digest": edition.digest,
    }


def _nothing_to_prove(what: str) -> Refusal:
    return Refusal(
        "lists.nothing-published",
        what=(f"找不到{what}", f"{what} was not found"),
        why=("该名单上没有公布过。", "nothing of the sort was published on that list."),
        instead=(
            "请用`phaseout lists editions`查看已公布的各期。",
            "See what is published with `phaseout lists editions`.",
        ),
    )
