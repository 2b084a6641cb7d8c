import pytest

from annotations.models import Claim, ClaimStatus, FactCheck, Newsroom, User
from annotations.models.claims import STEPS
from annotations.workflow import (
    MOVES,
    MoveRefused,
    assign,
    missing,
    move,
    next_steps,
)
from tests import make

PAIRS = [(old, new) for old in ClaimStatus for new in ClaimStatus]

# Who may take which step; a row for every step that there is.
MAY = {
    ("suggested", "open"): {"editors"},
    ("suggested", "dropped"): {"editors", "moderators"},
    ("open", "in_review"): {"editors", "moderators"},
    ("open", "dropped"): {"editors", "moderators"},
    ("dropped", "open"): {"editors", "moderators"},
    ("in_review", "open"): {"reviewers", "moderators"},
    ("in_review", "decided"): {"reviewers", "moderators"},
    ("decided", "open"): {"reviewers", "moderators"},
    ("decided", "in_review"): {"reviewers", "moderators"},
    ("decided", "published"): {"moderators"},
    ("published", "retracted"): {"moderators"},
}


def claim_in(status: str) -> Claim:
    """A claim that came to `status` the way people take it there."""
    if status == ClaimStatus.SUGGESTED:
        return Claim.objects.create(created_by=make.editor(), status=status)
    return make.claim(status=ClaimStatus(status))


def reason_for(old: str, new: str) -> str:
    return "It has to be." if MOVES[old, new].needs_reason else ""


def refusal(
    claim: Claim, to: ClaimStatus, *, by: User, reason: str = "Because."
) -> str:
    """What the person reads whose step is refused; the claim stays where it is."""
    seen = claim.status
    with pytest.raises(MoveRefused) as refused:
        move(claim, to, by=by, reason=reason)
    assert Claim.objects.get(pk=claim.pk).status == seen
    return str(refused.value)


def test_the_table_of_who_may_has_a_row_for_every_step():
    assert MAY.keys() == MOVES.keys() == set(STEPS)


def test_a_step_is_taken_and_written_down(editor):
    claim = make.claim(by=editor, statement="It is round.")
    make.evidence(claim)
    before = claim.moved_at

    step = move(claim, ClaimStatus.IN_REVIEW, by=editor, reason="  Ready. ")

    assert (claim.status, claim.round) == ("in_review", 1)
    assert claim.moved_at >= before
    assert (step.old_status, step.new_status) == ("open", "in_review")
    assert (step.by, step.reason) == (editor, "Ready.")
    assert list(claim.transitions.all()) == [step]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_only_the_listed_steps_exist(admin_user, old, new):
    claim = claim_in(old)

    if (old, new) not in MOVES:
        message = refusal(claim, new, by=admin_user)
        assert message == f"“{old.label}” cannot become “{new.label}”."
        return
    gate = missing(claim, new, by=admin_user)
    if gate:
        assert refusal(claim, new, by=admin_user) == " ".join(gate)
    else:
        move(claim, new, by=admin_user, reason=reason_for(old, new))
        assert Claim.objects.get(pk=claim.pk).status == new


@pytest.mark.parametrize(("old", "new"), list(MOVES))
@pytest.mark.parametrize("group", ["editors", "reviewers", "moderators", None])
def test_each_step_is_taken_by_exactly_these_groups(db, old, new, group):
    claim = claim_in(old)
    person = make.user(None, *([group] if group else []))
    may = group in MAY[old, new]

    assert (ClaimStatus(new) in next_steps(claim, by=person)) is may
    if not may:
        assert refusal(claim, new, by=person) == "You may not take this step."


@pytest.mark.parametrize(
    ("old", "new"), [pair for pair, asked in MOVES.items() if asked.needs_reason]
)
@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_step_back_needs_a_reason(admin_user, old, new, reason):
    claim = claim_in(old)

    message = refusal(claim, new, by=admin_user, reason=reason)

    assert message == "Give a reason: colleagues will read it."


def test_a_step_from_a_stale_page_is_refused(editor, moderator):
    claim = make.claim(by=editor)
    seen = Claim.objects.get(pk=claim.pk)
    move(claim, ClaimStatus.DROPPED, by=editor, reason="An opinion.")

    with pytest.raises(MoveRefused, match="meanwhile: it is “Dropped” now"):
        move(seen, ClaimStatus.DROPPED, by=moderator, reason="An opinion.")

    assert claim.transitions.count() == 1


def test_a_step_from_the_page_of_an_earlier_round_is_refused(editor, moderator):
    seen = make.claim(by=editor, status=ClaimStatus.IN_REVIEW)
    claim = Claim.objects.get(pk=seen.pk)
    move(claim, ClaimStatus.OPEN, by=moderator, reason="A source is missing.")
    move(claim, ClaimStatus.IN_REVIEW, by=editor)

    with pytest.raises(MoveRefused, match="meanwhile"):
        move(seen, ClaimStatus.OPEN, by=moderator, reason="A source is missing.")

    assert claim.round == 2


