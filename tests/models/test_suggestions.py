"""What the database holds of suggestions by itself."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from annotations.models import (
    Detection,
    DetectorWeights,
    Newsroom,
    Suggestion,
    SuggestionState,
)
from annotations.models.suggestions import ANSWERS
from annotations.suggesting import accept, reject
from tests import make

from .refusing import refused, sql

pytestmark = pytest.mark.django_db


def suggestion(**fields) -> Suggestion:
    edition = fields.pop("edition", None) or make.edition("The moon is round.")
    quote = fields.setdefault("quote", "moon")
    fields.setdefault("start", edition.text.find(quote))
    fields.setdefault("end", fields["start"] + len(quote))
    values = {"score": 1.0, "rank": 1, "reasons": ["named"], "detector": "d"}
    return Suggestion(edition=edition, **values | {"detector_version": "1"} | fields)


def saved(**fields) -> Suggestion:
    made = suggestion(**fields)
    made.save()
    return made


def test_a_suggestion_stands_in_its_text():
    wrong = suggestion(quote="sun", start=4)
    short = suggestion(end=7)

    with refused("suggestion_stands_in_its_text"):
        wrong.save()
    with pytest.raises(ValidationError, match="not as long as its span"):
        short.full_clean()
    with refused("suggestion_stands_in_its_text"):
        short.save()
    with refused("suggestion_quote_fills_its_span"):
        suggestion(quote="", start=3, end=3).save()


def test_a_version_of_a_detector_suggests_words_once():
    first = saved()
    again = suggestion(edition=first.edition)

    with pytest.raises(ValidationError, match="These words are suggested already"):
        again.full_clean()
    with refused("suggestion_once_per_version_of_the_detector"):
        again.save()
    saved(edition=first.edition, detector_version="2")


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("suggestion_names_its_detector", {"detector": ""}),
        ("suggestion_names_its_detector", {"detector_version": ""}),
        ("suggestion_(state_is_known|is_answered)", {"state": "lost"}),
        ("suggestion_is_answered_by_somebody", {"state": "rejected"}),
        ("suggestion_is_answered_by_somebody", {"answered_at": timezone.now()}),
    ],
)
def test_what_is_recorded_of_it_is_whole(rule, fields):
    with pytest.raises(ValidationError):
        suggestion(**fields).full_clean()
    with refused(rule):
        saved(**fields)


def test_what_is_accepted_is_a_claim_and_nothing_else_is(editor):
    answered = {"answered_by": editor, "answered_at": timezone.now()}

    with refused("suggestion_accepted_is_a_claim"):
        saved(state="accepted", **answered)
    with refused("suggestion_accepted_is_a_claim"):
        saved(state="rejected", claim=make.claim(), **answered)
    with refused("suggestion_accepted_is_a_claim"):
        saved(claim=make.claim())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("quote", "nomo"),
        ("score", 2),
        ("rank", 9),
        ("reasons", "[]"),
        ("detector", "e"),
    ],
)
def test_what_was_found_never_changes_and_never_goes(column, value):
    saved()

    with refused("Cannot update rows"):
        sql(f"UPDATE annotations_suggestion SET {column} = %s", value)  # noqa: S608
    with refused("Cannot delete rows"):
        sql("DELETE FROM annotations_suggestion")


def test_an_answer_is_given_or_taken_back_and_nothing_else(editor):
    rows = {"waiting": saved(), "accepted": saved(), "rejected": saved()}
    accept(rows["accepted"], by=editor)
    reject(rows["rejected"], by=editor)

    for old, row in rows.items():
        for new in SuggestionState.values:
            if new != old and (old, new) not in ANSWERS:
                with refused("Invalid transition"):
                    sql(
                        "UPDATE annotations_suggestion SET state = %s WHERE id = %s",
                        new,
                        row.pk,
                    )


def test_who_has_answered_does_not_change(editor):
    accept(saved(), by=editor)

    for column, value in (("answered_by_id", make.editor().pk), ("answered_at", "now")):
        with refused("Cannot update rows"):
            sql(f"UPDATE annotations_suggestion SET {column} = %s", value)  # noqa: S608


def test_the_claim_of_an_accepted_suggestion_stays(editor):
    made = accept(saved(), by=editor)

    with pytest.raises(ProtectedError):
        made.claim.delete()


def test_that_a_text_was_read_is_recorded_once():
    row = Detection.objects.create(
        edition=make.edition(), detector="d", detector_version="1", sentences=2
    )
    again = Detection(
        edition=row.edition, detector="d", detector_version="1", sentences=3
    )

    with pytest.raises(ValidationError, match="has read this text already"):
        again.full_clean()
    with refused("detection_once_per_version_of_the_detector"):
        again.save()
    with refused("Cannot update rows"):
        Detection.objects.update(sentences=9)
    with refused("Cannot delete rows"):
        sql("DELETE FROM annotations_detection")


def test_weights_in_use_are_one_and_stay_what_they_are(editor):
    first = DetectorWeights.objects.create(
        version="1", content=b"1", report={}, made_by=editor
    )

    with refused("weights_in_use_are_one"):
        DetectorWeights.objects.create(
            version="2", content=b"2", report={}, made_by=editor
        )
    with refused("Cannot update rows"):
        DetectorWeights.objects.update(content=b"3")
    with refused("Cannot delete rows"):
        first.delete()
    DetectorWeights.objects.update(is_current=False)
    DetectorWeights.objects.create(version="2", content=b"2", report={}, made_by=editor)


@pytest.mark.parametrize("one_in", [1, 2, 101])
def test_a_newsroom_is_suggested_a_calm_few(one_in):
    row = make.newsroom()
    row.suggestions_one_in = one_in

    with pytest.raises(ValidationError, match="one sentence in 3 to 100, or 0"):
        row.full_clean()
    with refused("newsroom_is_suggested_a_calm_few"):
        Newsroom.objects.update(suggestions_one_in=one_in)


@pytest.mark.parametrize(
    ("group", "codenames"),
    [
        ("editors", {"view_suggestion", "change_suggestion"}),
        ("reviewers", {"view_suggestion"}),
        (
            "moderators",
            {"view_suggestion", "add_detectorweights", "view_detectorweights"},
        ),
    ],
)
def test_editors_answer_suggestions_and_everybody_sees_them(group, codenames):
    given = Group.objects.get(name=group).permissions.filter(
        content_type__model__in=["suggestion", "detection", "detectorweights"]
    )

    assert {one.codename for one in given} == codenames
