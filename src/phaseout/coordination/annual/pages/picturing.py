"""The charts of the report as a picture to keep."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.coordination.annual.pages.charting import drawing
from phaseout.coordination.annual.pages.overview import of_the_region
from phaseout.coordination.annual.pages.report import figures_of, found
from phaseout.pages.handing_out import PICTURES, demo_note, picture_file


@require_safe
@of_the_region
def picture(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """SVG or PNG; it says from which freeze it is, or that nothing is frozen."""
    now = found(request, year)
    frozen = _("尚未冻结，随台账变动")
    if now.freeze is not None:
        frozen = f"{_('冻结')} {now.freeze.digest}"
    chart = drawing(figures_of(now), f"{now.today.isoformat()} · {frozen}", *demo_note())
    if ending not in PICTURES or chart is None:
        raise Http404
    return picture_file(chart, ending, name=f"annual-{year}-chart")