def test_review_needs_a_statement_a_claimant_and_evidence(editor):
    claim = make.claim(by=editor)

    assert missing(claim, ClaimStatus.IN_REVIEW, by=editor) == [
        "Write the statement: what is claimed, in one sentence.",
        "Name the claimant, or say that the claimant is unknown.",
        "Attach at least one source with the exact words that matter.",
    ]
    assert "Write the statement" in refusal(claim, ClaimStatus.IN_REVIEW, by=editor)


def test_an_unknown_claimant_is_enough_for_review(editor):
    claim = make.claim(
        by=editor, statement="It is round.", claimant="", claimant_is_unknown=True
    )
    make.evidence(claim)

    move(claim, ClaimStatus.IN_REVIEW, by=editor)

    assert claim.status == ClaimStatus.IN_REVIEW


@pytest.mark.parametrize("excerpt", ["", "  \n"])
def test_evidence_without_words_is_none_for_review(editor, excerpt):
    claim = make.claim(by=editor, statement="It is round.")
    make.evidence(claim, excerpt=excerpt)

    message = refusal(claim, ClaimStatus.IN_REVIEW, by=editor)

    assert message == "Attach at least one source with the exact words that matter."


def test_evidence_that_was_detached_is_none_for_review(editor):
    from annotations.sourcing import detach

    claim = make.claim(by=editor, statement="It is round.")
    detach(make.evidence(claim), by=editor)

    assert "Attach at least one source" in refusal(
        claim, ClaimStatus.IN_REVIEW, by=editor
    )


def test_a_claim_in_review_cannot_be_decided_while_verdicts_are_to_come(reviewer):
    from annotations.reviewing import give_verdict

    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    before = refusal(claim, ClaimStatus.DECIDED, by=reviewer)
    give_verdict(claim, make.ratings()["true"], reason="Yes.", by=make.reviewer())

    after = refusal(claim, ClaimStatus.DECIDED, by=reviewer)

    # The sentence is the same, so that it does not tell how many there are.
    assert before == after == "Verdicts are still to come."


def test_a_claim_whose_verdicts_differ_waits_for_a_decision(reviewer):
    from tests.test_reviewing import disagree

    claim = disagree()

    message = refusal(claim, ClaimStatus.DECIDED, by=reviewer)

    assert message == "The verdicts are in; somebody has to decide."


def test_a_decided_claim_reaches_readers_only_with_its_page(moderator):
    claim = make.claim(status=ClaimStatus.DECIDED)
    assert "nothing to publish" in refusal(claim, ClaimStatus.PUBLISHED, by=moderator)
    make.factcheck(claim)

    message = refusal(claim, ClaimStatus.PUBLISHED, by=moderator)

    assert message == "Publish the fact-check itself; its claim follows."


def test_a_published_claim_is_retracted_only_with_its_page(moderator):
    claim = make.claim(status=ClaimStatus.PUBLISHED)

    message = refusal(claim, ClaimStatus.RETRACTED, by=moderator)

    assert message == "Retract the fact-check itself; its claim follows."
    assert FactCheck.objects.get(claim=claim).retracted_at is None


def test_a_claim_that_goes_back_to_review_begins_another_round(editor, moderator):
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)

    move(claim, ClaimStatus.IN_REVIEW, by=moderator, reason="A new source.")

    assert claim.round == 2
    assert claim.verdicts.filter(round=2).count() == 0


def test_the_newsroom_says_how_many_verdicts_are_asked_for(db):
    from annotations.reviewing import give_verdict

    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    Newsroom.objects.update(verdicts_asked=1)

    give_verdict(claim, make.ratings()["true"], reason="Yes.", by=make.reviewer())

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DECIDED


def test_a_moderator_gives_a_claim_to_a_colleague_and_takes_it_back(editor, moderator):
    claim = make.claim()

    assign(claim, editor, by=moderator)
    assert Claim.objects.get(pk=claim.pk).assigned_to == editor

    assign(claim, None, by=moderator)
    assert Claim.objects.get(pk=claim.pk).assigned_to is None


def test_only_moderators_assign_and_only_to_those_who_work_here(editor, moderator):
    claim = make.claim()
    gone = make.user("gone", "editors", is_active=False)

    with pytest.raises(MoveRefused, match="may not assign"):
        assign(claim, editor, by=editor)
    with pytest.raises(MoveRefused, match="gone does not work here any more"):
        assign(claim, gone, by=moderator)

    assert Claim.objects.get(pk=claim.pk).assigned_to is None
