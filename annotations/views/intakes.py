from collections.abc import Callable
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from annotations import receiving
from annotations.forms import AskForm, FilesForm, ReviewForm
from annotations.http import EditorRequest, problem
from annotations.importing import ImportRefused
from annotations.models import Article, Intake, IntakeOrigin, IntakeStatus, IntakeStep
from annotations.models.intakes import UNDER_WAY
from annotations.pages import page_of
from annotations.receiving import problems
from annotations.receiving.reading import LARGEST_FILE
from annotations.refusals import Refusal, Stale
from annotations.text import side_by_side

from .articles import new_article_page, tell

PAGE = 50
LONGEST_REASON = 500


@require_GET
@permission_required("annotations.view_intake", raise_exception=True)
def intake_list(request: EditorRequest) -> HttpResponse:
    """What waits for a person; with `?batch=`, the files that came together."""
    status = request.GET.get("status", "")
    origin = request.GET.get("origin", "")
    feed = request.GET.get("feed", "")
    batch = _batch(request.GET.get("batch", ""))
    found = Intake.objects.order_by("-added_at", "-pk")
    if batch:
        found = found.filter(batch=batch).order_by("pk")
    elif status in IntakeStatus.values:
        found = found.filter(status=status)
    elif status != "all":
        found = found.unsettled()
    if origin in IntakeOrigin.values:
        found = found.filter(origin=origin)
    if feed.isascii() and feed.isdigit() and len(feed) < 18:
        found = found.filter(feed=int(feed))
    shown = found.select_related("feed", "asked_by", "article", "twin").defer(
        "blocks", "aliases", "article__search", "twin__search"
    )
    page = page_of(request, shown, PAGE)
    context: dict[str, Any] = {
        "section": "articles",
        "page": page,
        "rows": [(intake, sentence_of(intake)) for intake in page.rows],
        "status": status,
        "origin": origin,
        "feed": feed,
        "statuses": IntakeStatus.choices,
        "origins": IntakeOrigin.choices,
        "batch": batch,
    }
    if batch:
        context |= Intake.objects.filter(batch=batch).aggregate(
            count=Count("pk"), done=Count("pk", filter=~Q(status__in=UNDER_WAY))
        )
        if not context["count"]:
            raise Http404(
                _("These files are not here; perhaps they came in again since.")
            )
    name = "annotations/intake_list.html"
    answer = render(request, f"{name}#found" if request.htmx else name, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _batch(asked: str) -> UUID | None:
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise Http404(_("There are no such files.")) from error


def sentence_of(intake: Intake) -> str:
    """What went wrong with it, if something did."""
    if not intake.problem:
        return ""
    return problems.sentence(intake.problem, intake.problem_status)


@require_POST
@permission_required("annotations.add_intake", raise_exception=True)
def intake_ask(request: EditorRequest) -> HttpResponse:
    form = AskForm(request.POST, auto_id="ask-%s")
    if not form.is_valid():
        return new_article_page(request, ask=form, status=422)
    return redirect(receiving.ask_for(form.cleaned_data["address"], by=request.user))


@require_POST
@permission_required("annotations.add_intake", raise_exception=True)
def intake_files(request: EditorRequest) -> HttpResponse:
    form = FilesForm(request.POST, request.FILES, auto_id="files-%s")
    if not form.is_valid():
        return new_article_page(request, files=form, status=422)
    files: list[UploadedFile[bytes]] = form.cleaned_data["documents"]
    batch = uuid4()
    for file in files:
        intake = receiving.receive_file(
            file.name or "",
            file.read(LARGEST_FILE + 1),
            by=request.user,
            batch=batch,
            size=file.size or 0,
        )
    if len(files) == 1:
        return redirect(intake)
    return redirect(f"{reverse('annotations:intake_list')}?batch={batch}")


@require_GET
@permission_required("annotations.view_intake", raise_exception=True)
def intake_detail(request: EditorRequest, pk: int) -> HttpResponse:
    """Its progress, what went wrong, its review, or what has become of it."""
    return _page(request, _found(pk))


def _found(pk: int) -> Intake:
    found = Intake.objects.select_related(
        "feed", "asked_by", "settled_by", "article", "twin", "near__article"
    ).defer("article__search", "twin__search", "near__text", "near__blocks")
    return get_object_or_404(found, pk=pk)


def _page(
    request: EditorRequest,
    intake: Intake,
    *,
    form: ReviewForm | None = None,
    message: str = "",
    status: int = 200,
) -> HttpResponse:
    if form is None and intake.status == IntakeStatus.READY:
        form = ReviewForm(intake)
    context = {
        "section": "articles",
        "intake": intake,
        "sentence": sentence_of(intake),
        "form": form,
        "likeness": in_words(intake.likeness),
        "message": message,
        "steps": steps_of(intake),
    }
    name = "annotations/intake_detail.html"
    if request.htmx and intake.is_under_way and not intake.is_given_up:
        answer = render(request, f"{name}#progress", context, status=status)
    elif request.htmx:
        answer = retarget(render(request, f"{name}#state", context), "#intake")
    else:
        answer = render(request, name, context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def steps_of(intake: Intake) -> list[tuple[str, str, str]]:
    """What is done while it is taken in, in order, and which of it is done or being done."""
    steps = list(IntakeStep)
    if not intake.address:
        steps.remove(IntakeStep.FETCHING)
    here = steps.index(IntakeStep(intake.step)) if intake.step in steps else -1
    return [
        (
            step.value,
            str(step.label),
            "done" if place < here else "doing" if place == here else "",
        )
        for place, step in enumerate(steps)
    ]


def in_words(share: float | None) -> str:
    """How much of two texts is alike."""
    if share is None:
        return ""
    if share >= 0.98:
        return _("word for word the same, but for what one of them has more")
    if share >= 0.85:
        return _("nearly all of it the same")
    if share >= 0.7:
        return _("three quarters of it the same, about")
    return _("more than half of it the same")


type Deed = Callable[[Intake, ReviewForm], HttpResponse]


def _reviewed(request: EditorRequest, pk: int, deed: Deed) -> HttpResponse:
    """Do `deed` with a form that is right; else the page again, with all that was typed."""
    intake = _found(pk)
    form = ReviewForm(intake, request.POST)
    if not form.is_valid():
        if "seen" in form.errors:
            return problem(
                request, _("This was sent without what was read."), status=409
            )
        return _page(request, intake, form=form, status=422)
    try:
        return deed(intake, form)
    except Stale as stale:
        current = cast(Intake, stale.current)
        data = request.POST.copy()
        data["seen"] = str(current.version)
        form = ReviewForm(intake, data)
        return _page(
            request, _found(current.pk), form=form, message=str(stale), status=409
        )
    except (Refusal, ImportRefused) as refusal:
        return _page(request, intake, form=form, message=str(refusal), status=409)


@require_POST
@permission_required("annotations.change_intake", raise_exception=True)
def intake_review(request: EditorRequest, pk: int) -> HttpResponse:
    """Save the corrections; it is kept later, or by somebody else."""

    def save(intake: Intake, form: ReviewForm) -> HttpResponse:
        receiving.review(
            intake,
            seen=form.cleaned_data["seen"],
            by=request.user,
            blocks=form.blocks(),
            **form.described(),
        )
        messages.success(request, _("Saved. It still waits to be kept."))
        return redirect(intake)

    return _reviewed(request, pk, save)


@require_POST
@permission_required("annotations.change_intake", raise_exception=True)
def intake_keep(request: EditorRequest, pk: int) -> HttpResponse:
    def keep(intake: Intake, form: ReviewForm) -> HttpResponse:
        imported = receiving.keep(
            intake,
            seen=form.cleaned_data["seen"],
            by=request.user,
            blocks=form.blocks(),
            choice=form.cleaned_data["choice"],
            **form.described(),
        )
        tell(request, imported)
        return redirect(imported.article)

    return _reviewed(request, pk, keep)


@require_POST
@permission_required("annotations.change_intake", raise_exception=True)
def intake_dismiss(request: EditorRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake, pk=pk)
    reason = request.POST.get("reason", "").replace("\0", "").strip()
    try:
        receiving.dismiss(intake, by=request.user, reason=reason[:LONGEST_REASON])
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    messages.success(request, _("Dismissed: “%s”.") % intake)
    return redirect("annotations:intake_list")


@require_POST
@permission_required("annotations.change_intake", raise_exception=True)
def intake_again(request: EditorRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake, pk=pk)
    try:
        return redirect(receiving.try_again(intake, by=request.user))
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)


@require_POST
@permission_required("annotations.change_intake", raise_exception=True)
def intake_several(request: EditorRequest) -> HttpResponse:
    """Fetch or dismiss those that are ticked."""
    ticked = [
        int(value)
        for value in request.POST.getlist("intake")[:PAGE]
        if value.isascii() and value.isdigit() and len(value) < 18
    ]
    deed = request.POST.get("deed")
    if not ticked or deed not in {"fetch", "dismiss"}:
        return problem(
            request, _("Tick what is to be fetched or dismissed."), status=409
        )
    done, refused = 0, []
    for intake in Intake.objects.filter(pk__in=ticked).defer("blocks").order_by("pk"):
        try:
            if deed == "fetch":
                done += receiving.try_again(intake, by=request.user).is_under_way
            else:
                receiving.dismiss(intake, by=request.user)
                done += 1
        except Refusal as refusal:
            refused.append(f"{intake}: {refusal}")
    said = (
        ngettext("%d is being fetched.", "%d are being fetched.", done)
        if deed == "fetch"
        else ngettext("%d is dismissed.", "%d are dismissed.", done)
    )
    if done:
        messages.success(request, said % done)
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("annotations:intake_list")


@require_GET
@permission_required("annotations.view_intake", raise_exception=True)
def intake_compare(request: EditorRequest, pk: int) -> HttpResponse:
    """The text that came in beside that of the article it is like, or is."""
    intake = _found(pk)
    article: Article | None = intake.near.article if intake.near else intake.twin
    if article is None:
        raise Http404(_("There is nothing to compare this article with."))
    edition = intake.near or article.editions.defer("search").latest("number")
    theirs = [block.span.of(edition.text) for block in edition.layout]
    ours = [block["text"] for block in intake.kept_blocks]
    rows, is_whole = side_by_side.rows(theirs, ours)
    context = {
        "section": "articles",
        "intake": intake,
        "article": article,
        "edition": edition,
        "rows": rows,
        "is_whole": is_whole,
        "likeness": in_words(intake.likeness),
    }
    return render(request, "annotations/intake_compare.html", context)
