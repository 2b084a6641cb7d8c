"""What a single value, or two rows of a kind, may be."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from annotations.models import (
    Article,
    Claimant,
    ClaimStatus,
    Edition,
    Evidence,
    Rating,
    RatingScale,
    Source,
    User,
)
from tests import make

from .refusing import refused

BAD_VALUES = [
    (Article, {"address": "javascript:alert(1)"}, "article_address_is_on_the_web"),
    (Article, {"address": "https:///etc"}, "article_address_is_on_the_web"),
    (Article, {"language": "de"}, "article_language_is_known"),
    (Source, {"address": "data:text/html,x"}, "source_address_is_on_the_web"),
    (Source, {"kind": "tertiary"}, "source_kind_is_known"),
    (Evidence, {"stance": "doubts"}, "evidence_stance_is_known"),
    (Evidence, {"detached_at": "2025-01-01T00:00Z"}, "evidence_is_detached_by"),
    (Claimant, {"name": ""}, "claimant_has_a_name"),
    (Claimant, {"kind": "robot"}, "claimant_kind_is_known"),
    (Claimant, {"wikidata_id": "42"}, "claimant_wikidata_id_has_its_form"),
    (User, {"language": "de"}, "user_language_is_known"),
    (Rating, {"colour": "mauve"}, "rating_colour_is_known"),
    (Rating, {"icon": "star"}, "rating_icon_is_known"),
    (Rating, {"number": 0}, "rating_number_is_positive"),
]


@pytest.mark.parametrize(("model", "change", "rule"), BAD_VALUES)
def test_a_value_is_one_of_those_that_there_are(db, model, change, rule):
    claim = make.claim(statement="So.")
    make.evidence(claim)
    make.ratings()
    row = model.objects.order_by("pk").first()

    with refused(rule):
        model.objects.filter(pk=row.pk).update(**change)


def test_two_of_a_kind_are_told_to_be_one(editor):
    make.edition(address="https://example.org/a/")
    make.claim(statement="So.", claimant="Ada Lovelace")
    make.evidence(make.claim(), address="https://example.org/s")
    ratings = make.ratings()
    spare = {"label_fr": "x", "label_en": "x", "definition_fr": "x"}
    spare |= {"definition_en": "x", "scale": ratings["true"].scale, "colour": "grey"}

    for twin, words in [
        (Article(headline="A", address="https://example.org/a/"), "here already"),
        (Claimant(name="ADA LOVELACE"), "claimant is here already"),
        (
            Source(title="A", publisher="P", address="https://example.org/s"),
            "source is here already",
        ),
        (User(username="x", password="x", email=editor.email.upper()), "e-mail"),
        (RatingScale(name="Second", is_current=True), "Another scale is in use"),
        (Rating(code="true", order=9, icon="question", **spare), "code already"),
        (Rating(code="new", order=1, icon="question", **spare), "at one place"),
        (Rating(code="new", order=9, icon="check", **spare), "has this icon"),
    ]:
        if hasattr(twin, "added_by_id"):
            twin.added_by = editor
        with pytest.raises(ValidationError, match=words):
            twin.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


def test_a_text_is_there_and_bearable(editor):
    article = make.article()

    for text in ("", "x" * 500_001):
        with refused("edition_text_is_there_and_bearable"):
            Edition.objects.create(
                article=article, number=2, text=text, blocks=[], retrieved_by=editor
            )
    with refused("edition_once_per_number"):
        Edition.objects.create(
            article=article, number=1, text="So.", blocks=[], retrieved_by=editor
        )


def test_a_rating_that_was_given_is_retired_and_not_deleted(db):
    make.claim(status=ClaimStatus.DECIDED)

    with pytest.raises(ProtectedError):
        Rating.objects.get(code="true").delete()
