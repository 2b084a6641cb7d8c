"""What the panel of a claim says: who has to do what next, and what has just been done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations import publishing, reviewing, workflow
from annotations.models import ClaimStatus
from tests import make
from tests.views.readers import text

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def page_of(client, claim) -> str:
    return text(client.get(claim.get_absolute_url()))


def as_person(client, person):
    client.force_login(person)
    return client


def test_why_a_claim_was_sent_back_stands_on_it_until_it_is_sent_again(desk, editor):
    claim = make.claim(by=editor, status=ClaimStatus.IN_REVIEW)
    boss = make.moderator("helene")
    reason = "The excerpt says nothing of the date."
    workflow.move(claim, ClaimStatus.OPEN, by=boss, reason=reason)

    head = desk.get(claim.get_absolute_url()).text.partition("claim-text")[0]
    assert reason in head and "helene" in head and "Sent back" in head

    workflow.move(claim, ClaimStatus.IN_REVIEW, by=editor)
    head = desk.get(claim.get_absolute_url()).text.partition("claim-text")[0]
    assert reason not in head


def test_a_decided_claim_says_that_its_fact_check_is_to_be_written(client, editor):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    address = f"/claims/{claim.pk}/fact-check/"

    mine = as_person(client, editor).get(claim.get_absolute_url())
    assert "The fact-check is still to be written." in text(mine)
    assert address in mine.text
    theirs = as_person(client, make.moderator()).get(claim.get_absolute_url())
    assert "An editor does that next." in text(theirs)
    assert address not in theirs.text


def test_a_draft_leads_a_moderator_to_publishing_and_a_published_page_does_not(client):
    claim = make.claim(status=ClaimStatus.DECIDED)
    page = make.factcheck(claim)
    boss = make.moderator()
    as_person(client, boss)
    assert "Publish in the administration" in page_of(client, claim)

    publishing.publish(page, by=boss)
    assert "Publish in the administration" not in page_of(client, claim)
    page.refresh_from_db()
    publishing.retract(page, reason="We were wrong.", by=boss)
    assert "Publish in the administration" not in page_of(client, claim)


def test_an_embargo_is_told_and_no_link_leads_nowhere(client, editor):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    page = make.factcheck(claim)
    boss = make.moderator()
    until = timezone.now() + timedelta(days=30)
    publishing.publish(page, by=boss, embargo_until=until)
    page.refresh_from_db()

    for person in (editor, boss):
        answer = as_person(client, person).get(claim.get_absolute_url())

        assert "Published; readers see it from" in text(answer)
        assert "Embargo" in text(answer)
        assert page.get_absolute_url() not in answer.text
        assert "Publish in the administration" not in text(answer)
        assert client.get(f"/claims/{claim.pk}/preview/").status_code == 200


def test_a_verdict_is_confirmed(client):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    rating = make.ratings()["true"]
    sent = {"round": claim.round, "rating": rating.pk, "reason": "We saw it."}
    address = f"/claims/{claim.pk}/verdict/"

    plain = as_person(client, make.reviewer()).post(address, sent, follow=True)
    assert "Your verdict is given." in text(plain)
    swapped = as_person(client, make.reviewer()).post(address, sent, headers=HTMX)
    assert "Your verdict is given." in swapped.text


@pytest.mark.parametrize("deed", ["write", "attach", "detach", "highlight"])
def test_without_htmx_a_deed_says_that_it_is_done(desk, editor, deed):
    claim = make.claim(by=editor)
    piece = make.evidence(claim)
    edition = claim.appearances.get().edition
    address, sent, sentence = {
        "write": (
            f"/claims/{claim.pk}/write/",
            {"seen": claim.version, "statement": "So.", "kind": "event"},
            "Saved.",
        ),
        "attach": (
            f"/claims/{claim.pk}/attach/",
            {
                "title": "A report",
                "publisher": "An institute",
                "source_kind": "primary",
                "stance": "supports",
            },
            "The source is attached.",
        ),
        "detach": (f"/evidence/{piece.pk}/detach/", {}, "The source is detached"),
        "highlight": (
            f"/articles/{edition.article_id}/highlight/",
            {"desk": edition.pk, "quote": "Before."},
            "A claim was made of these words.",
        ),
    }[deed]

    answer = desk.post(address, sent, follow=True)

    assert sentence in text(answer)


def test_who_saved_meanwhile_is_named(client, editor):
    claim = make.claim(by=editor)
    colleague = make.editor("lou")
    sent = {"seen": claim.version, "statement": "Theirs.", "kind": "event"}
    address = f"/claims/{claim.pk}/write/"
    as_person(client, colleague).post(address, sent)

    answer = as_person(client, editor).post(address, sent | {"statement": "Mine."})

    assert answer.status_code == 409
    conflict = answer.text.partition('class="conflict"')[2].partition("</dl>")[0]
    assert "lou" in conflict and "<time" in conflict


def test_only_what_must_be_filled_in_is_marked_so(desk, editor):
    claim = make.claim(by=editor)

    form = desk.get(claim.get_absolute_url()).text.partition('id="attach-form"')[2]

    for name, is_marked in [("title", True), ("publisher", True), ("locator", False)]:
        label = form.partition(f'for="attach-{name}"')[2].partition("</label>")[0]
        assert ("required" in label) == is_marked
    login = desk.get("/accounts/password/change/")
    assert "needed" not in login.text


def test_the_material_of_a_fact_check_is_beside_its_form(desk, editor):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    words = text(desk.get(f"/claims/{claim.pk}/fact-check/"))

    assert "Indeed." in words  # the excerpt
    assert "We saw it." in words  # a verdict
    assert "Decision" in words


def test_a_blind_verdict_stays_blind_beside_the_form(desk, editor):
    claim = make.claim(by=editor, status=ClaimStatus.IN_REVIEW)
    reviewing.give_verdict(
        claim, make.ratings()["true"], reason="Secret reason.", by=make.reviewer()
    )

    words = text(desk.get(f"/claims/{claim.pk}/fact-check/"))

    assert "Indeed." in words
    assert "Secret reason." not in words


def test_a_lost_csrf_cookie_is_no_dead_end(editor):
    claim = make.claim(by=editor)
    stranger = Client(enforce_csrf_checks=True)
    own = {"Origin": "http://testserver", "HX-Request": "true"}

    answer = stranger.post(f"/claims/{claim.pk}/write/", {}, headers=own)

    assert answer.status_code == 403
    problem = answer.text.partition('id="problem"')[2].partition("</p>")[0]
    assert "/accounts/login/" in problem
