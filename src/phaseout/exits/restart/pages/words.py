"""What states, answers and kinds are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping

from phaseout.exits.restart.models import Batch, LineJudgement, RestartAct, WatchedLine
from phaseout.law.refusals import Bilingual
from phaseout.law.restart import KINDS

STATES: Mapping[str, Bilingual] = {
    WatchedLine.State.CUT: ("已断电", "power cut"),
    WatchedLine.State.SEALED: ("已封存", "sealed"),
    WatchedLine.State.STOPPED: ("整体停业", "enterprise stopped"),
    WatchedLine.State.DISMANTLED: ("已拆除", "dismantled"),
    WatchedLine.State.EXITED: ("已退出", "exited"),
}
IN_PART: Bilingual = ("部分退出", "exited in part")
"""Said of a line in place of "exited" where a part of it is left."""
ANSWERS: Mapping[str, Bilingual] = {
    LineJudgement.Answer.RESTARTED: ("疑似恢复生产 ✕", "seems restarted ✕"),
    LineJudgement.Answer.NOT_RESTARTED: ("未见恢复生产 ✓", "no restart seen ✓"),
    LineJudgement.Answer.CANNOT_JUDGE: ("无法判断 ？", "cannot be judged ？"),
}
BATCHES: Mapping[str, Bilingual] = {
    Batch.State.RECEIVED: ("正在读取", "being read"),
    Batch.State.TAKEN: ("已入库 ✓", "taken ✓"),
    Batch.State.REFUSED: ("已退回 ✕", "refused ✕"),
}
ACTS: Mapping[str, Bilingual] = {
    RestartAct.Kind.ASSIGN_METER: ("登记电表", "meter put on record"),
    RestartAct.Kind.END_METER: ("终止电表登记", "meter ended"),
    RestartAct.Kind.CONFIRM_ALARM: ("确认恢复生产", "restart confirmed"),
    RestartAct.Kind.DISMISS_ALARM: ("排除预警", "alarm dismissed"),
}
ALARMS: Mapping[str, Bilingual] = {
    "open": ("待处理", "open"),
    "confirmed": ("已确认", "confirmed"),
    "dismissed": ("已排除", "dismissed"),
    "gone": ("读数更正后不再成立", "gone with corrected readings"),
}
KIND_WORDS: Mapping[str, Bilingual] = {kind.value: words for kind, words in KINDS.items()}
