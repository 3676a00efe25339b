"""Sign-in and one's own account; people and posts for administrators.

Of allauth's addresses only those that can work here: no sign-up, no mail.
"""

from allauth.account import views as allauth
from django.urls import path

from phaseout.accounts import people, sign_in, token_pages

urlpatterns = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/password/", sign_in.password_change, name="account_change_password"),
    path("account/tokens/", token_pages.tokens, name="tokens"),
    path("account/tokens/<int:pk>/withdraw/", token_pages.withdraw, name="token-withdraw"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/events/", people.events, name="account-events"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/posts/", people.post_grant, name="post-grant"),
    path("people/<int:pk>/password/", people.password, name="person-password"),
    path("people/<int:pk>/block/", people.block, name="person-block"),
    path("people/posts/<int:pk>/end/", people.post_end, name="post-end"),
]
