import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations import publishing
from annotations.models import User
from tests import make
from tests.views.readers import address, decided, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return make.moderator("boss")


def test_the_preview_shows_what_readers_will_see(client, desk, editor, boss):
    page = decided(by=editor)
    preview = desk.get(reverse("annotations:factcheck_preview", args=[page.claim_id]))
    publishing.publish(page, by=boss)
    seen = client.get(f"/en{address(page)}")

    def column(answer) -> str:
        body = answer.content.decode()
        body = body[body.index('<article class="column">') : body.index("</article>")]
        # It has no date yet, and no passages that readers could see.
        body = re.sub(r"<time.*?</time>|(<span>)?not published yet(</span>)?", "", body)
        body = re.sub(r'<p class="onward">.*?</p>', "", body).replace("/en/", "/")
        return " ".join(body.split())

    assert preview.status_code == 200
    assert "not published yet" in text(preview)
    assert 'class="onward"' not in preview.text
    assert column(preview).replace("Not approved yet", str(boss)) == column(seen)


def test_the_preview_says_that_it_is_one_and_leaves_no_trace(desk, editor):
    page = decided(by=editor)

    answer = desk.get(reverse("annotations:factcheck_preview", args=[page.claim_id]))
    body = answer.content.decode()

    assert "Preview, not published." in text(answer)
    assert f'href="/claims/{page.claim_id}/"' in body
    assert 'name="robots" content="noindex"' in body
    assert "ld+json" not in body
    assert "canonical" not in body
    assert "public" not in answer.get("Cache-Control", "")


def test_the_preview_of_an_embargo_says_when_it_ends(desk, editor, boss):
    page = decided(by=editor)
    publishing.publish(page, by=boss, embargo_until=timezone.now() + timedelta(hours=1))

    answer = desk.get(reverse("annotations:factcheck_preview", args=[page.claim_id]))

    assert "readers see it from" in text(answer)
    assert str(boss) in text(answer)


def test_what_is_published_needs_no_preview(desk, editor):
    page = published(by=editor)

    answer = desk.get(reverse("annotations:factcheck_preview", args=[page.claim_id]))

    assert answer.status_code == 302
    assert answer["Location"] == page.get_absolute_url()


def test_strangers_see_no_preview(client):
    page = decided()

    answer = client.get(reverse("annotations:factcheck_preview", args=[page.claim_id]))

    assert answer.status_code == 302
    assert "login" in answer["Location"]
