"""The addresses of the office that answers the public, under `disclosure/messages/`."""

from django.urls import path

from phaseout.disclosure.site.pages import messages

urlpatterns = [
    path("", messages.listing, name="messages"),
    path("<int:pk>/", messages.one, name="message"),
]
