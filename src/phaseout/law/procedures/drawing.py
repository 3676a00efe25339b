"""A procedure as a picture: one column of stages, readable on a phone, text that can be selected.

Our own layout, since none is needed but the simplest: stages stand below each other in the order
of the way through; the stages of a block stand in a frame; ways to the next row are short arrows,
all others run in lanes, forward on the right and back on the left. The ways that lead out of every
stage (transfer, withdrawal …) are named once below. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from phaseout.law.procedures.order import Row, ordered_rows
from phaseout.law.procedures.records import MAIN, ActRule, Procedure, StageKind
from phaseout.law.procedures.wording import length_said, opened_by

WIDTH = 360
_LEFT, _RIGHT = 50, 296
_PAD, _LINE, _TITLE = 8, 15, 18
_GAP = 20
_LANE = 7

_STYLE = """\
text{font:12px system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;fill:#1d2733}
.t{font-weight:600;font-size:13px}.h{font-weight:600;font-size:12px;fill:#5b4a8a}
.p{fill:#8a4b08;font-size:11px}.n{fill:#55606c;font-size:11px}
.b{fill:#fff;stroke:#7b8794}.e{fill:#e7eef7;stroke:#41669a}.x{fill:#fbe9e7;stroke:#a5402d}.m{fill:#e6f4ea;stroke:#2e7d4f}.g{fill:#eef0f2;stroke:#7b8794}
.f{fill:#f5f2fb;stroke:#b9aedb;stroke-dasharray:4 3}.now{stroke:#0b6e4f;stroke-width:3}
path{fill:none;stroke:#66727f;stroke-width:1.2}.back{stroke:#a5402d;stroke-dasharray:4 2}
.a{fill:#66727f;stroke:none}.ab{fill:#a5402d;stroke:none}"""

_WORDS = {
    "any": ("任何未结阶段都可以：", "From any open stage: "),
    "ended": ("已结案件：", "From an end: "),
    "block": ("正当程序", "due process"),
    "back": ("虚线为退回", "dashed: back"),
    "clock": ("期限：", "time: "),
    "here": ("● 现在：", "● now: "),
}


@dataclass(slots=True)
class _Box:
    """A row laid out: its lines of text (class, words) and its place."""

    row: Row
    lines: list[tuple[str, str]] = field(default_factory=list)
    top: int = 0

    @property
    def height(self) -> int:
        return _PAD * 2 + _LINE * len(self.lines) + 2

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def draw(
    one: Procedure, lang: str = "zh", *, at: str | None = None, passed: Collection[str] = ()
) -> str:
    """The procedure as SVG. `at`: the stage to mark as the present one; `passed`: those behind."""
    language = 0 if lang == "zh" else 1
    marks = dict.fromkeys(passed, "✓ ") | {at: _WORDS["here"][language]}
    boxes = [
        _Box(row, list(_lines(one, row, language, marks.get(row.stage, ""))))
        for row in ordered_rows(one)
    ]
    foot = list(_footing(one, language))
    frames, bottom = _place(boxes)
    height = bottom + _LINE * len(foot) + 24
    title = f"{one.title[language]} {one.version}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" lang="{"zh-CN" if language == 0 else "en"}">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text class="t" x="{_LEFT}" y="20">{escape(title)}</text>',
        *(_frame(one, frame, language) for frame in frames),
        *_ways(one, boxes),
        *(_drawn(box, at) for box in boxes),
        *_foot_lines(foot, bottom + 12),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _lines(one: Procedure, row: Row, language: int, mark: str) -> Iterator[tuple[str, str]]:
    for text in _wrapped(mark + _short(one, row, language), _RIGHT - _LEFT - 2 * _PAD, 13):
        yield "t", text
    for rule in _leading(one, row.stage):
        arrow = "↺ " if rule.to == row.stage or not rule.moves else "→ "
        name = _unprefixed(one, rule, language) if row.block else rule.name[language]
        for index, text in enumerate(_wrapped(arrow + name, _RIGHT - _LEFT - 2 * _PAD, 12)):
            yield "", text if index == 0 else f"　{text}"
        for period in opened_by(one, rule.kind):
            if period.kind in ("reply", "measure"):
                words = _WORDS["clock"][language]
                said = f"{words}{length_said(period.length, language)}"
                for text in _wrapped(said, _RIGHT - _LEFT - 2 * _PAD - 12, 11):
                    yield "p", f"　{text}"


def _leading(one: Procedure, stage: str) -> list[ActRule]:
    """The acts that lead from a stage to another, without those that lead out of every stage."""
    return [
        rule
        for rule in one.acts_of(MAIN)
        if stage in rule.from_stages and rule.moves and not _everywhere(rule)
    ]


def _everywhere(rule: ActRule) -> bool:
    return rule.block == "common" or rule.reset != ""


def _short(one: Procedure, row: Row, language: int) -> str:
    name = one.stages[row.stage].name[language]
    return name.partition(("·", ": ")[language])[2] or name if row.block else name


def _unprefixed(one: Procedure, rule: ActRule, language: int) -> str:
    name = rule.name[language]
    titles = [block.title[language] for block in one.blocks if block.prefix == rule.prefix]
    mark = ("·", ": ")[language]
    return name.removeprefix(f"{titles[0]}{mark}") if rule.prefix and titles else name


def _footing(one: Procedure, language: int) -> Iterator[str]:
    acts = [rule for rule in one.acts_of(MAIN) if rule.block == "common" and rule.moves]
    for word, wanted in (("any", ""), ("ended", "all")):
        names = [rule.name[language] for rule in acts if rule.reset == wanted]
        said = _WORDS[word][language] + ("、", ", ")[language].join(names)
        yield from _wrapped(said, _RIGHT + 40 - _LEFT, 11)
    yield _WORDS["back"][language]


def _place(boxes: Sequence[_Box]) -> tuple[list[tuple[str, int, int]], int]:
    """Give each box its top; the frames (block, top, bottom) of runs of one block's rows."""
    frames: list[tuple[str, int, int]] = []
    y, block, opened = 34, "", 0
    for box in boxes:
        if box.row.block != block:
            if block:
                frames.append((block, opened, y - _GAP + 8))
                y += 8
            block = box.row.block
            if block:
                opened = y
                y += _TITLE + 6
        box.top = y
        y += box.height + (_GAP if not box.row.block else 14)
    if block:
        frames.append((block, opened, y - 6))
    return frames, y


def _frame(one: Procedure, frame: tuple[str, int, int], language: int) -> str:
    prefix, top, bottom = frame
    title = next(block.title[language] for block in one.blocks if block.prefix == prefix)
    words = f"{title}（{_WORDS['block'][0]}）" if language == 0 else f"{title} (due process)"
    return (
        f'<rect class="f" x="{_LEFT - 6}" y="{top}" width="{_RIGHT - _LEFT + 12}" '
        f'height="{bottom - top}" rx="6"/>'
        f'<text class="h" x="{_LEFT}" y="{top + 15}">{escape(words)}</text>'
    )


def _drawn(box: _Box, at: str | None) -> str:
    look = _look(box.row)
    now = " now" if box.row.stage == at else ""
    texts = "".join(
        f'<text class="{css}" x="{_LEFT + _PAD}" y="{box.top + _PAD + 11 + _LINE * i}">'
        f"{escape(words)}</text>"
        for i, (css, words) in enumerate(box.lines)
    )
    return (
        f'<g id="{escape(box.row.stage)}"><rect class="{look}{now}" x="{_LEFT}" y="{box.top}" '
        f'width="{_RIGHT - _LEFT}" height="{box.height}" rx="{4 if look == "b" else 12}"/>'
        f"{texts}</g>"
    )


def _look(row: Row) -> str:
    """The class of a box: start, running, and the ends by how they end."""
    if row.kind is StageKind.END:
        return {"exited": "x", "met": "m"}.get(row.ends_as, "g")
    return "e" if row.kind is StageKind.START else "b"


def _ways(one: Procedure, boxes: Sequence[_Box]) -> Iterator[str]:
    place = {box.row.stage: i for i, box in enumerate(boxes)}
    forward: list[tuple[int, int]] = []
    back: list[tuple[int, int]] = []
    for i, box in enumerate(boxes):
        for to in dict.fromkeys(rule.to for rule in _leading(one, box.row.stage)):
            j = place[to]
            if j == i + 1:
                yield _step(boxes[i], boxes[j])
            elif j > i:
                forward.append((i, j))
            elif j < i:
                back.append((i, j))
    yield from _lanes(forward, boxes, right=True)
    yield from _lanes(back, boxes, right=False)


def _step(upper: _Box, lower: _Box) -> str:
    x, start, end = (_LEFT + _RIGHT) // 2, upper.top + upper.height, lower.top
    return f'<path d="M{x} {start}V{end - 4}"/><path class="a" d="M{x - 4} {end - 6}h8l-4 6z"/>'


def _lanes(ways: Sequence[tuple[int, int]], boxes: Sequence[_Box], *, right: bool) -> Iterator[str]:
    """Ways that end in the same box share a lane; lanes that would cross rows stand apart."""
    by_end: dict[int, list[int]] = {}
    for i, j in ways:
        by_end.setdefault(j, []).append(i)
    spans = sorted(((min(*s, j), max(*s, j), j, s) for j, s in by_end.items()), key=_length_first)
    taken: list[list[tuple[int, int]]] = []
    for low, high, j, starts in spans:
        lane = _free_lane(taken, low, high)
        taken[lane].append((low, high))
        yield _lane(boxes, starts, j, lane, right=right)


def _length_first(span: tuple[int, int, int, list[int]]) -> tuple[int, int, int]:
    return (span[1] - span[0], span[0], span[2])


def _free_lane(taken: list[list[tuple[int, int]]], low: int, high: int) -> int:
    for lane, spans in enumerate(taken):
        if all(high < first or last < low for first, last in spans):
            return lane
    taken.append([])
    return len(taken) - 1


def _lane(boxes: Sequence[_Box], starts: Sequence[int], j: int, lane: int, *, right: bool) -> str:
    edge = _RIGHT if right else _LEFT
    turn = 1 if right else -1
    x = edge + turn * (12 + lane * _LANE)
    css, head = ("", "a") if right else (' class="back"', "ab")
    end = boxes[j].top + 12
    parts = [
        f'<path{css} d="M{edge} {box.top + box.height - 10}H{x}V{end}H{edge + turn * 6}"/>'
        for box in (boxes[i] for i in starts)
    ]
    tip = f'<path class="{head}" d="M{edge + turn * 6} {end - 4}v8l{-turn * 6} -4z"/>'
    return "".join(parts) + tip


def _foot_lines(lines: Sequence[str], top: int) -> Iterator[str]:
    for i, words in enumerate(lines):
        yield f'<text class="n" x="{_LEFT - 30}" y="{top + _LINE * i}">{escape(words)}</text>'


def _wrapped(text: str, width: int, size: int) -> list[str]:
    """Lines that fit: a Chinese character is one em wide, others a little over half."""
    lines, line, used = [], "", 0.0
    for piece in _pieces(text):
        wide = sum(size if ord(c) > 0x2E7F else size * 0.56 for c in piece)
        if line and used + wide > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
            piece = piece.lstrip()
        line += piece
        used += wide
    return [*lines, line] if line else lines


def _pieces(text: str) -> Iterator[str]:
    """Where a line may break: after each Chinese character, after each word."""
    word = ""
    for c in text:
        if ord(c) > 0x2E7F:
            if word:
                yield word
                word = ""
            yield c
        elif c == " ":
            yield word + c
            word = ""
        else:
            word += c
    if word:
        yield word
