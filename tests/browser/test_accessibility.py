"""axe finds nothing on any page, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from annotations.models import Claim, FactCheck, User
from tests import make
from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)

READERS = [
    "/",
    "/en/",
    "/methode/",
    "/articles/1/lecture/",
    "/verifications/{slug}/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/nowhere/",
]
DESK = [
    "/articles/",
    "/articles/new/",
    "/articles/1/",
    "/articles/1/?claim={decided}",
    "/articles/1/?claim={open}",
    "/articles/1/edit/",
    "/claims/",
    "/claims/{in_review}/",
    "/claims/{decided}/story/",
    "/claims/{decided}/fact-check/",
    "/claims/{decided}/preview/",
    "/sources/?q=meta",
    "/intakes/",
    "/intakes/{ready}/",
    "/intakes/{ready}/compare/",
    "/intakes/{failed}/",
    "/intakes/{fetching}/",
    "/feeds/",
    "/feeds/{feed}/",
    "/accounts/password/change/",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def incoming() -> dict[str, int]:
    """What is on its way in, in its states; one of it is much like an article."""
    near = make.edition("It cost 14.3 billion.\n\nNobody asked why.")
    feed = make.feed(problem="fetch:timeout", failures=2)
    make.intake(origin="feed", feed=feed, entry="1", status="waiting", summary="More.")
    ready = make.intake(
        "It cost 14.9 billion.\n\nOne more.\n\nFollow us.", near=near, likeness=0.9
    )
    return {
        "ready": ready.pk,
        "failed": make.intake(status="failed").pk,
        "fetching": make.intake(status="fetching", step="reading").pk,
        "feed": feed.pk,
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_axe_finds_nothing(open_as, scheme, viewport):
    call_command("loaddata", "demo", verbosity=0)
    names = {claim.status: claim.pk for claim in Claim.objects.order_by("pk")}
    names |= incoming()
    names["slug"] = FactCheck.objects.public().first().slug
    reviewer, editor = (User.objects.get(username=n) for n in ("margaux", "camille"))
    look = {"color_scheme": scheme, "viewport": viewport}
    visits = [(None, path) for path in READERS] + [(editor, path) for path in DESK]
    visits.append((reviewer, "/claims/{in_review}/"))
    pages = {who: open_as(who, "/methode/", **look) for who in (None, editor, reviewer)}

    found = []
    for who, path in visits:
        page = pages[who]
        page.goto(path.format(**names))
        result = Axe().run(page, options=RULES)
        found += [
            (path, fault["id"], fault["nodes"][0]["html"][:120])
            for fault in result.response["violations"]
        ]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            found.append((path, "wider than the screen", str(width)))

    assert found == []
