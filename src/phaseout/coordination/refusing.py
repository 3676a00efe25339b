"""The refusal that every act of these rooms has alike: it is somebody else's."""

from __future__ import annotations

from phaseout.accounts.powers import ROLE_WORDS, Role
from phaseout.law.opinions import numeral
from phaseout.law.refusals import Bilingual, Refusal

DO: Bilingual = ("不能办理", "this cannot be done")


def not_yours(room: str, clause: int, whose: Bilingual, role: Role | None = None) -> Refusal:
    """`<room>.not-yours`: whose it is by a clause of the Opinions, and in which role there."""
    zh, en = whose
    if role is not None:
        zh, en = f"{zh}的{ROLE_WORDS[role][0]}", f"a {ROLE_WORDS[role][1]} of {en}"
    return Refusal(
        f"{room}.not-yours",
        what=DO,
        why=(
            f"须由{zh}办理（实施意见第（{numeral(clause)}）项），您的职务不在其内。",
            f"it is for {en} (Opinions, clause ({clause})); no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )
