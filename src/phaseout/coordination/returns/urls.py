"""The addresses of the room."""

from django.urls import path

from phaseout.coordination.returns.pages import drafts, overview, places

_PLACE = "<int:year>/<slug:department>/<int:city>/"

urlpatterns = [
    path("", overview.returns, name="returns"),
    path(_PLACE, places.place_page, name="return"),
    path(f"{_PLACE}form.xlsx", places.form_file, name="return-form"),
    path(f"{_PLACE}draft/", drafts.draft_page, name="return-draft"),
    path(f"{_PLACE}draft/new/", drafts.row_page, name="return-row-new"),
    path(f"{_PLACE}draft/<int:number>/", drafts.row_page, name="return-row"),
]
