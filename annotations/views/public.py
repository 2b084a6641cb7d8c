"""What readers see: the same for everybody, and never from the session."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.urls.exceptions import Resolver404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.defaults import page_not_found

from annotations import following, showing
from annotations.interchange.claimreview import as_script, claim_review
from annotations.models import Rating
from annotations.pages import page_of
from annotations.workflow import newsroom

PER_PAGE = 20
# Code points of a search; whoever asks for more has pasted something.
LONGEST_QUERY = 200

# A page from a proxy's store is at most a minute old, however it came to the reader: 30 s
# until it is asked for again, and 30 s more while that is under way. So long may a
# retraction or the end of an embargo go unnoticed, and not longer.
FRESH = {"public": True, "max_age": 10, "s_maxage": 30, "stale_while_revalidate": 30}


def for_everybody[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """`view`, also when there is nothing to see, as a page that proxies may keep a moment."""

    @conditional_page
    @cache_control(**FRESH)
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return nothing_here(request)

    return answer  # type: ignore[return-value]


def nothing_here(request: HttpRequest) -> HttpResponse:
    context = {"title": _("There is no such page"), **around("home")}
    return render(request, "annotations/page_missing.html", context, status=404)


def page_missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What an address answers that leads nowhere, or to nothing on the desk."""
    if isinstance(exception, Resolver404):
        return nothing_here(request)
    return page_not_found(request, exception)


def around(name: str, *args: object, query: str = "") -> dict[str, object]:
    """What stands around the text of the page `name`; one query."""
    addresses = []
    for code, language in settings.LANGUAGES:
        with translation.override(code):
            path = reverse(name, args=args) + (f"?{query}" if query else "")
        addresses.append({"code": code, "language": language, "path": path})
    return {
        "newsroom": newsroom(),
        "site_address": settings.SITE_ADDRESS,
        "addresses": addresses,
        # What the newsroom writes is in its language, whatever the page around it speaks.
        "writing_language": settings.LANGUAGE_CODE,
    }


@require_safe
@login_not_required
@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", " ")
    query = " ".join(asked.split())[:LONGEST_QUERY]
    page = page_of(request, showing.shown(query), PER_PAGE)
    if page.number > 1 and not page.rows:
        raise Http404
    parameters: dict[str, object] = {"q": query} if query else {}
    if page.number > 1:
        parameters["page"] = page.number
    context = {
        "title": _("Fact-checks"),
        "section": "home",
        "description": _("Claims checked against their sources, the newest first."),
        "page": page,
        "query": query,
        **around("home", query=urlencode(parameters)),
    }
    return render(request, "annotations/home.html", context)


@require_safe
@login_not_required
@for_everybody
def factcheck_detail(request: HttpRequest, slug: str) -> HttpResponse:
    revision = get_object_or_404(showing.shown_once(), factcheck__slug=slug)
    content = revision.content
    context = {
        "title": content["title"],
        "revision": revision,
        "content": content,
        **around("factcheck_detail", slug),
    }
    if revision.factcheck.retracted_at:
        return render(request, "annotations/factcheck_gone.html", context, status=410)
    context["changed"] = following.changed_since(content, revision.factcheck.claim_id)
    markup = claim_review(revision, translation.get_language())
    context |= {
        "description": content["summary"],
        "kind": "article",
        "markup": as_script(markup),
    }
    return render(request, "annotations/factcheck_detail.html", context)


@require_safe
@login_not_required
@for_everybody
def article_reading(request: HttpRequest, pk: int) -> HttpResponse:
    reading = showing.checked_article(pk)
    if reading is None:
        raise Http404
    context = {
        "title": reading.article["headline"],
        "description": _("The article, with the passages that were checked."),
        "kind": "article",
        "reading": reading,
        **around("article_reading", pk),
    }
    return render(request, "annotations/article_reading.html", context)


@require_safe
@login_not_required
@for_everybody
def method(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("How we check"),
        "section": "method",
        "description": _("Our method, our ratings, our corrections and our funding."),
        "ratings": Rating.objects.to_choose(),
        **around("method"),
    }
    return render(request, "annotations/method.html", context)
