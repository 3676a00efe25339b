"""What rests on a file: once an act does, the days of the file are no longer restated.

Every record that points at the file by a foreign key counts by itself. Rooms say what else does
(`register`, in their `AppConfig.ready`: acts that name files by digest), and which of their records
are no act (`apart`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db.models import Model

from phaseout.evidence.models import EvidenceFile, StatedDays
from phaseout.law.refusals import Bilingual

Asked = Callable[[str], bool]
"""Whether something names the bytes of this digest."""

_NAMING: dict[str, tuple[Asked, Bilingual]] = {}
_APART: set[type[Model]] = {StatedDays}
_FOLLOWERS: dict[str, Callable[[StatedDays], object]] = {}
_SEEING: list[Callable[[], AbstractContextManager[None]]] = [nullcontext]


def see_all_with(seeing: Callable[[], AbstractContextManager[None]]) -> None:
    """Inside of what `seeing` gives, rows are seen whoever asks: an act rests on a file also for
    those who may not read the act."""
    _SEEING[:] = [seeing]


def seeing_all() -> AbstractContextManager[None]:
    return _SEEING[0]()


def register(name: str, asked: Asked, said: Bilingual) -> None:
    """Add what names files in a room, and how it is said; the same name again replaces it."""
    _NAMING[name] = (asked, said)


def listed(model: type[Model], lookup: str, said: Bilingual, *, key: str = "") -> None:
    """Add a model that lists digests in a JSON column.

    Args:
        lookup: as in `content__files__contains`.
        key: the name that the digest has in each entry of the list; empty: the entry is the digest.
    """

    def asked(digest: str) -> bool:
        entry = {key: digest} if key else digest
        return model._default_manager.filter(**{lookup: [entry]}).exists()

    register(f"{model._meta.label}.{lookup}", asked, said)


def apart(model: type[Model]) -> None:
    """Records of this model point at files, but nothing is decided by them."""
    _APART.add(model)


def follow(name: str, then: Callable[[StatedDays], object]) -> None:
    """Have `then` called in the transaction of each statement; the same name again replaces it."""
    _FOLLOWERS[name] = then


def tell(stated: StatedDays) -> None:
    """Called once a statement is written."""
    for then in _FOLLOWERS.values():
        then(stated)


def relies_on(file: EvidenceFile) -> Bilingual | None:
    """What rests on the file, by whichever name its bytes were brought; None where nothing does.

    To be asked inside `seeing_all`.
    """
    for asked, said in _NAMING.values():
        if asked(file.digest):
            return said
    for relation in EvidenceFile._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model in _APART:
            continue
        named = {f"{relation.field.name}__digest": file.digest}
        if model._default_manager.filter(**named).exists():
            return ("已存档的记录", "a record that is kept")
    return None
