"""What the page of a document shows: standing, service, rights with their last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.casework.models import Act, IssuedPaper
from phaseout.casework.proceeding.holders import ENTERPRISE
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import State
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Service:
    """How and when a document was served; `proof` are the files that prove it."""

    act: Act
    on: date
    way: Bilingual
    proof: tuple[EvidenceFile, ...]

    @property
    def electronic(self) -> bool:
        return str(self.act.facts.get("service_way")) == "electronic"


def service_of(paper: IssuedPaper) -> Service | None:
    """The service of a paper; of a proof of service, the service it proves."""
    act = paper.served_by or (paper.act if paper.act.facts.get("service_way") else None)
    if act is None or act.served_on is None:
        return None
    way = str(act.facts.get("service_way"))
    return Service(act, act.served_on, way_words(way), files_of(act, "service_proof"))


def way_words(way: str) -> Bilingual:
    """直接送达, by its key in the tables."""
    return WAYS.get(way, (way, way))


WAYS = {
    "in_person": ("直接送达", "in person"),
    "left": ("留置送达", "left at the address"),
    "post": ("邮寄送达", "by post"),
    "electronic": ("电子送达", "electronically"),
    "public_notice": ("公告送达", "by public notice"),
}


def files_of(act: Act, item: str) -> tuple[EvidenceFile, ...]:
    """The files an act names under an item, in order; the latest row of each."""
    digests = list(act.facts.get(item, ()))
    known = {
        file.digest: file for file in EvidenceFile.objects.filter(digest__in=digests).order_by("pk")
    }
    return tuple(known[digest] for digest in digests if digest in known)


def opened_by(paper: IssuedPaper, now: State) -> tuple[Deadline, ...]:
    """The rights and duties of the enterprise that the service of this paper opened."""
    service = paper.served_by or (paper.act if paper.act.facts.get("service_way") else None)
    if service is None:
        return ()
    return tuple(
        one
        for one in now.deadlines
        if one.opened_by == service.place - 1 and one.whose == ENTERPRISE
    )


def act_name(now: State, act: Act) -> Bilingual:
    """What an act is called in the procedure of its case."""
    rule = now.procedure.acts.get(act.kind)
    return rule.name if rule is not None else (act.kind, act.kind)
