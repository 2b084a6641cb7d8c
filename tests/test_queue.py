from datetime import timedelta

import pytest
from django.utils import timezone

from annotations import queue, reviewing, settling, workflow
from annotations.models import Claim, ClaimStatus, User
from tests import make


def board(name, user):
    return next(one for one in queue.boards(user) if one.name == name)


def waiting(name, user):
    return [one.claim for one in board(name, user).oldest]


def judge(claim, *codes):
    reviewers = [make.reviewer() for _ in codes]
    for code, reviewer in zip(codes, reviewers, strict=True):
        reviewing.give_verdict(claim, make.ratings()[code], reason="Seen.", by=reviewer)
    return reviewers


def since(claim, **ago):
    Claim.objects.filter(pk=claim.pk).update(moved_at=timezone.now() - timedelta(**ago))


def test_every_state_is_counted_the_empty_ones_too(db):
    make.claim()
    make.claim()
    make.claim(status=ClaimStatus.DROPPED)

    numbers = dict(queue.numbers_by_status())

    assert numbers[ClaimStatus.OPEN] == 2
    assert numbers[ClaimStatus.DROPPED] == 1
    assert numbers[ClaimStatus.PUBLISHED] == 0
    assert list(numbers) == list(ClaimStatus)


def test_a_claim_waits_for_verdicts_until_they_are_in_and_then_for_a_decision(
    moderator,
):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)

    judge(claim, "true")
    assert waiting("verdicts", moderator) == [claim]
    assert waiting("decision", moderator) == []

    judge(claim, "false")
    assert waiting("verdicts", moderator) == []
    assert waiting("decision", moderator) == [claim]


def test_a_claim_waits_while_the_article_has_changed_under_its_verdict(moderator):
    rows = {
        status: make.carriage(
            f"It weighs {number} tons.", "It is a feather.", status=status
        )
        for number, status in enumerate(ClaimStatus, start=2)
        if status != ClaimStatus.SUGGESTED
    }
    under = [ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED, ClaimStatus.PUBLISHED]

    assert {claim.status for claim in waiting("changed", moderator)} == set(under)
    [first] = [
        one
        for one in board("changed", moderator).oldest
        if one.claim.status == ClaimStatus.IN_REVIEW
    ]
    assert first.claim.created_by in first.people

    for status in under:
        settling.settle(rows[status], None, seen=1, by=moderator)
    assert board("changed", moderator).total == 0


def test_verdicts_of_an_earlier_round_do_not_count(moderator):
    claim = make.claim(status=ClaimStatus.DECIDED)
    workflow.move(claim, ClaimStatus.IN_REVIEW, by=moderator, reason="New figures.")

    assert waiting("verdicts", moderator) == [claim]


def test_a_newsroom_may_ask_for_one_verdict_only(moderator):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    judge(claim, "true")
    make.newsroom(verdicts_asked=1)

    assert waiting("decision", moderator) == [claim]


def test_without_a_newsroom_two_verdicts_are_asked_for(moderator):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    judge(claim, "true")

    assert waiting("verdicts", moderator) == [claim]


def test_a_decided_claim_waits_to_be_published(moderator):
    claim = make.claim(status=ClaimStatus.DECIDED)

    assert waiting("publication", moderator) == [claim]
    [one] = board("publication", moderator).oldest
    assert one.people == [moderator]


def test_who_wrote_a_claim_is_not_among_those_who_could_judge_it(moderator, reviewer):
    author = make.user("author", "editors", "reviewers")
    make.claim(by=author, status=ClaimStatus.IN_REVIEW)

    [one] = board("verdicts", moderator).oldest

    assert one.people == [reviewer]


def test_nobody_can_tell_from_the_board_who_has_judged(moderator, reviewer):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    before = board("verdicts", moderator).oldest[0].people

    reviewing.give_verdict(claim, make.ratings()["true"], reason="Yes.", by=reviewer)

    assert board("verdicts", moderator).oldest[0].people == before


def test_a_party_to_a_disagreement_is_not_among_those_who_could_decide(moderator):
    party = make.user("party", "reviewers", "moderators")
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    reviewing.give_verdict(claim, make.ratings()["true"], reason="Yes.", by=party)
    judge(claim, "false")

    [one] = board("decision", moderator).oldest

    assert one.people == [moderator]


def test_a_reviewer_is_waited_for_until_they_have_judged(reviewer):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    assert waiting("me", reviewer) == [claim]

    reviewing.give_verdict(claim, make.ratings()["true"], reason="Yes.", by=reviewer)

    assert waiting("me", reviewer) == []


@pytest.mark.parametrize("status", [ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED])
def test_nobody_is_waited_for_to_judge_or_publish_what_they_wrote(db, status):
    author = make.user("author", "editors", "reviewers", "moderators")
    make.claim(by=author, status=status)

    assert waiting("me", author) == []


def test_what_is_assigned_waits_for_the_person_until_it_is_over(moderator, editor):
    claim = make.claim()
    workflow.assign(claim, editor, by=moderator)
    assert waiting("me", editor) == [claim]

    workflow.move(claim, ClaimStatus.DROPPED, by=editor, reason="An opinion.")

    assert waiting("me", editor) == []


def test_a_claim_is_open_too_long_after_a_week(moderator):
    fresh, old = make.claim(), make.claim()
    since(fresh, days=6, hours=23)
    since(old, days=7, hours=1)

    assert waiting("long", moderator) == [old]


def test_those_who_have_waited_longest_come_first_and_the_others_are_counted(
    moderator, editor
):
    edition = make.edition(" ".join(f"Claim {n} is here." for n in range(7)), by=editor)
    claims = [
        make.claim(f"Claim {n} is here.", by=editor, edition=edition) for n in range(7)
    ]
    for number, claim in enumerate(claims):
        since(claim, days=10 + number)

    shown = board("long", moderator)

    assert [one.claim for one in shown.oldest] == claims[:1:-1]
    assert shown.total == 7
    assert shown.has_more


def test_the_boards_cost_as_many_queries_however_much_waits(
    moderator, django_assert_num_queries, django_assert_max_num_queries
):
    def more():
        make.claim(status=ClaimStatus.DECIDED)
        make.claim(status=ClaimStatus.IN_REVIEW)
        judge(make.claim(status=ClaimStatus.IN_REVIEW), "true", "false")
        since(make.claim(), days=8)

    more()
    with django_assert_max_num_queries(18) as once:
        queue.boards(User.objects.get(pk=moderator.pk))
    for _ in range(3):
        more()

    with django_assert_num_queries(len(once)):
        queue.boards(User.objects.get(pk=moderator.pk))
