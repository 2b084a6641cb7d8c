from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotations.models import Claim, ClaimStatus, FactCheck, Revision, User
from annotations.publishing import PublishRefused, publish, retract, write_factcheck
from annotations.refusals import Stale
from annotations.sourcing import detach
from tests import make
from tests.test_reviewing import disagree, in_review, judge


def decided(**fields) -> FactCheck:
    """A fact-check of a decided claim, which only waits for a publisher."""
    claim = make.claim(status=ClaimStatus.DECIDED)
    return make.factcheck(claim, **fields)


def rewrite(page, *, by, seen=None, **fields):
    fields = {"title": "New", "summary": "Yes.", "body": "", "exception": ""} | fields
    seen = page.version if seen is None else seen
    return write_factcheck(page.claim, seen=seen, by=by, **fields)


def refused(page, *, by, **options) -> str:
    """What the person reads whose publication is refused; readers see nothing."""
    with pytest.raises(PublishRefused) as refusal:
        publish(page, by=by, **options)
    page.refresh_from_db()
    assert page.published_at is None
    assert not Revision.objects.exists()
    return str(refusal.value)


def test_a_fact_check_is_published_with_all_that_readers_see(moderator):
    page = decided(title="Is it round?", summary="It is.")

    revision = publish(page, by=moderator)

    page.refresh_from_db()
    assert page.published_by == moderator
    assert page.claim.status == ClaimStatus.PUBLISHED
    assert list(FactCheck.objects.public()) == [page]
    content = revision.content
    assert (content["title"], content["summary"]) == ("Is it round?", "It is.")
    assert content["statement"] == page.claim.statement
    assert content["claimant"]["name"] == "Ada Lovelace"
    assert content["rating"]["code"] == "true"
    assert len(content["evidence"]) == 2
    assert content["appearances"][0]["quote"] == "It is round."
    assert content["author"] == str(page.author)
    assert content["approved_by"] == "moderator"
    assert page.claim.transitions.last().by == moderator


def test_publishing_needs_its_permission(editor, reviewer):
    page = decided()

    assert refused(page, by=editor) == refused(page, by=reviewer)
    assert refused(page, by=editor) == "You may not publish."


def test_a_claim_that_is_not_decided_is_not_published(moderator):
    page = make.factcheck(in_review())

    assert "once it is decided; this one is “In review”" in refused(page, by=moderator)


@pytest.mark.parametrize("summary", ["", " \n"])
def test_readers_are_owed_a_summary(moderator, summary):
    page = decided(summary=summary)

    message = refused(page, by=moderator)

    assert message == "Write the summary: readers see it first."


def test_sources_of_one_publisher_are_not_enough(moderator):
    claim = make.claim(status=ClaimStatus.OPEN, statement="So.")
    make.newsroom()
    for publisher in ("Agency", "AGENCY"):
        make.evidence(claim, publisher=publisher)
    detach(make.evidence(claim, publisher="Institute"), by=claim.created_by)
    page = to_decided(claim)

    message = refused(page, by=moderator)

    assert message == (
        "Attach sources of two different publishers, "
        "or write down the exception for readers."
    )


def to_decided(claim) -> FactCheck:
    from annotations.workflow import move

    move(claim, ClaimStatus.IN_REVIEW, by=claim.created_by)
    judge(claim)
    judge(claim)
    claim.refresh_from_db()
    return make.factcheck(claim)


def test_an_exception_in_writing_is_shown_to_readers(moderator):
    claim = make.claim(statement="So.")
    make.newsroom()
    make.evidence(claim)
    page = to_decided(claim)
    page = rewrite(page, by=page.author, exception="Nobody else measures it.")

    revision = publish(page, by=moderator)

    assert revision.content["exception"] == "Nobody else measures it."


def test_without_claimant_or_address_the_markup_would_not_be_valid(moderator):
    edition = make.edition("It is round.", address="")
    claim = make.claim(
        edition=edition, statement="So.", claimant="", claimant_is_unknown=True
    )
    make.newsroom()
    make.evidence(claim)
    make.evidence(claim)
    page = to_decided(claim)

    assert "Name the claimant, or give the article an address" in refused(
        page, by=moderator
    )


