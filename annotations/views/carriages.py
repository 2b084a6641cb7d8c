from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Case, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations import comparing, settling
from annotations.carrying import carry_over, report
from annotations.forms import SettleForm
from annotations.http import EditorRequest, problem
from annotations.models import Article, Carriage, Edition
from annotations.models.carriages import BY_A_PERSON, CarriageQuerySet
from annotations.models.claims import UNDER_VERDICT
from annotations.pages import page_of
from annotations.reading import edition_of, painted
from annotations.refusals import Refusal

# Passages asked about at a time: a person looks at each.
PAGE = 20


@require_GET
@permission_required("annotations.view_article", raise_exception=True)
def article_compare(request: EditorRequest, pk: int) -> HttpResponse:
    """Two texts of the article side by side; the last two where none are named."""
    article = get_object_or_404(Article.objects.defer("search"), pk=pk)
    editions = _editions(article)
    to = _named(request, "to", editions, editions[0])
    before = next((one for one in editions if one.number < to.number), to)
    old = _text(_named(request, "from", editions, before))
    new = _text(to)
    rows = _with_passages(Carriage.objects.to(new)) if old != new else []
    context = {
        "section": "articles",
        "article": article,
        "editions": editions,
        "old": old,
        "new": new,
        "comparison": comparing.compared(old, new, rows),
        "is_latest": new.number == editions[0].number,
    }
    return render(request, "annotations/article_compare.html", context)


@require_GET
@permission_required("annotations.view_article", raise_exception=True)
def article_settle(request: EditorRequest, pk: int) -> HttpResponse:
    """The passages of the latest text that wait for a person, those under a verdict first."""
    article = get_object_or_404(Article.objects.defer("search"), pk=pk)
    latest = _text(_editions(article)[0])
    latest.article = article
    under_verdict = When(appearance__claim__status__in=UNDER_VERDICT, then=Value(0))
    rows = _with_passages(Carriage.objects.to(latest))
    waiting = rows.waiting().order_by(
        Case(under_verdict, default=Value(1)), "appearance__start", "pk"
    )
    page = page_of(request, waiting, PAGE)
    settled = rows.filter(state__in=BY_A_PERSON).order_by("-settled_at")
    context = {
        "section": "articles",
        "article": article,
        "edition": latest,
        "page": page,
        "questions": comparing.questions(page.rows, latest),
        "settled": settled[:PAGE],
        "report": report(latest),
    }
    return render(request, "annotations/article_settle.html", context)


@require_GET
@permission_required("annotations.view_article", raise_exception=True)
def article_carried(request: EditorRequest, pk: int) -> HttpResponse:
    """How far carrying over has come, for the desk that waits; without htmx the desk itself."""
    article = get_object_or_404(Article.objects.defer("search"), pk=pk)
    if not request.htmx:
        return redirect(article)
    edition = _editions(article)[0]
    context = {
        "article": article,
        "edition": edition,
        "report": report(edition),
        "is_polled": True,
    }
    answer = render(request, "annotations/_carried.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_POST
@permission_required("annotations.settle_carriage", raise_exception=True)
def carry(request: EditorRequest, pk: int) -> HttpResponse:
    """Start carrying over again, where it was stopped or never began."""
    article = get_object_or_404(Article.objects.defer("search"), pk=pk)
    carry_over.enqueue(edition_id=_editions(article)[0].pk)
    messages.success(request, _("The passages are being carried over."))
    return redirect(article)


@require_GET
@permission_required("annotations.settle_carriage", raise_exception=True)
def carriage_detail(request: EditorRequest, pk: int) -> HttpResponse:
    """One passage beside the whole new text, to select its words by hand."""
    carriage = _carriage(pk)
    edition = _text(carriage.edition)
    article = edition.article
    context = {
        "section": "articles",
        "article": article,
        "edition": edition,
        "question": comparing.questions([carriage], edition)[0],
        "blocks": painted(edition, []),
    }
    return render(request, "annotations/carriage_detail.html", context)


@require_POST
@permission_required("annotations.settle_carriage", raise_exception=True)
def settle(request: EditorRequest, pk: int) -> HttpResponse:
    carriage = _carriage(pk)
    edition = _text(carriage.edition)
    form = SettleForm(request.POST, edition=edition)
    if not form.is_valid():
        sentence = " ".join(
            str(error) for each in form.errors.values() for error in each
        )
        return problem(request, sentence, status=409)
    try:
        settled = settling.settle(
            carriage,
            form.cleaned_data["choice"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    if not request.htmx:
        messages.success(request, _("Settled: %s.") % settled.get_state_display())
        return redirect(
            reverse("annotations:article_settle", args=[edition.article_id])
        )
    context = {
        "article": edition.article,
        "edition": edition,
        "carriage": settled,
        "report": report(edition),
    }
    return render(request, "annotations/article_settle.html#settled", context)


def _editions(article: Article) -> list[Edition]:
    """The article's texts, the latest first, without the texts themselves."""
    return list(article.editions.defer("text", "blocks", "search"))


def _text(edition: Edition) -> Edition:
    """The edition with its text."""
    found = edition_of(edition.pk)
    if found is None:  # it was there a moment ago, and no edition ever goes
        raise Http404
    found.article = edition.article
    return found


def _named(
    request: EditorRequest, parameter: str, editions: list[Edition], otherwise: Edition
) -> Edition:
    asked = request.GET.get(parameter)
    if asked is None:
        return otherwise
    for edition in editions:
        if asked == str(edition.number):
            return edition
    raise Http404(_("There is no such version of the article."))


def _with_passages(rows: CarriageQuerySet) -> Any:
    return rows.with_passages().order_by("appearance__start", "pk")


def _carriage(pk: int) -> Carriage:
    found = (
        Carriage.objects.with_passages()
        .select_related("edition__article")
        .defer("edition__text", "edition__blocks", "edition__search")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404(_("There is no such passage; perhaps its claim was undone."))
    return found
