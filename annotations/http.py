"""What every view shares: the request's type, who may come in, and what goes wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails
from pghistory import context
from pghistory.config import middleware_methods
from pghistory.middleware import HistoryMiddleware as ContextMiddleware

from . import forms
from .models import User


class EditorRequest(HttpRequest):
    """A request that the login and htmx middleware have let through."""

    user: User
    htmx: HtmxDetails


def problem(request: HttpRequest, message: str, *, status: int) -> HttpResponse:
    """A page that says what is wrong; htmx picks the message out of it."""
    return render(request, "problem.html", {"message": message}, status=status)


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page that a form was sent from, as its `next` says, if it is one of ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours else otherwise


def session_ended() -> SafeString:
    """What a page says whose session is over: nothing is lost, and the way on."""
    return format_html(
        '{} <a href="{}" target="_blank">{}</a>',
        _(
            "Your session has ended. What you wrote is still here: "
            "log in again, then send it once more."
        ),
        resolve_url("account_login"),
        _("Log in (new tab)"),
    )


def kept(request: HttpRequest, message: str, *, status: int) -> HttpResponse:
    """A page that says why nothing was saved, and holds what was sent so that it can be
    sent again: nobody loses what they wrote because a session ended."""
    called = labels()
    # A password is not shown to whoever looks over the shoulder; it is typed again.
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    fields = [
        {
            "name": name,
            "label": called.get(name, name),
            "value": value,
            "rows": rows_for(value),
        }
        for name, value in sent
    ]
    context = {
        "message": message,
        "fields": fields,
        "address": request.get_full_path(),
        "login": resolve_url("account_login"),
    }
    return render(request, "kept.html", context, status=status)


def labels() -> dict[str, str]:
    """What people call the fields of our forms, by name; "" for what they never see."""
    fields = [
        pair
        for form in forms.__all__
        for pair in getattr(forms, form).base_fields.items()
    ]
    seen = {
        name: str(field.label)
        for name, field in fields
        if field.label and not field.widget.is_hidden
    }
    return dict.fromkeys(["desk", "next", *dict(fields)], "") | seen


def rows_for(value: str) -> int:
    """The lines in which a text can be read again without scrolling much."""
    return min(sum(len(line) // 60 + 1 for line in value.splitlines()) or 1, 14)


class AddressLanguageMiddleware(LocaleMiddleware):
    """The language that the address names, and French where it names none.

    The reader's browser is not asked, so proxies need not keep a copy for each of its
    lists of languages, which Django would tell them to.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class NewsroomMiddleware(LoginRequiredMiddleware):
    """Every page asks for a log-in unless it is public, and then speaks the person's language.

    Public pages never look at the session, so that they are the same for everybody and a
    proxy may keep them.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        if isinstance(request.user, User):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            return None
        login = resolve_url("account_login")
        if request.headers.get("HX-Request"):
            return problem(request, session_ended(), status=401)
        if request.method == "POST":
            message = _("Your session has ended, and nothing was saved yet.")
            return kept(request, message, status=401)
        return redirect_to_login(request.get_full_path(), login)


class HistoryMiddleware(ContextMiddleware):
    """Tells the history who changes something and on which page; names no address, as
    some of them hold secrets."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": super().get_context(request)["user"]}

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if request.method in middleware_methods() and request.resolver_match:
            context(place=request.resolver_match.view_name)
