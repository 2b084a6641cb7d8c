from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import watching
from annotations.forms import FeedForm
from annotations.http import EditorRequest
from annotations.models import Feed, IntakeStatus
from annotations.pages import page_of
from annotations.receiving import problems

PAGE = 50


@require_http_methods(["GET", "POST"])
@permission_required("annotations.view_feed", raise_exception=True)
def feed_list(request: EditorRequest) -> HttpResponse:
    """The feeds that are watched, and a form for one more."""
    form = FeedForm(request.POST or None)
    if request.method == "POST":
        return _watch(request, form)
    return _list(request, form)


@permission_required("annotations.add_feed", raise_exception=True)
def _watch(request: EditorRequest, form: FeedForm) -> HttpResponse:
    if not form.is_valid():
        return _list(request, form, status=422)
    feed = watching.watch(by=request.user, **form.cleaned_data)
    messages.success(
        request,
        _("“%s” is watched. Its entries wait with the incoming articles.") % feed,
    )
    return redirect("annotations:feed_list")


def _list(request: EditorRequest, form: FeedForm, status: int = 200) -> HttpResponse:
    # Where the chain of rounds has broken, whoever looks at the feeds mends it.
    watching.ensure_rounds()
    waiting = Count("intakes", filter=Q(intakes__status=IntakeStatus.WAITING))
    page = page_of(
        request,
        Feed.objects.annotate(waiting=waiting).order_by("-is_active", "title", "pk"),
        PAGE,
    )
    context = {
        "section": "articles",
        "page": page,
        "rows": [
            (
                feed,
                problems.sentence(feed.problem, feed.problem_status)
                if feed.problem
                else "",
            )
            for feed in page.rows
        ],
        "form": form,
    }
    return render(request, "annotations/feed_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("annotations.change_feed", raise_exception=True)
def feed_edit(request: EditorRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    form = FeedForm(request.POST or None, instance=feed)
    if request.method == "POST" and form.is_valid():
        watching.revise(feed, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("annotations:feed_list")
    context = {"section": "articles", "form": form, "feed": feed}
    status = 422 if request.method == "POST" else 200
    return render(request, "annotations/feed_form.html", context, status=status)


@require_POST
@permission_required("annotations.change_feed", raise_exception=True)
def feed_check(request: EditorRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    if watching.check_soon(feed):
        messages.success(request, _("“%s” is being asked for new entries.") % feed)
    else:
        messages.info(
            request,
            _("“%s” was asked less than a minute ago, or is not watched.") % feed,
        )
    return redirect("annotations:feed_list")