def test_an_address_of_our_own_is_not_where_it_was_claimed(moderator):
    edition = make.edition("It is round.", address="https://factcheck.example/a/")
    claim = make.claim(
        edition=edition, statement="So.", claimant="", claimant_is_unknown=True
    )
    make.newsroom()
    make.evidence(claim)
    make.evidence(claim)
    page = to_decided(claim)

    assert "an address that is not our own" in refused(page, by=moderator)


def test_what_somebody_changed_after_it_was_read_is_not_published(moderator):
    read = decided()
    rewrite(read, by=read.author, summary="Something else.")

    with pytest.raises(Stale, match="since you read it"):
        publish(read, by=moderator)

    assert not FactCheck.objects.public().exists()


def test_a_fact_check_is_published_once(moderator):
    page = decided()
    publish(page, by=moderator)

    with pytest.raises(PublishRefused, match="published already"):
        publish(page, by=make.moderator())

    assert Revision.objects.count() == 1


# Four eyes, tried at every door that there is below the pages.


@pytest.fixture
def boss(db) -> User:
    """May do everything, and wrote the fact-check."""
    return make.user("boss", is_superuser=True, is_staff=True)


def test_a_superuser_does_not_publish_what_they_wrote(boss):
    page = decided(by=boss)

    message = refused(page, by=boss)

    assert message == (
        "Whoever wrote a fact-check cannot publish it: four eyes see more."
    )


def test_a_superuser_does_not_publish_what_they_wrote_on(boss):
    page = rewrite(decided(), by=boss)
    assert page.author != boss

    assert "four eyes see more" in refused(page, by=boss)


def by_update(page, by):
    FactCheck.objects.filter(pk=page.pk).update(
        published_by=by, published_at=timezone.now()
    )


def by_save(page, by):
    page.published_by, page.published_at = by, timezone.now()
    page.save()


def by_sql(page, by):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_factcheck SET published_by_id = %s,"
            " published_at = now() WHERE id = %s",
            [by.pk, page.pk],
        )


@pytest.mark.parametrize("door", [by_update, by_save, by_sql])
def test_the_database_refuses_a_publisher_who_is_the_author(boss, door):
    page = decided(by=boss)

    with (
        pytest.raises(IntegrityError, match=r"factcheck_.*publish"),
        transaction.atomic(),
    ):
        door(page, boss)

    assert not FactCheck.objects.public().exists()


@pytest.mark.parametrize("door", [by_update, by_save, by_sql])
def test_the_database_refuses_a_publisher_who_wrote_on_the_claim(boss, door):
    page = rewrite(decided(), by=boss)

    with (
        pytest.raises(IntegrityError, match="factcheck_publisher_wrote_nothing"),
        transaction.atomic(),
    ):
        door(page, boss)

    assert not FactCheck.objects.public().exists()


def test_another_author_in_the_same_update_does_not_help(boss, editor):
    page = decided(by=boss)

    with (
        pytest.raises(IntegrityError, match="factcheck_publisher_wrote_nothing"),
        transaction.atomic(),
    ):
        FactCheck.objects.filter(pk=page.pk).update(
            author=editor, published_by=boss, published_at=timezone.now()
        )


# The embargo


def test_readers_see_an_embargoed_fact_check_when_the_embargo_ends(
    moderator, time_machine
):
    page = decided()
    until = timezone.now() + timedelta(hours=2)

    revision = publish(page, by=moderator, embargo_until=until)

    assert not FactCheck.objects.public().exists()
    assert revision.content["published_at"] == until.isoformat()
    time_machine.move_to(until)
    assert list(FactCheck.objects.public()) == [page]


def test_an_embargo_does_not_end_in_the_past(moderator):
    page = decided()

    message = refused(page, by=moderator, embargo_until=timezone.now())

    assert message == "The embargo ends in the past. Choose a later time."


def test_a_fact_check_retracted_under_embargo_was_never_seen(moderator):
    page = decided()
    publish(page, by=moderator, embargo_until=timezone.now() + timedelta(days=1))

    retract(page, reason="We were wrong.", by=moderator)

    assert not FactCheck.objects.past_embargo().exists()


# The retraction


def test_a_retracted_fact_check_leaves_its_reason(moderator):
    page = decided()
    publish(page, by=moderator)

    retract(page, reason=" We were wrong. ", by=moderator)

    page.refresh_from_db()
    assert (page.retraction, page.retracted_by) == ("We were wrong.", moderator)
    assert page.claim.status == ClaimStatus.RETRACTED
    assert not FactCheck.objects.public().exists()
    assert list(FactCheck.objects.past_embargo()) == [page]
    assert page.claim.transitions.last().reason == "We were wrong."


