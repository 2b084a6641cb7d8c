"""What readers see, and the door of the newsroom. In English under /en/."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from .views import public

urlpatterns = [
    path("", public.home, name="home"),
    path(
        "verifications/<slug:slug>/", public.factcheck_detail, name="factcheck_detail"
    ),
    path("articles/<int:pk>/lecture/", public.article_reading, name="article_reading"),
    path("methode/", public.method, name="method"),
    # The part of allauth that a newsroom without sign-up needs.
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/signup/", login_not_required(account.signup), name="account_signup"),
    path(
        "accounts/reauthenticate/",
        account.reauthenticate,
        name="account_reauthenticate",
    ),
    path(
        "accounts/password/change/",
        account.password_change,
        name="account_change_password",
    ),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path(
        "accounts/password/reset/",
        account.password_reset,
        name="account_reset_password",
    ),
    path(
        "accounts/password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
