"""A proof file checked with nothing but the office's public key: no database, no network.

    checked(proof, keys)    what it proves, in words; or everything that is wrong with it

What is checked: the head is signed by the key; each event lies in the tree of that head; an entry
is the one whose digest the event names; an edition is the one whose digest was published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from phaseout.casework.audit.keys import holds, key_id
from phaseout.disclosure.lists.log import merkle
from phaseout.disclosure.lists.log.words import FORMAT, GROWN, head_text
from phaseout.evidence.digests import digest_of
from phaseout.law.lists.grounds import cause_words
from phaseout.law.lists.kinds import list_kind
from phaseout.law.refusals import Bilingual


@dataclass(slots=True)
class Result:
    """`wrong`: (code, words) of everything that does not hold; none: the file proves `proved`."""

    proved: list[Bilingual] = field(default_factory=list)
    wrong: list[tuple[str, Bilingual]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.wrong


def checked(proof: Any, keys: Sequence[Ed25519PublicKey]) -> Result:
    """Check a proof file as read from JSON.

    Args:
        keys: public keys of the office that are trusted.
    """
    result = Result()
    form = proof.get("format") if isinstance(proof, Mapping) else None
    if form not in (FORMAT, GROWN):
        result.wrong.append(("not-a-proof", ("不是名单证明文件", "this is no proof file of lists")))
        return result
    try:
        if form == GROWN:
            _grown(proof, keys, result)
        else:
            _events(proof, keys, result)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        words = (f"文件不完整或格式有误：{problem}", f"it is incomplete or malformed: {problem}")
        result.wrong.append(("malformed", words))
    if result.wrong:
        result.proved.clear()
    return result


def _events(proof: Mapping[str, Any], keys: Sequence[Ed25519PublicKey], result: Result) -> None:
    _head(proof["head"], keys, result)
    said = [_event(one, proof["head"], result) for one in proof["events"]]
    if not said:
        result.wrong.append(("no-event", ("文件中没有任何事件", "it holds no event")))
    if "edition" in proof:
        _edition(proof["edition"], said, result)


def _grown(proof: Mapping[str, Any], keys: Sequence[Ed25519PublicKey], result: Result) -> None:
    old, new = proof["old"], proof["new"]
    _head(old, keys, result)
    _head(new, keys, result)
    path = [bytes.fromhex(step) for step in proof["path"]]
    roots = bytes.fromhex(old["root"]), bytes.fromhex(new["root"])
    if not merkle.consistent(old["size"], new["size"], path, *roots):
        words = (
            "日志的后一状态不是由前一状态追加而成",
            "the later log does not have the earlier one as its beginning",
        )
        result.wrong.append(("not-consistent", words))
    result.proved.append(
        (
            f"公布日志由{old['size']}条追加为{new['size']}条，此前的{old['size']}条没有改动",
            f"the log grew from {old['size']} to {new['size']} events; none before was changed",
        )
    )


def _head(head: Mapping[str, Any], keys: Sequence[Ed25519PublicKey], result: Result) -> None:
    text = head_text(head["size"], head["root"], head["made_at"])
    known = [key for key in keys if key_id(key) == head["key"]]
    if not known:
        words = (
            f"签名密钥{head['key']}不在所信任的公钥之列",
            f"it is signed by the key {head['key']}, which is none of those trusted",
        )
        result.wrong.append(("key-unknown", words))
    elif not holds(known[0], head["signature"], text):
        words = ("公布日志的签名与内容不符", "the signature of the log's head does not hold")
        result.wrong.append(("signature", words))


def _event(one: Mapping[str, Any], head: Mapping[str, Any], result: Result) -> dict[str, Any]:
    leaf = merkle.leaf_hash(one["text"].encode())
    path = [bytes.fromhex(step) for step in one["path"]]
    root = bytes.fromhex(head["root"])
    said: dict[str, Any] = json.loads(one["text"])
    if not merkle.includes(leaf, one["place"], head["size"], path, root):
        words = (
            f"第{one['place']}号事件不在公布日志中",
            f"event {one['place']} is not in the publication log",
        )
        result.wrong.append(("not-included", words))
    if one.get("entry") is not None and digest_of(one["entry"]) != said.get("entry"):
        words = (
            f"第{one['place']}号事件所附条目与公布的不同",
            f"the entry with event {one['place']} is not the one that was published",
        )
        result.wrong.append(("entry", words))
    result.proved.append(_told(said, one["place"]))
    return said


def _edition(edition: Mapping[str, Any], said: Sequence[Mapping[str, Any]], result: Result) -> None:
    content = edition["content"]
    digest = digest_of(content)
    named = (content["list"], content["number"], digest)
    published = [
        (one["list"], one["edition"], one["digest"]) for one in said if one["event"] == "published"
    ]
    if named not in published:
        words = ("名单内容与公布的摘要不符", "the list is not the one whose digest was published")
        result.wrong.append(("edition", words))


_DID: dict[str, Bilingual] = {
    "entered": ("列入", "entered"),
    "left": ("移出", "left"),
    "cancelled": ("撤销列入", "was cancelled on"),
}


def _told(said: Mapping[str, Any], place: int) -> Bilingual:
    zh, en = list_kind(said["list"]).words
    on, number = said["on"], said["edition"]
    if said["event"] == "published":
        return (
            f"{on} 公布{zh}第{number}期，{said['count']}条，"
            f"摘要{said['digest']}（日志第{place}号）",
            f"{on}: {en}, edition {number}, {said['count']} entries, digest {said['digest']}"
            f" was published (log {place})",
        )
    did_zh, did_en = _DID[said["event"]]
    why = cause_words(said["cause"]) if said.get("cause") else ("", "")
    return (
        f"{on} {said['name']}（{said['uscc']}）{did_zh}{zh}（第{number}期）"
        f"{'：' + why[0] if why[0] else ''}（日志第{place}号）",
        f"{on}: {said['name']} ({said['uscc']}) {did_en} {en} (edition {number})"
        f"{': ' + why[1] if why[1] else ''} (log {place})",
    )
