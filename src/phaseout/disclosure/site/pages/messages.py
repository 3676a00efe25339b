"""来信: the office of the lists reads what the public wrote, and answers."""

from __future__ import annotations

from django.contrib import messages as said_to
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.requests import officials, scope_of_request, ways
from phaseout.disclosure.site import acts
from phaseout.disclosure.site.forms import SUBJECTS_EN, AnswerForm
from phaseout.disclosure.site.models import Message, MessageAct, MessageWriter
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages import keyset


def subject_words(message: Message) -> Bilingual:
    return message.get_subject_display(), SUBJECTS_EN[message.subject]


@require_safe
@officials
def listing(request: HttpRequest) -> HttpResponse:
    _ours(request)
    answered = MessageAct.objects.filter(
        kind=MessageAct.Kind.ANSWER, about=Concat(Value("message:"), OuterRef("pk"))
    )
    rows = Message.objects.annotate(answered=Exists(answered))
    page = keyset.page(rows, ("-id",), request.GET.get("cursor", ""))
    shown = [(one, subject_words(one)) for one in page.rows]
    return render(request, "publicsite/messages.html", {"page": page, "rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A message as it was written: markup in it is shown as the text it is."""
    _ours(request)
    message = get_object_or_404(Message, pk=pk)
    form = AnswerForm(request.POST or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                acts.answer_message(pk, given["text"], **ways(request, given["key"]))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                said_to.success(request, _("已答复。"))
                return redirect("message", pk=pk)
    context = {
        "message": message,
        "subject": subject_words(message),
        "writer": MessageWriter.objects.filter(message=message).first(),
        "answer": acts.answer_of(pk),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "publicsite/message.html", context, status=status)


def _ours(request: HttpRequest) -> None:
    if not acts.may_answer(scope_of_request(request)):
        raise PermissionDenied("office")
