"""联合验收: the sheet laid before the organisations, and each one's signature on the screen."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.requests import officials, person, scope_of_request, today_of, ways
from phaseout.evidence.attaching import attach
from phaseout.evidence.kinds import IMAGES
from phaseout.evidence.models import EvidenceFile
from phaseout.exits import acts, refusing
from phaseout.exits.acts.accepting import ACCEPTS, Signed
from phaseout.exits.models import ExitAct
from phaseout.exits.pages.entering import exit_case, key_of
from phaseout.exits.pages.one import groups
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.exits.subjects import AT_ITS_SITE, seat_in
from phaseout.law.dismantling import PARTIES
from phaseout.law.opinions import Opinions
from phaseout.law.refusals import Refusal

LARGEST = 400_000
PNG = "data:image/png;base64,"
LONGEST = 600


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows; POST `do=lay` lays the sheet, `do=sign` signs for a party."""
    exit_ = standing_of(exit_case(request, pk))
    refusal, status = None, 200
    if request.method == "POST":
        try:
            if request.POST.get("do") == "sign":
                _sign(request, pk)
                messages.success(request, _("已签署。"))
            else:
                names = {party: request.POST.get(f"name:{party}", "") for party in PARTIES}
                acts.lay_sheet(pk, names, **ways(request, key_of(request)))
                messages.success(request, _("已提请联合验收，请各方签署。"))
        except Refusal as refused:
            refusal, status = refused, 409
        else:
            return redirect("exit-acceptance", pk=pk)
    context = {**_shown(request, exit_), "refusal": refusal}
    return render(request, "exits/acceptance.html", context, status=status)


def _sign(request: HttpRequest, pk: int) -> None:
    key = key_of(request)
    if ExitAct.objects.filter(key=key, by=person(request)).exists():
        return
    sent = request.POST
    acts.sign_sheet(
        pk,
        Signed(
            party=sent.get("party", ""),
            opinion=sent.get("opinion", ""),
            digest=sent.get("digest", ""),
            name=sent.get("name", "")[:LONGEST],
            role=sent.get("role", "")[:LONGEST],
            reason=sent.get("reason", "")[:LONGEST],
            signature=drawn(request),
        ),
        **ways(request, key),
    )


def drawn(request: HttpRequest) -> EvidenceFile | None:
    """What was drawn on the screen, or a photo of what was signed on paper, kept as evidence.

    Raises:
        Refusal: `sign.incomplete`, it is no picture; what `attach` refuses.
    """
    uploaded = request.FILES.get("signed_paper")
    text = request.POST.get("signature", "")
    if uploaded is None and text.startswith(PNG) and len(text) <= LARGEST:
        try:
            body = base64.b64decode(text.removeprefix(PNG), validate=True)
        except (binascii.Error, ValueError):
            return None
        uploaded = SimpleUploadedFile("签名.png", body)
    if uploaded is None:
        return None
    file = attach(uploaded, by=person(request))
    if file.media_type not in IMAGES:
        raise refusing.sign_wrong([("签名应为图片", "the signature is to be a picture")])
    return file


def _shown(request: HttpRequest, exit_: ExitStanding) -> dict[str, Any]:
    scope, today, case = scope_of_request(request), today_of(request), exit_.case
    act = ACCEPTS.get(case.stage)
    signed = exit_.signatures
    sheet = exit_.sheet
    suggested = _suggested(exit_, today)
    parties = [
        {
            "party": party,
            "words": (row.zh, row.en),
            "role": (row.role_zh, row.role_en),
            "organisation": sheet.content["parties"][party] if sheet else suggested[party],
            "signed": signed.get(party),
            "key": uuid4(),
        }
        for party, row in PARTIES.items()
    ]
    return {
        "exit": exit_,
        "case": case,
        "act": act,
        "missing": exit_.missing(act, signed=False) if act else (),
        "unsigned": exit_.missing(act) if act else (),
        "sheet": sheet,
        "groups": groups(exit_),
        "parties": parties,
        "refused": any(s.content["opinion"] != "agree" for s in signed.values()),
        "may_lay": act is not None and seat_in(case, scope, today, *AT_ITS_SITE) is not None,
        "may_sign": seat_in(case, scope, today, *AT_ITS_SITE, city=True) is not None,
        "key": key_of(request),
    }


def _suggested(exit_: ExitStanding, today: Any) -> dict[str, str]:
    """The names to begin with; a county has no account here and is called by its place."""
    case = exit_.case
    city = Opinions.of().city_function(case.division_code)
    return {
        "company": case.enterprise.name,
        "county": place_words(case.division_code)[0],
        "city": office_name(city, case.division_code, today)[0],
        "lead": office_name(case.lead_function, case.division_code, today)[0],
    }
