import json
from datetime import date

import pytest
from django.utils import timezone

from annotations.interchange.claimreview import as_script, claim_review, problems
from annotations.models import ClaimStatus, FactCheck, Rating, Revision
from tests import make

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- \u2028\u2029 \" ' & <b>"


def published(**fields) -> Revision:
    claim = make.claim(status=ClaimStatus.PUBLISHED, **fields)
    return Revision.objects.get(factcheck__claim=claim)


def test_everything_that_is_required_and_recommended_is_there():
    edition = make.edition(
        "Before. It is round. After.",
        headline="The shape of it",
        byline="Jo Doe",
        outlet="The Sphere",
        address="https://sphere.example/1",
        published_on=date(2026, 1, 2),
    )
    revision = published(edition=edition, claimed_on=date(2026, 1, 1))

    markup = claim_review(revision, "en")

    page = revision.factcheck
    assert markup == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://factcheck.example/en/verifications/{page.slug}/",
        "name": page.title,
        "description": page.summary,
        "reviewBody": page.body,
        "inLanguage": "fr",
        "datePublished": page.published_at.isoformat(),
        "author": {
            "@type": "Organization",
            "name": "The Daily Check",
            "url": "https://factcheck.example/",
        },
        "claimReviewed": "It is claimed: It is round.",
        "reviewRating": {"@type": "Rating", "alternateName": "True"},
        "itemReviewed": {
            "@type": "Claim",
            "text": "It is claimed: It is round.",
            "datePublished": "2026-01-01",
            "author": {"@type": "Person", "name": "Ada Lovelace"},
            "appearance": [
                {
                    "@type": "Article",
                    "url": "https://sphere.example/1",
                    "headline": "The shape of it",
                    "datePublished": "2026-01-02",
                    "author": {"@type": "Person", "name": "Jo Doe"},
                    "publisher": {"@type": "Organization", "name": "The Sphere"},
                }
            ],
        },
    }


def test_the_french_page_has_the_french_label_and_address():
    revision = published()

    markup = claim_review(revision, "fr")

    assert markup["reviewRating"]["alternateName"] == "true (fr)"
    assert markup["url"] == (
        f"https://factcheck.example/verifications/{revision.factcheck.slug}/"
    )


def test_a_rating_with_a_number_says_where_the_scale_begins_and_ends():
    for number, rating in enumerate(make.ratings().values()):
        Rating.objects.filter(pk=rating.pk).update(number=3 - number)

    markup = claim_review(published(), "en")

    assert markup["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "True",
        "ratingValue": 3,
        "bestRating": 3,
        "worstRating": 1,
    }


def test_what_the_newsroom_does_not_know_is_left_out():
    revision = published(claimant="", claimant_is_unknown=True)

    claimed = claim_review(revision)["itemReviewed"]

    assert "author" not in claimed
    assert "datePublished" not in claimed


def test_an_organisation_is_none_of_a_persons_things():
    revision = published(claimant="Neptune SA", claimant_kind="organisation")
    revision.content["claimant"] |= {"role": "shipyard", "organisation": "Gods & Co"}

    assert claim_review(revision)["itemReviewed"]["author"] == {
        "@type": "Organization",
        "name": "Neptune SA",
        "description": "shipyard",
        "parentOrganization": {"@type": "Organization", "name": "Gods & Co"},
    }


def test_who_was_published_before_claimants_had_a_kind_is_a_person():
    revision = published(claimant="Ada Lovelace")
    del revision.content["claimant"]["kind"]

    author = claim_review(revision)["itemReviewed"]["author"]

    assert author == {"@type": "Person", "name": "Ada Lovelace"}


def test_an_article_in_which_it_stands_twice_is_named_once():
    revision = published()
    revision.content["appearances"] *= 2

    assert len(claim_review(revision)["itemReviewed"]["appearance"]) == 1


def test_a_corrected_page_says_when_it_changed():
    revision = published()
    revision.number = 2
    revision.published_at = timezone.now()

    markup = claim_review(revision)

    assert markup["dateModified"] == revision.published_at.isoformat()


@pytest.mark.parametrize("key", ["statement", "slug"])
def test_markup_that_would_not_be_valid_is_not_made(key):
    revision = published()
    revision.content[key] = " "

    with pytest.raises(ValueError, match="requires"):
        claim_review(revision)


def test_no_text_leaves_its_script_element():
    script = as_script({"name": HOSTILE})

    assert not set("<>&\u2028\u2029") & set(script)
    assert json.loads(script) == {"name": HOSTILE}


def test_nobody_named_and_nowhere_but_here_is_a_problem():
    edition = make.edition(
        "Before. It is round. After.", address="https://factcheck.example/mine/"
    )
    claim = make.claim(edition=edition, claimant="", claimant_is_unknown=True)
    make.newsroom()

    assert ["claimant" in problem for problem in problems(claim)] == [True]


def test_a_newsroom_without_a_name_is_a_problem():
    claim = make.claim()
    make.newsroom(name="")

    assert len(list(problems(claim))) == 1


def test_a_claim_fit_for_readers_has_no_problem():
    claim = make.claim(status=ClaimStatus.PUBLISHED)

    assert list(problems(claim)) == []
    assert FactCheck.objects.public().exists()
