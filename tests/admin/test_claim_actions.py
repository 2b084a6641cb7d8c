import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from annotations import publishing, reviewing
from annotations.models import ClaimStatus
from tests import make
from tests.admin.browsing import CLAIMS, answer, choose, form_of, press, status_of


def disputed(**fields):
    claim = make.claim(status=ClaimStatus.IN_REVIEW, **fields)
    for code in ("true", "false"):
        reviewing.give_verdict(
            claim, make.ratings()[code], reason=f"It is {code}.", by=make.reviewer()
        )
    return claim


def test_claims_are_sent_to_review_from_the_list(browser):
    ready = [make.claim(statement="It is round.") for _ in range(2)]
    for claim in ready:
        make.evidence(claim)

    page = choose(browser, "send_to_review", *ready)

    assert "Sent 2 claims to review." in page.text
    assert {status_of(claim) for claim in ready} == {ClaimStatus.IN_REVIEW}


def test_a_claim_that_is_refused_is_named_and_the_others_go_through(browser):
    ready = make.claim(statement="It is round.")
    make.evidence(ready)
    bare = make.claim("The sea is dry.", statement="The sea is dry.")

    page = choose(browser, "send_to_review", ready, bare)

    assert "“The sea is dry.”: Attach at least one source" in page.text
    assert "Sent 1 claim to review." in page.text
    assert status_of(bare) == ClaimStatus.OPEN


def test_a_claim_that_has_left_the_filtered_list_is_named_not_forgotten(browser):
    claim = make.claim("It is round.", status=ClaimStatus.IN_REVIEW)

    page = choose(
        browser, "send_to_review", claim, address=f"{CLAIMS}?status__exact=open"
    )

    assert "It is “In review”; this step does not start there." in page.text


def test_a_claim_is_sent_back_from_its_form_with_a_reason(browser, moderator):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)

    asked = press(browser, "send_back", claim)
    page = answer(browser, asked, reason="The source is missing its date.")

    assert "Sent 1 claim back." in page.text
    assert status_of(claim) == ClaimStatus.OPEN
    step = claim.transitions.last()
    assert (step.by, step.reason) == (moderator, "The source is missing its date.")


def test_a_reason_that_is_missing_is_asked_for_again(browser):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)

    page = answer(browser, choose(browser, "send_back", claim), reason="")

    assert page.status_code == 422
    assert "This field is required." in page.text
    assert status_of(claim) == ClaimStatus.IN_REVIEW


def test_a_claim_that_moved_while_the_reason_was_written_stays_where_it_is(browser):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    asked = choose(browser, "send_back", claim)
    for _ in range(2):
        reviewing.give_verdict(
            claim, make.ratings()["true"], reason="Seen.", by=make.reviewer()
        )

    page = answer(browser, asked, reason="Too early.")

    assert "Somebody else has changed it meanwhile." in page.text
    assert status_of(claim) == ClaimStatus.DECIDED


def test_a_claim_is_assigned_to_a_colleague(browser, editor):
    claim = make.claim()

    page = answer(browser, press(browser, "assign", claim), to=editor.pk)

    assert "Assigned 1 claim." in page.text
    claim.refresh_from_db()
    assert claim.assigned_to == editor


def test_claims_are_dropped_and_taken_up_again(browser):
    claims = [make.claim(), make.claim()]

    page = answer(browser, choose(browser, "drop", *claims), reason="An opinion.")
    assert "Dropped 2 claims." in page.text
    assert {status_of(claim) for claim in claims} == {ClaimStatus.DROPPED}

    page = choose(browser, "take_up", *claims)
    assert "Took 2 claims up again." in page.text
    assert {status_of(claim) for claim in claims} == {ClaimStatus.OPEN}


def test_a_decided_claim_is_put_to_a_new_round(browser):
    claim = make.claim(status=ClaimStatus.DECIDED)

    page = answer(browser, press(browser, "new_round", claim), reason="New figures.")

    assert "Put 1 claim to a new round." in page.text
    claim.refresh_from_db()
    assert (claim.status, claim.round) == (ClaimStatus.IN_REVIEW, 2)


def test_where_verdicts_differ_a_moderator_decides(browser, moderator):
    claim = disputed()

    asked = press(browser, "decide", claim)
    assert "It is false." in asked.text
    rating = make.ratings()["imprecise"]
    page = answer(browser, asked, rating=rating.pk, reason="Both are half right.")

    assert "Decided 1 claim." in page.text
    assert status_of(claim) == ClaimStatus.DECIDED
    decision = claim.decisions.get()
    assert (decision.rating, decision.by) == (rating, moderator)


def test_a_claim_whose_verdicts_are_not_in_is_not_decided(browser):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    make.ratings()
    assert 'value="decide"' not in browser.get(form_of(claim)).text

    asked = press(browser, "decide", claim)
    rating = make.ratings()["true"]
    page = answer(browser, asked, rating=rating.pk, reason="I know.")

    assert "Verdicts are still to come." in page.text
    assert status_of(claim) == ClaimStatus.IN_REVIEW


