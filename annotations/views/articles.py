from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations import importing, receiving
from annotations.carrying import report
from annotations.desk import desk_address, desk_of, suggestions_for
from annotations.forms import ArticleDetailsForm, ArticleForm, AskForm, FilesForm
from annotations.http import EditorRequest
from annotations.models import Article, Claim, ClaimStatus, Edition, Intake
from annotations.pages import page_of
from annotations.panels import claim_to_show, panel
from annotations.reading import cards, claim_counts, painted, passages
from annotations.recognising import know_as

PAGE = 50
# Cards beside the text; a person finds the others by page, by state or in the text.
CARDS = 100
MOST_COUNTED = 1000


@require_GET
@permission_required("annotations.view_article", raise_exception=True)
def article_list(request: EditorRequest) -> HttpResponse:
    found = Article.objects.select_related("added_by").defer("search")
    found = found.with_passages_to_settle()
    query = request.GET.get("q", "").replace("\0", "").strip()
    status = request.GET.get("status", "")
    if query:
        found = found.saying(query)
    if status in ClaimStatus.values:
        found = found.with_claims_in(status)
    elif status == "none":
        found = found.without_claims()
    page = page_of(request, found, PAGE)
    counts = claim_counts(page.rows)
    context = {
        "section": "articles",
        "page": page,
        "articles": [
            {
                "article": article,
                "counts": [
                    (ClaimStatus(value), counts[article.pk][value])
                    for value in ClaimStatus.values
                    if value in counts[article.pk]
                ],
            }
            for article in page.rows
        ],
        "query": query,
        "status": status,
        "statuses": ClaimStatus.choices,
    }
    if request.user.has_perm("annotations.view_intake"):
        # Nobody needs to know how many more than that wait.
        context["waiting"] = Intake.objects.for_a_person()[:MOST_COUNTED].count()
    return render(request, "annotations/article_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("annotations.add_article", raise_exception=True)
def article_new(request: EditorRequest) -> HttpResponse:
    """By its address, pasted, or in files; the first and the last are `intakes`' to do."""
    if request.method == "GET":
        # A page that could not be fetched is pasted, and its address is known.
        known = {name: request.GET.get(name, "") for name in ("address", "headline")}
        return new_article_page(request, form=ArticleForm(initial=known))
    form = ArticleForm(request.POST)
    if not form.is_valid():
        return new_article_page(request, form=form, status=422)
    try:
        received = receiving.receive_text(
            form.cleaned_data["text"], by=request.user, **form.described()
        )
    except importing.ImportRefused as refusal:
        form.add_error("text", str(refusal))
        return new_article_page(request, form=form, status=422)
    if isinstance(received, Intake):
        messages.info(
            request,
            _("A text much like this one is here already. Compare them, and choose."),
        )
        return redirect(received)
    tell(request, received)
    return redirect(received.article)


def new_article_page(
    request: EditorRequest,
    *,
    form: ArticleForm | None = None,
    ask: AskForm | None = None,
    files: FilesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page on which articles come in, with what was sent where it was refused."""
    context = {
        "section": "articles",
        "form": form or ArticleForm(),
        "ask": ask or AskForm(auto_id="ask-%s"),
        "files": files or FilesForm(auto_id="files-%s"),
    }
    return render(request, "annotations/article_form.html", context, status=status)


def tell(request: EditorRequest, imported: importing.Imported) -> None:
    """Say what has become of a text."""
    if imported.is_new_article:
        messages.success(
            request, _("The article is here. Select the words that claim.")
        )
    elif imported.is_new_edition:
        messages.success(
            request,
            _(
                "The article was here already; this text is its version %d. "
                "What was highlighted before is carried over to it."
            )
            % imported.edition.number,
        )
    else:
        messages.info(request, _("The article was here already, with this very text."))


@require_http_methods(["GET", "POST"])
@permission_required("annotations.change_article", raise_exception=True)
def article_edit(request: EditorRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    form = ArticleDetailsForm(request.POST or None, instance=article)
    if request.method == "POST" and form.is_valid():
        form.save()
        know_as(article, [article.address])
        messages.success(request, _("Saved."))
        return redirect(article)
    context = {"section": "articles", "form": form, "article": article}
    status = 422 if form.is_bound else 200
    return render(request, "annotations/article_form.html", context, status=status)


@require_GET
@permission_required("annotations.view_article", raise_exception=True)
def article_detail(request: EditorRequest, pk: int) -> HttpResponse:
    """The desk: a text, its passages, its claims, and the one claim that is open."""
    article = get_object_or_404(Article.objects.defer("search"), pk=pk)
    editions = editions_of(article)
    edition = _edition(request, article, editions)
    opened = _opened(request)
    if opened and not _is_of(opened, article):
        return _to_its_place(request, opened)
    if request.htmx:
        # Beside the text that the person has before them, which may have a successor by now.
        there = desk_of(request)
        edition = there if there and there.article_id == pk else edition
        context = (
            panel(request, opened, desk=edition.pk) if opened else {"desk": edition.pk}
        )
        part = "panel" if opened else "empty_panel"
        answer = render(request, f"annotations/_claim.html#{part}", context)
        answer.headers["HX-Push-Url"] = desk_address(request, edition, opened)
        patch_vary_headers(answer, ["HX-Request"])
        return answer
    return desk_page(request, article, editions, edition, opened=opened)


def desk_page(
    request: EditorRequest,
    article: Article,
    editions: list[Edition],
    edition: Edition,
    *,
    opened: Claim | None = None,
    exact: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole desk; `exact` are words that make no claim as they were typed, and why."""
    context: dict[str, Any]
    edition.article = article
    on_it = passages(edition)
    suggested = suggestions_for(request, edition)
    claims = list(dict.fromkeys(passage.claim for passage in on_it))
    number = _page(request, claims, opened)
    shown = slice((number - 1) * CARDS, number * CARDS)
    context = {
        "section": "articles",
        "article": article,
        "edition": edition,
        "editions": editions,
        "is_latest": edition.number == editions[0].number,
        "blocks": painted(edition, on_it, suggested=suggested["suggestions"].starts),
        "cards": cards(edition, on_it, shown.start, shown.stop),
        "count": len(claims),
        "more": number + 1 if shown.stop < len(claims) else None,
        "fewer": number - 1 if number > 1 else None,
        "elsewhere": Claim.objects.of_article(article)
        .exclude(pk__in=Claim.objects.in_edition(edition).values("pk"))
        .select_related("claimant")
        .with_quotes()[:CARDS]
        if len(editions) > 1
        else [],
        "claim": None,
        "desk": edition.pk,
        "exact": exact,
    } | suggested
    if edition.number > 1 and context["is_latest"]:
        context["report"] = report(edition)
    if opened:
        context |= panel(request, opened, desk=edition.pk)
    answer = render(request, "annotations/article_detail.html", context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def editions_of(article: Article) -> list[Edition]:
    """The editions of the article, the latest first, without their texts."""
    found = article.editions.select_related("retrieved_by")
    return list(found.defer("text", "blocks", "search"))


def _is_of(claim: Claim, article: Article) -> bool:
    return any(
        appearance.edition.article_id == article.pk
        for appearance in claim.appearances.all()
    )


def _to_its_place(request: EditorRequest, claim: Claim) -> HttpResponse:
    """To the article whose words make the claim: beside another one it says nothing."""
    last = next(iter([*claim.appearances.all()][::-1]), None)
    if request.htmx:
        raise Http404(_("There is no such claim; perhaps it was undone."))
    if last is None:
        return redirect(claim)
    return redirect(f"{last.edition.article.get_absolute_url()}?claim={claim.pk}")


def _edition(
    request: EditorRequest, article: Article, editions: list[Edition]
) -> Edition:
    """The edition that `?edition=` names, or the latest."""
    asked = request.GET.get("edition")
    for edition in editions:
        if asked is None or asked == str(edition.number):
            return Edition.objects.defer("search").get(pk=edition.pk)
    raise Http404(_("There is no such version of the article."))


def _opened(request: EditorRequest) -> Claim | None:
    """The claim that `?claim=` names."""
    asked = request.GET.get("claim", "")
    if not asked:
        return None
    found = (
        claim_to_show(int(asked))
        if asked.isascii() and asked.isdigit() and len(asked) < 18
        else None
    )
    if found is None:
        raise Http404(_("There is no such claim; perhaps it was undone."))
    return found


def _page(request: EditorRequest, claims: list[int], opened: Claim | None) -> int:
    """The page of cards that `?page=` asks for, or else that of the claim that is open."""
    asked = request.GET.get("page", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked):
        return min(int(asked), (len(claims) - 1) // CARDS + 1 or 1)
    if opened and opened.pk in claims:
        return claims.index(opened.pk) // CARDS + 1
    return 1
