"""Sign-in and one's own account; people and posts for administrators.

Of allauth's addresses only those that can work here: no sign-up, no mail.
"""

from allauth.account import views as allauth
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import include, path

from phaseout.accounts import (
    account_pages,
    government,
    matrix,
    people,
    sign_in,
    token_pages,
    unsent,
)

urlpatterns = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-in/oidc/<str:provider_id>/login/", government.enter, name="openid_connect_login"),
    path(
        "sign-in/oidc/<str:provider_id>/login/callback/",
        openid_connect.callback,
        name="openid_connect_callback",
    ),
    path("account/", account_pages.account, name="account"),
    path("account/unsent/", unsent.unsent, name="unsent"),
    path("account/sessions/end/", account_pages.end_sessions, name="sessions-end"),
    path("account/confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/password/", sign_in.password_change, name="account_change_password"),
    path("account/tokens/", token_pages.tokens, name="tokens"),
    path("account/tokens/<int:pk>/withdraw/", token_pages.withdraw, name="token-withdraw"),
    path("duties/", matrix.matrix, name="matrix"),
    path("duties/<int:number>/", matrix.clause, name="clause"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/events/", people.events, name="account-events"),
    path("people/sign-ins/", account_pages.sign_ins, name="sign-ins"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/posts/", people.post_grant, name="post-grant"),
    path("people/<int:pk>/password/", people.password, name="person-password"),
    path("people/<int:pk>/block/", people.block, name="person-block"),
    path("people/<int:pk>/factor/", people.factor, name="person-factor"),
    path("people/<int:pk>/identity/", people.identity, name="person-identity"),
    path("people/posts/<int:pk>/end/", people.post_end, name="post-end"),
]
