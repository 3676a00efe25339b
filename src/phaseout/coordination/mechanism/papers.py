"""The minutes as an official document, from the act alone: the same bytes for the same version."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from phaseout.accounts.organisations import in_full
from phaseout.coordination.mechanism.models import Issue, Minutes
from phaseout.coordination.offices import name_of
from phaseout.documents import (
    Heading,
    Imprint,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Table,
    render,
    saying,
)


def minutes_pdf(minutes: Minutes) -> bytes:
    """The minutes. Until they are issued each page bears the mark of a draft.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    return render(document_of(minutes))


def document_of(minutes: Minutes) -> OfficialDocument:
    """The minutes as data for the layout."""
    meeting, said = minutes.meeting, minutes.act.content
    issue = Issue.objects.filter(minutes=minutes).first()
    day = issue.issued_on if issue else minutes.act.done_on
    present = "、".join(name_of(office, minutes.held_on)[0] for office in said["present"])
    told = [*meeting.invited, *(one["office"] for one in said["points"])]
    copied = [office for office in dict.fromkeys(told) if office != meeting.office]
    return OfficialDocument(
        form="general",
        layout=Layout.LETTER,
        title="淘汰落后产能工作协调机制会议纪要",
        imprint=Imprint(
            office=Office(in_full(name_of(meeting.office, day)[0])),
            number=meeting.paper if issue else "",
            dated=day,
            signed=issue is not None,
            demo=settings.DEMO,
            copies=tuple(in_full(name_of(office, day)[0]) for office in copied),
        ),
        addressee="",
        body=(
            Paragraph(
                f"{saying.day(minutes.held_on)}，{said['chair']}在{meeting.venue}主持召开会议，"
                f"议题：{meeting.topic.rstrip('。')}。到会单位：{present}。"
            ),
            Heading("会议情况"),
            *[Paragraph(line) for line in said["summary"].splitlines() if line.strip()],
            Heading("议定事项"),
            _decided(minutes),
        ),
    )


def _decided(minutes: Minutes) -> Table | Paragraph:
    """The points as a table; a sentence where there are none."""
    points = tuple(
        (
            str(place),
            one["text"],
            name_of(one["office"], minutes.held_on)[0],
            saying.day(date.fromisoformat(one["due"])),
        )
        for place, one in enumerate(minutes.act.content["points"], 1)
    )
    if not points:
        return Paragraph("会议没有议定需落实的事项。")
    return Table(("序号", "议定事项", "责任单位", "完成时限"), points, (1, 8, 4, 3))