def test_a_retraction_needs_permission_reason_and_publication(editor, moderator):
    page = decided()

    with pytest.raises(PublishRefused, match="not published, so it cannot"):
        retract(page, reason="Wrong.", by=moderator)
    publish(page, by=moderator)
    with pytest.raises(PublishRefused, match="may not retract"):
        retract(page, reason="Wrong.", by=editor)
    with pytest.raises(PublishRefused, match="Give the reason"):
        retract(page, reason=" \n", by=moderator)
    retract(page, reason="Wrong.", by=moderator)
    with pytest.raises(PublishRefused, match="cannot be retracted"):
        retract(page, reason="Again.", by=moderator)

    assert Revision.objects.count() == 1


# Writing the fact-check


def test_whoever_writes_a_fact_check_is_an_author_of_the_claim(editor):
    page = decided()

    page = rewrite(page, by=editor, title="New", body="So.")

    assert (page.title, page.body, page.version) == ("New", "So.", 2)
    assert editor in page.claim.authors.all()
    assert page.author != editor


def test_only_editors_write_fact_checks(reviewer, moderator):
    page = decided()

    for person in (reviewer, moderator):
        with pytest.raises(PublishRefused, match="may not write fact-checks"):
            rewrite(page, by=person)


def test_two_who_save_the_same_fact_check_lose_nothing(editor):
    page = decided()
    rewrite(page, by=editor, title="First")

    for seen in (page.version, 0):
        with pytest.raises(Stale) as stale:
            rewrite(page, by=make.editor(), seen=seen, title="Second")
        assert stale.value.current.title == "First"


@pytest.mark.parametrize("status", ["published", "retracted", "dropped"])
def test_a_fact_check_is_not_written_any_more(editor, status):
    claim = make.claim(status=ClaimStatus(status))

    with pytest.raises(PublishRefused, match="is not written any more"):
        write_factcheck(
            claim, seen=1, by=editor, title="T", summary="", body="", exception=""
        )


def test_whoever_judged_a_claim_does_not_write_its_fact_check(db):
    both = make.user("both", "editors", "reviewers")
    claim = in_review()
    judge(claim, by=both)

    for _round in ("in review", "decided"):
        with pytest.raises(PublishRefused, match="You judged this claim"):
            make.factcheck(claim, by=both)
        judge(claim) if claim.status == ClaimStatus.IN_REVIEW else None
        claim.refresh_from_db()

    assert claim.status == ClaimStatus.DECIDED


def test_whoever_decided_a_dispute_does_not_write_the_fact_check(db):
    from annotations.reviewing import decide

    both = make.user("both", "editors", "moderators")
    claim = disagree()
    decide(claim, make.ratings()["true"], reason="So.", by=both)

    with pytest.raises(PublishRefused, match="You judged this claim"):
        make.factcheck(claim, by=both)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’affaire des 14,3 milliards", "laffaire-des-14-3-milliards"),
        ("Près de 40\u202f000 emplois", "pres-de-40000-emplois"),
        ("?!", "verification"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("a" * 200, "a" * 80),
    ],
)
def test_an_address_is_made_of_the_title(db, title, slug):
    assert decided(title=title).slug == slug


def test_an_address_follows_the_title_until_it_is_published(db):
    page = decided(title="Is it 3,4 or 34?")

    page = rewrite(page, by=page.author, title="Is it four?")

    assert page.slug == "is-it-four"
    assert rewrite(page, by=page.author, title="Is it four?").slug == "is-it-four"


def test_two_fact_checks_of_one_title_have_two_addresses(db):
    first, second = decided(title="Is it so?"), decided(title="Is it so?")

    assert (first.slug, second.slug) == ("is-it-so", "is-it-so-2")


@pytest.mark.django_db(transaction=True)
def test_two_fact_checks_of_one_title_written_at_once_have_two_addresses():
    claims = [make.claim(), make.claim()]
    people = [make.editor(), make.editor()]
    together = Barrier(2)

    def write(claim: Claim, by: User) -> str:
        together.wait(timeout=10)
        try:
            return make.factcheck(claim, by=by, title="Is it so?").slug
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        slugs = set(threads.map(write, claims, people))

    assert slugs == {"is-it-so", "is-it-so-2"}
