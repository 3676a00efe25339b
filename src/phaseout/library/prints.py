"""Pages of official prints that officers attach: known by their bytes, not by their names."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from phaseout.evidence.keeping import keep
from phaseout.evidence.kinds import IMAGES, PDF, kind_of
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal

LARGEST = 10 * 1024 * 1024
TAKEN = frozenset({PDF, *IMAGES})


def keep_print(uploaded: UploadedFile[Any], *, by: Any) -> EvidenceFile:
    """Keep the page of a print as evidence.

    Raises:
        Refusal: `print_too_large`, `print_not_readable` (neither PNG, JPEG nor PDF by its bytes).
    """
    if uploaded.size is None or uploaded.size > LARGEST:
        raise Refusal(
            "print_too_large",
            what=("不能附上这一页", "the page cannot be attached"),
            why=(
                f"文件超过{LARGEST // 1024 // 1024} MB。",
                f"the file is larger than {LARGEST // 1024 // 1024} MB.",
            ),
            instead=("请只附所核对的一页。", "Attach only the page that was read."),
        )
    uploaded.seek(0)
    if kind_of(uploaded.read(16)) not in TAKEN:
        raise Refusal(
            "print_not_readable",
            what=("不能附上这一页", "the page cannot be attached"),
            why=("文件内容不是 PNG、JPEG 图片或 PDF。", "its content is no PNG, JPEG or PDF."),
            instead=("请附扫描件或照片。", "Attach a scan or a photograph."),
        )
    uploaded.seek(0)
    return keep(uploaded.chunks(), name=uploaded.name or "", by=by)
