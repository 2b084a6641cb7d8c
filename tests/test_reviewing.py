from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from annotations.models import (
    Claim,
    ClaimStatus,
    Decision,
    Newsroom,
    Rating,
    RatingScale,
    Verdict,
)
from annotations.refusals import Refusal
from annotations.reviewing import ReviewRefused, current_round, decide, give_verdict
from annotations.workflow import MoveRefused, move
from tests import make


def in_review(**fields) -> Claim:
    return make.claim(status=ClaimStatus.IN_REVIEW, **fields)


def judge(claim, code="true", *, by=None, reason="We looked."):
    return give_verdict(
        claim, make.ratings()[code], reason=reason, by=by or make.reviewer()
    )


def disagree(claim=None) -> Claim:
    """A claim in review whose two verdicts differ."""
    claim = claim or in_review()
    judge(claim, "true")
    judge(claim, "false")
    return claim


def test_a_verdict_is_taken_down(reviewer):
    claim = in_review()

    verdict = judge(claim, "false", by=reviewer, reason=" The report says no. ")

    assert (verdict.round, verdict.reviewer) == (1, reviewer)
    assert (verdict.rating.code, verdict.reason) == ("false", "The report says no.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.IN_REVIEW


def test_nobody_sees_the_others_verdicts_or_how_many_before_giving_their_own(db):
    claim = in_review()
    newcomer, moderator = make.reviewer(), make.moderator()

    seen = [current_round(claim, seen_by=newcomer)]
    judge(claim)
    seen.append(current_round(claim, seen_by=newcomer))

    assert seen[0] == seen[1]
    for person in (newcomer, moderator, claim.created_by):
        hidden = current_round(claim, seen_by=person)
        assert hidden.others_hidden
        assert hidden.verdicts == []
        assert not (hidden.agree or hidden.is_complete or hidden.may_decide)


def test_who_has_given_a_verdict_sees_the_others(reviewer):
    claim = in_review()
    first = judge(claim)
    own = judge(claim, "false", by=reviewer)

    seen = current_round(claim, seen_by=reviewer)

    assert seen.verdicts == [first, own]
    assert seen.own == own
    assert not seen.others_hidden


def test_everybody_sees_the_verdicts_of_a_complete_round(editor):
    claim = disagree()

    seen = current_round(claim, seen_by=editor)

    assert len(seen.verdicts) == 2
    assert seen.is_complete
    assert not seen.agree


def test_the_verdicts_of_an_earlier_round_are_not_those_of_this_one(moderator):
    claim = disagree()
    move(claim, ClaimStatus.OPEN, by=moderator, reason="A source is missing.")
    move(claim, ClaimStatus.IN_REVIEW, by=moderator)
    newcomer = make.reviewer()

    seen = current_round(claim, seen_by=newcomer)

    assert seen.verdicts == []
    assert seen.may_judge


def test_a_person_gives_one_verdict_a_round(reviewer):
    claim = in_review()
    judge(claim, by=reviewer)

    with pytest.raises(ReviewRefused, match="given your verdict already"):
        judge(claim, "false", by=reviewer)

    assert not current_round(claim, seen_by=reviewer).may_judge
    assert Verdict.objects.count() == 1


def test_in_another_round_the_same_person_may_judge_again(reviewer, moderator):
    claim = in_review()
    judge(claim, by=reviewer)
    move(claim, ClaimStatus.OPEN, by=moderator, reason="A source is missing.")
    move(claim, ClaimStatus.IN_REVIEW, by=moderator)

    judge(claim, "false", by=reviewer)

    assert sorted(Verdict.objects.values_list("round", flat=True)) == [1, 2]


@pytest.mark.parametrize("writes", ["highlights", "writes", "writes the fact-check"])
def test_nobody_judges_a_claim_that_they_wrote(db, writes):
    both = make.user("both", "editors", "reviewers")
    claim = make.claim(by=both if writes == "highlights" else None, statement="So.")
    if writes == "writes":
        from tests.test_writing import rewrite

        rewrite(claim, by=both)
    elif writes == "writes the fact-check":
        make.factcheck(claim, by=both)
    make.evidence(claim)
    make.newsroom()
    move(claim, ClaimStatus.IN_REVIEW, by=both)

    with pytest.raises(ReviewRefused, match="You wrote on this claim"):
        judge(claim, by=both)

    assert not current_round(claim, seen_by=both).may_judge


def test_an_editor_gives_no_verdicts(editor):
    claim = in_review()

    with pytest.raises(ReviewRefused, match="may not give verdicts"):
        judge(claim, by=editor)


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_a_verdict_needs_a_reason(reviewer, reason):
    claim = in_review()

    with pytest.raises(ReviewRefused, match="Say why"):
        judge(claim, by=reviewer, reason=reason)


def test_a_rating_out_of_use_is_not_given(reviewer, moderator):
    claim = in_review()
    ratings = make.ratings()
    Rating.objects.filter(code="true").update(retired_at=timezone.now())
    old = RatingScale.objects.create(name="Old")
    stray = Rating.objects.create(
        scale=old,
        code="so",
        label_fr="Bof",
        label_en="So-so",
        definition_fr="Bof.",
        definition_en="So-so.",
        order=1,
        colour="grey",
        icon="question",
    )

    for rating in (Rating.objects.get(pk=ratings["true"].pk), stray):
        with pytest.raises(ReviewRefused, match="not in use any more"):
            give_verdict(claim, rating, reason="Yes.", by=reviewer)
        with pytest.raises(ReviewRefused, match="not in use any more"):
            decide(claim, rating, reason="Yes.", by=moderator)


def test_a_verdict_from_a_stale_page_is_refused(reviewer, moderator):
    seen = in_review()
    claim = Claim.objects.get(pk=seen.pk)
    move(claim, ClaimStatus.OPEN, by=moderator, reason="A source is missing.")

    with pytest.raises(ReviewRefused, match="it is “Open” now"):
        judge(seen, by=reviewer)

    move(claim, ClaimStatus.IN_REVIEW, by=moderator)
    with pytest.raises(ReviewRefused, match="not in that review any more"):
        judge(seen, by=reviewer)


def test_verdicts_beyond_those_asked_for_are_refused(reviewer):
    claim = disagree()

    with pytest.raises(ReviewRefused, match="All the verdicts"):
        judge(claim, by=reviewer)


def test_unanimous_verdicts_decide_the_claim(reviewer):
    claim = in_review()
    judge(claim, "imprecise")

    judge(claim, "imprecise", by=reviewer)

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DECIDED
    decision = claim.decisions.get()
    assert (decision.rating.code, decision.by, decision.reason) == (
        "imprecise",
        reviewer,
        "",
    )
    assert claim.transitions.last().new_status == ClaimStatus.DECIDED


def test_a_moderator_decides_with_a_reason_where_verdicts_differ(moderator):
    claim = disagree()
    assert current_round(claim, seen_by=moderator).may_decide

    decide(claim, make.ratings()["imprecise"], reason=" In between. ", by=moderator)

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DECIDED
    seen = current_round(claim, seen_by=moderator)
    assert (seen.decision.by, seen.decision.reason) == (moderator, "In between.")
    assert claim.transitions.last().by == moderator


def test_a_decision_needs_a_reason_and_a_moderator(reviewer, moderator):
    claim = disagree()

    with pytest.raises(ReviewRefused, match="Give the reason"):
        decide(claim, make.ratings()["true"], reason=" ", by=moderator)
    with pytest.raises(ReviewRefused, match="may not decide"):
        decide(claim, make.ratings()["true"], reason="So.", by=reviewer)

    assert not current_round(claim, seen_by=reviewer).may_decide


def test_a_party_to_the_disagreement_does_not_decide(db):
    both = make.user("both", "reviewers", "moderators")
    claim = in_review()
    judge(claim, "true")
    judge(claim, "false", by=both)

    with pytest.raises(MoveRefused, match="party to the disagreement"):
        decide(claim, make.ratings()["true"], reason="So.", by=both)

    assert not current_round(claim, seen_by=both).may_decide
    assert not Decision.objects.exists()


def test_who_wrote_the_claim_does_not_decide(db):
    both = make.user("both", "editors", "moderators")
    claim = disagree(in_review(by=both))

    with pytest.raises(ReviewRefused, match="Whoever wrote a claim"):
        decide(claim, make.ratings()["true"], reason="So.", by=both)

    assert not current_round(claim, seen_by=both).may_decide


def test_there_is_no_decision_before_the_verdicts_are_in(moderator):
    claim = in_review()
    judge(claim)

    with pytest.raises(Refusal, match="Verdicts are still to come"):
        decide(claim, make.ratings()["true"], reason="So.", by=moderator)

    assert not Decision.objects.exists()


def test_a_claim_is_decided_once(moderator):
    claim = disagree()
    seen = Claim.objects.get(pk=claim.pk)
    decide(claim, make.ratings()["true"], reason="So.", by=moderator)

    with pytest.raises(ReviewRefused, match="it is “Decided” now"):
        decide(seen, make.ratings()["false"], reason="No.", by=make.moderator())


def test_a_round_that_is_complete_because_fewer_are_asked_now_can_be_decided(moderator):
    claim = in_review()
    judge(claim, "true")
    Newsroom.objects.update(verdicts_asked=1)
    assert current_round(claim, seen_by=moderator).may_decide

    with pytest.raises(MoveRefused, match="The verdicts agree"):
        decide(claim, make.ratings()["false"], reason="No.", by=moderator)
    decide(claim, make.ratings()["true"], reason="One is enough.", by=moderator)

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DECIDED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("codes", "status"),
    [(["true", "true"], ClaimStatus.DECIDED), (["true", "false"], "in_review")],
)
def test_two_last_verdicts_at_the_same_time_take_turns(codes, status):
    claim = in_review()
    ratings = make.ratings()
    people = [make.reviewer(), make.reviewer()]
    together = Barrier(2)

    def give(person, code):
        mine = Claim.objects.get(pk=claim.pk)
        together.wait(timeout=10)
        try:
            give_verdict(mine, ratings[code], reason="We looked.", by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(give, people, codes))

    claim.refresh_from_db()
    assert claim.status == status
    assert claim.verdicts.count() == 2
    assert claim.decisions.count() == (status == ClaimStatus.DECIDED)
