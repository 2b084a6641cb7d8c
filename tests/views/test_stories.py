"""The page with a claim's whole story."""

import pytest
from django.test import Client

from annotations import reviewing, workflow
from annotations.models import ClaimStatus
from tests import make

pytestmark = pytest.mark.django_db


def address(claim, **asked: object) -> str:
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return f"/claims/{claim.pk}/story/?{query}"


def lines(page) -> int:
    return page.text.count('<p class="deed">')


def test_the_story_says_who_did_what_and_why(desk, editor):
    claim = make.claim(status=ClaimStatus.DROPPED, by=editor)

    page = desk.get(address(claim)).text

    assert "<strong>editor</strong> highlighted the claim." in page
    assert "moved the claim from “Open” to “Dropped”." in page
    assert "<p>Not checkable.</p>" in page


def test_it_is_told_by_kind_and_by_person(desk, editor):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    everything = lines(desk.get(address(claim)))

    evidence = desk.get(address(claim, kind="evidence"))
    assert lines(evidence) == 2
    assert "Supports" in evidence.text
    theirs = desk.get(address(claim, person=editor.pk))
    reviewer = claim.verdicts.first().reviewer
    verdict = desk.get(address(claim, person=reviewer.pk, kind="verdicts"))
    assert lines(verdict) == 1
    assert 0 < lines(theirs) < everything
    nobody = desk.get(address(claim, kind="passages", person=reviewer.pk))
    assert "Nothing of the kind happened." in nobody.text


def test_a_long_story_comes_in_pages_or_whole(desk, editor):
    claim = make.claim(by=editor)
    for number in range(60):
        type(claim).objects.filter(pk=claim.pk).update(note=f"Note {number}")

    first = desk.get(address(claim))
    assert lines(first) == 50
    assert "page=2" in first.text
    second = desk.get(address(claim, page=2))
    assert lines(second) == 12
    assert "Note 59" in second.text
    whole = desk.get(address(claim, all=1))
    assert lines(whole) == 62
    assert 'rel="next"' not in whole.text


def test_what_people_write_is_text_and_not_markup(desk, editor):
    claim = make.claim(by=editor)
    type(claim).objects.filter(pk=claim.pk).update(note="<script>alert(1)</script>")

    assert "<script>alert" not in desk.get(address(claim)).text


def test_a_reviewer_sees_nothing_of_a_running_round(client):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    early, late = make.reviewer("early"), make.reviewer("late")
    client.force_login(late)
    before = client.get(address(claim)).text
    reviewing.give_verdict(
        claim, make.ratings()["true"], reason="I saw the cheese.", by=early
    )

    after = client.get(address(claim)).text

    assert "early" not in after
    assert "cheese" not in after
    assert "Verdicts and decisions" not in after
    assert lines(client.get(address(claim))) == before.count('<p class="deed">')
    both = Client()
    both.force_login(early)
    assert "I saw the cheese." in both.get(address(claim)).text


def test_the_panel_leads_to_the_story(desk, editor):
    claim = make.claim(by=editor)

    assert address(claim).rstrip("?") in desk.get(claim.get_absolute_url()).text


def test_there_is_no_story_of_no_claim(desk):
    assert desk.get("/claims/999999/story/").status_code == 404


def test_the_story_asks_as_much_however_long_it_is(
    desk, editor, django_assert_max_num_queries, django_assert_num_queries
):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    with django_assert_max_num_queries(16) as short:
        desk.get(address(claim, all=1))

    for _ in range(3):
        workflow.move(claim, ClaimStatus.OPEN, by=make.moderator(), reason="Again.")
        make.evidence(claim)
        for number in range(10):
            type(claim).objects.filter(pk=claim.pk).update(
                note=f"{number}", assigned_to=make.editor()
            )
        make.take(claim, ClaimStatus.DECIDED, by=editor)
    with django_assert_num_queries(len(short)):
        assert lines(desk.get(address(claim, all=1))) > 50
