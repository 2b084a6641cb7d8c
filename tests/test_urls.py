"""Every address there is, and what each person gets there. A new address needs a row."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django_tasks_db.models import DBTaskResult

from annotations.models import ClaimStatus, RatingScale, Source
from tests import make
from tests.url_table import ADMIN, PAGES

ROLES = ["stranger", "editor", "reviewer", "moderator", "superuser"]


def routes(resolver: URLResolver, above: str = "") -> Iterator[str]:
    """The route of every address, in French and in English where there are both."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern.pattern, LocalePrefixPattern):
            yield from routes(pattern, above)
            yield from routes(pattern, f"{above}en/")
        elif isinstance(pattern, URLPattern):
            yield above + str(pattern.pattern).strip("^$")
        else:
            yield from routes(pattern, above + str(pattern.pattern))


def rows(table: str) -> dict[str, list[int]]:
    """What the table says: after the route the status of a GET, then of a POST, by role."""
    lines = [line.split() for line in table.strip().splitlines() if line[:1] != "#"]
    return {
        ("" if route == "/" else route): [int(code) for code in codes]
        for route, *codes in lines
    }


EVERY_ROUTE = set(routes(get_resolver()))
PAGE_ROWS = rows(PAGES)
# In English the same holds, where the table does not say otherwise.
IN_ENGLISH = {
    f"en/{route}": codes
    for route, codes in PAGE_ROWS.items()
    if f"en/{route}" in EVERY_ROUTE
}
ROWS = IN_ENGLISH | PAGE_ROWS | rows(ADMIN)


@pytest.fixture
def places(db) -> dict[str, str]:
    """What stands for the parts of a route that vary: rows that others wrote."""
    public = make.claim(status=ClaimStatus.PUBLISHED)
    fresh = make.claim("It is flat.")
    piece = make.evidence(fresh)
    suggestion = make.suggestion()
    judged = make.claim("It is blue.", status=ClaimStatus.IN_REVIEW)
    decided = make.claim("It is old.", status=ClaimStatus.DECIDED)
    make.factcheck(decided)
    carriage = make.carriage()
    article = public.appearances.get().edition.article
    incoming = make.intake(twin=article)
    task = DBTaskResult.objects.create(
        task_path="annotations.inviting.send_invitation",
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        backend_name="default",
        exception_class_path="",
        traceback="",
    )
    records = {
        "annotations/article": article,
        "annotations/claim": fresh,
        "annotations/claimant": public.claimant,
        "annotations/detectorweights": make.weights(),
        "annotations/factcheck": public.factcheck,
        "annotations/feed": make.feed(),
        "annotations/intake": incoming,
        "annotations/newsroom": make.newsroom(),
        "annotations/rating": public.decisions.get().rating,
        "annotations/ratingscale": RatingScale.objects.get(),
        "annotations/source": Source.objects.first(),
        "annotations/suggestion": suggestion,
        "annotations/user": make.editor("somebody"),
        "auth/group": Group.objects.get(name="editors"),
        "django_tasks_database/dbtaskresult": task,
    }
    kind = ContentType.objects.get_for_model(article)
    apps = "annotations|auth|django_tasks_database"
    return {
        f"(?P<app_label>{apps})": "annotations",
        "r/<path:content_type_id>/<path:object_id>": f"r/{kind.pk}/{article.pk}",
        **{
            f"admin/{model}/<path:object_id>": f"admin/{model}/{record.pk}"
            for model, record in records.items()
        },
        "articles/<int:pk>": f"articles/{article.pk}",
        "claims/<int:pk>/verdict": f"claims/{judged.pk}/verdict",
        "claims/<int:pk>/decision": f"claims/{judged.pk}/decision",
        "claims/<int:pk>/fact-check": f"claims/{decided.pk}/fact-check",
        "claims/<int:pk>/preview": f"claims/{decided.pk}/preview",
        "claims/<int:pk>": f"claims/{fresh.pk}",
        "passages/<int:pk>": f"passages/{carriage.pk}",
        "evidence/<int:pk>": f"evidence/{piece.pk}",
        "feeds/<int:pk>": f"feeds/{records['annotations/feed'].pk}",
        "intakes/<int:pk>": f"intakes/{incoming.pk}",
        "suggestions/<int:pk>": f"suggestions/{suggestion.pk}",
        "<slug:slug>": public.factcheck.slug,
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-set-password",
        "(?P<url>.*)": "nowhere/",
    }


def address(route: str, places: dict[str, str]) -> str:
    """An address of this route."""
    for place, filled in places.items():
        route = route.replace(place, filled)
    assert "<" not in route, f"Say in `places` what stands in {route}."
    return f"/{route}"


def browser_of(role: str) -> Client:
    """A browser in which somebody of this role is logged in, a stranger not."""
    browser = Client()
    if role == "superuser":
        browser.force_login(make.user(role, is_superuser=True, is_staff=True))
    elif role != "stranger":
        browser.force_login(make.user(role, f"{role}s"))
    return browser


def status(method: str, path: str, browser: Client) -> int:
    """What the address answers, and then nothing has happened."""
    client = Client(raise_request_exception=False)
    client.cookies.load(browser.cookies.output(header=""))
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    return answer.status_code


def test_every_address_has_a_row_and_every_row_an_address():
    assert ROWS.keys() == EVERY_ROUTE


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(places, role, method):
    browser = browser_of(role)
    column = ROLES.index(role) + len(ROLES) * (method == "post")

    answers = {
        route: status(method, address(route, places), browser) for route in EVERY_ROUTE
    }

    assert answers == {route: ROWS[route][column] for route in EVERY_ROUTE}
