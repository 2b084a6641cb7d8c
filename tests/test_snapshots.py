import json

import pytest

from annotations import reviewing, sourcing, workflow
from annotations.models import Claim, ClaimStatus, FactCheck
from annotations.snapshots import snapshot
from tests import make

pytestmark = pytest.mark.django_db


def test_it_is_put_down_whole_and_as_json():
    editor = make.editor()
    claim = make.claim(by=editor, status=ClaimStatus.PUBLISHED, note="Ask her again.")
    page = FactCheck.objects.get(claim=claim)

    content = snapshot(page)

    assert json.loads(json.dumps(content)) == content
    assert content["title"] == page.title
    assert content["statement"] == "It is claimed: It is round."
    assert content["claimant"]["name"] == "Ada Lovelace"
    assert content["rating"]["label_en"] == "True"
    assert [row["quote"] for row in content["appearances"]] == ["It is round."]
    assert [piece["stance"] for piece in content["evidence"]] == ["supports", "context"]
    assert content["author"] == str(editor)
    assert content["approved_by"] == str(page.published_by)
    assert content["published_at"] == page.published_at.isoformat()


def test_what_is_for_the_newsroom_alone_is_not_in_it():
    editor = make.editor()
    claim = make.claim(by=editor, note="Ask her again.")
    make.evidence(claim, by=editor)
    claim.evidence.update(note="He would not be named.")
    make.take(claim, ClaimStatus.DECIDED, by=editor)

    content = json.dumps(snapshot(make.factcheck(claim)))

    assert "Indeed." in content
    assert "Ask her" not in content
    assert "not be named" not in content
    # A reviewer's reason.
    assert "We saw it." not in content


def test_evidence_that_was_detached_is_not_in_it():
    editor = make.editor()
    claim = make.claim(by=editor, statement="It is round.")
    gone = make.evidence(claim, by=editor, excerpt="Taken away.")
    sourcing.detach(gone, by=editor)
    make.take(claim, ClaimStatus.DECIDED, by=editor)

    pieces = snapshot(make.factcheck(claim))["evidence"]

    assert [piece["excerpt"] for piece in pieces] == ["Indeed.", "Indeed."]


def test_before_it_is_published_nobody_has_approved_it():
    page = make.factcheck(make.claim(status=ClaimStatus.DECIDED))

    content = snapshot(page)

    assert content["approved_by"] == ""
    assert content["published_at"] is None


def test_without_a_decision_there_is_nothing_to_put_down():
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    page = make.factcheck(claim)

    with pytest.raises(ValueError, match="no decision"):
        snapshot(page)


def test_only_the_newest_edition_in_which_it_stands_is_named():
    editor = make.editor()
    old = make.edition("Before. It is round. After.", address="https://a.example/1")
    claim = make.claim(by=editor, edition=old, statement="It is round.")
    new = make.edition("Now. It is round. After.", address="https://a.example/1")
    claim.appearances.create(
        edition=new,
        start=5,
        end=17,
        ordinal=2,
        quote="It is round.",
        added_by=editor,
    )
    make.take(claim, ClaimStatus.DECIDED, by=editor)

    rows = snapshot(make.factcheck(claim))["appearances"]

    assert [row["edition"] for row in rows] == [new.pk]


def test_the_decision_of_the_last_round_counts():
    editor = make.editor()
    claim = make.claim(by=editor, status=ClaimStatus.DECIDED)
    workflow.move(claim, ClaimStatus.OPEN, by=make.moderator(), reason="Look again.")
    claim = Claim.objects.get(pk=claim.pk)
    workflow.move(claim, ClaimStatus.IN_REVIEW, by=editor)
    for _ in range(2):
        reviewing.give_verdict(
            claim, make.ratings()["false"], reason="No.", by=make.reviewer()
        )

    assert snapshot(make.factcheck(claim))["rating"]["code"] == "false"
