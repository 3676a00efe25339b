"""Addresses of the pages of lists for officials, under `disclosure/lists/`."""

from django.urls import path

from phaseout.disclosure.lists.pages import drafts, objections, overview

urlpatterns = [
    path("", overview.lists, name="lists"),
    path("drafts/<int:pk>/", drafts.draft, name="list-draft"),
    path("objections/", objections.objections, name="list-objections"),
    path("objections/<int:pk>/", objections.objection, name="list-objection"),
    path("<slug:kind>/", overview.one_list, name="list"),
    path("<slug:kind>/<int:number>/", overview.edition, name="list-edition"),
    path("<slug:kind>/<int:number>/list.<str:form>", overview.edition_file, name="list-file"),
    path("<slug:kind>/<int:number>/proof.json", overview.edition_proof, name="list-proof"),
    path("<slug:kind>/<int:number>/correct/", overview.correct, name="list-correct"),
    path("<slug:kind>/<int:older>/to/<int:newer>/", overview.difference, name="list-difference"),
]