def test_a_decided_claim_is_published_under_an_embargo(browser, moderator):
    claim = make.claim(status=ClaimStatus.DECIDED)
    page = make.factcheck(claim)

    asked = press(browser, "publish", claim)
    done = answer(browser, asked, embargo_until="2099-01-01T08:00")

    assert "1 fact-check is ready; readers see it from Jan. 1, 2099" in done.text
    page.refresh_from_db()
    assert page.published_by == moderator
    assert page.embargo_until.year == 2099


def test_whoever_publishes_is_shown_what_readers_get(browser):
    claim = make.claim(status=ClaimStatus.DECIDED)
    page = make.factcheck(claim, title="Is it so?", summary="It is not.")

    asked = press(browser, "publish", claim).text

    assert f'href="/claims/{claim.pk}/preview/"' in asked
    for words in (page.title, page.summary, "✓ True", f"Written by {page.author}"):
        assert words in asked


def test_an_embargo_that_is_over_is_corrected_in_place(browser):
    claim = make.claim(status=ClaimStatus.DECIDED)
    make.factcheck(claim)

    asked = press(browser, "publish", claim)
    again = answer(browser, asked, embargo_until="2020-01-01T08:00")

    assert "The embargo ends in the past." in again.text
    assert 'value="2020-01-01T08:00"' in again.text
    assert status_of(claim) == ClaimStatus.DECIDED


@pytest.mark.parametrize("action", ["publish", "retract", "decide"])
def test_a_step_that_does_not_start_there_is_refused_for_that_reason(browser, action):
    claim = make.claim()

    asked = press(browser, action, claim)
    rating = make.ratings()["true"].pk
    done = answer(browser, asked, reason="So.", rating=rating)

    assert "It is “Open”; this step does not start there." in done.text


def test_a_fact_check_that_changed_since_it_was_read_is_not_published(browser):
    claim = make.claim(status=ClaimStatus.DECIDED)
    page = make.factcheck(claim)
    asked = press(browser, "publish", claim)
    publishing.write_factcheck(
        claim,
        seen=page.version,
        by=page.author,
        title="Another title",
        summary="Another answer.",
        body="",
        exception="",
    )

    done = answer(browser, asked)

    assert "Somebody else has changed it meanwhile." in done.text
    assert status_of(claim) == ClaimStatus.DECIDED


def test_a_published_claim_is_retracted_with_a_reason(browser):
    claim = make.claim(status=ClaimStatus.PUBLISHED)

    page = answer(browser, press(browser, "retract", claim), reason="We were wrong.")

    assert "Retracted 1 claim." in page.text
    assert status_of(claim) == ClaimStatus.RETRACTED


def test_a_superuser_cannot_publish_what_they_wrote(client, superuser):
    claim = make.claim(by=superuser, status=ClaimStatus.DECIDED)
    make.factcheck(claim, by=superuser)
    client.force_login(superuser)
    assert 'value="publish"' not in client.get(form_of(claim)).text

    for asked in (press(client, "publish", claim), choose(client, "publish", claim)):
        page = answer(client, asked)

        assert "four eyes see more" in page.text
        assert status_of(claim) == ClaimStatus.DECIDED


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (ClaimStatus.OPEN, {"assign", "send_to_review", "drop"}),
        (ClaimStatus.DROPPED, {"take_up"}),
        (ClaimStatus.IN_REVIEW, {"assign", "send_back"}),
        (ClaimStatus.DECIDED, {"assign", "send_back", "new_round"}),
        (ClaimStatus.PUBLISHED, {"retract"}),
        (ClaimStatus.RETRACTED, set()),
    ],
)
def test_the_form_offers_what_can_be_done_from_here(browser, status, offered):
    claim = make.claim(status=status)

    page = browser.get(form_of(claim))

    field = page.context["action_form"].fields["action"]
    assert {name for name, _ in field.choices} == offered


def test_actions_show_only_to_those_who_may(db, client):
    person = make.user("trainee", "editors", is_staff=True)
    claim = make.claim(status=ClaimStatus.PUBLISHED)
    client.force_login(person)

    page = choose(client, "retract", claim)

    assert 'value="retract"' not in page.text
    assert status_of(claim) == ClaimStatus.PUBLISHED


def test_more_rows_than_anybody_has_looked_at_are_refused(browser, monkeypatch):
    monkeypatch.setattr("annotations.admin.confirmations.MOST", 1)
    claims = [make.claim(), make.claim()]

    page = choose(browser, "drop", *claims)

    assert "Choose at most 1 at a time." in page.text


def test_an_action_on_everything_that_was_found_reaches_the_rows_of_other_pages(
    browser, monkeypatch
):
    monkeypatch.setattr("annotations.admin.claims.ClaimAdmin.list_per_page", 1)
    claims = [make.claim(), make.claim()]
    data = {
        "action": "drop",
        "index": 0,
        "select_across": 1,
        ACTION_CHECKBOX_NAME: [claims[0].pk],
    }

    page = answer(browser, browser.post(CLAIMS, data), reason="An opinion.")

    assert "Dropped 2 claims." in page.text
