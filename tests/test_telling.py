"""A claim's story in words: who did what, when, through which door and why."""

import pghistory
import pytest
from django.utils import translation

from annotations import (
    reviewing,
    settling,
    sourcing,
    suggesting,
    workflow,
    writing,
)
from annotations.models import Claim, ClaimStatus, Evidence, User
from annotations.telling import Happening, story
from tests import make
from tests.models.refusing import sql
from tests.tampering import settle

pytestmark = pytest.mark.django_db


def told(claim: Claim, by: User | None = None) -> list[Happening]:
    return story(claim, seen_by=by or make.moderator())


def sentences(claim: Claim, by: User | None = None) -> list[str]:
    """Each thing that happened, as one line."""
    return [
        f"{one.who} {', '.join(map(str, one.clauses))}"
        + (f": {one.reason}" if one.reason else "")
        for one in told(claim, by)
    ]


def write(claim: Claim, by: User, **fields: object) -> Claim:
    values = {
        "statement": claim.statement,
        "claimant": claim.claimant.name if claim.claimant else "",
        "claimant_is_unknown": claim.claimant_is_unknown,
        "claimed_on": claim.claimed_on,
        "kind": claim.kind,
        "note": claim.note,
    }
    with pghistory.context(user=by.pk, place="annotations:write"):
        return writing.write(claim, seen=claim.version, by=by, **(values | fields))


def test_a_claim_that_went_all_the_way():
    ada = make.editor("ada")
    claim = make.claim(by=ada, status=ClaimStatus.RETRACTED)

    lines = sentences(claim)

    title = claim.evidence.first().source.title
    assert lines[0] == "ada highlighted the claim"
    assert lines[1] == ("ada marked “It is round.” in “What the moon is made of”")
    assert f"ada attached “{title}” (Supports)" in lines
    assert "ada moved the claim from “Open” to “In review”" in lines
    given = [line for line in lines if "gave the verdict “True” in round 1" in line]
    assert len(given) == 2
    assert given[0].endswith(": We saw it.")
    assert any(line.endswith("set the rating to “True”") for line in lines)
    assert any(line.endswith(" published the fact-check") for line in lines)
    assert lines[-1].endswith(
        "moved the claim from “Published” to “Retracted”: We were wrong."
    )
    assert any("retracted the fact-check: We were wrong." in line for line in lines)


def test_a_short_change_is_one_sentence_from_what_to_what(editor):
    claim = make.claim(statement="It is round.", by=editor)

    write(claim, editor, kind="statistic", claimant="Grace Hopper")

    (one,) = told(claim)[-1:]
    assert [str(clause) for clause in one.clauses] == [
        "changed the claimant from “Ada Lovelace” to “Grace Hopper”",
        "changed the kind from “Fact or event” to “Figure”",
    ]
    assert (one.who, one.where) == ("editor", "on the desk")


def test_a_long_change_keeps_both_texts_beside_the_sentence(editor):
    claim = make.claim(statement="It is round.", by=editor)
    long = "It is round, " * 10

    write(claim, editor, statement=long.strip())

    (clause,) = told(claim)[-1].clauses
    assert str(clause) == "changed the statement"
    assert (clause.old, clause.new) == ("It is round.", long.strip())


def test_what_was_empty_is_written_and_what_is_emptied_removed(editor):
    claim = make.claim(statement="It is round.", by=editor)

    claim = write(claim, editor, note="Ask Ada.")
    write(claim, editor, note="")

    assert sentences(claim)[-2:] == [
        "editor wrote the note for colleagues: “Ask Ada.”",
        "editor removed the note for colleagues, which was “Ask Ada.”",
    ]


def test_the_note_changes_from_imprecise_to_false():
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    boss = make.moderator("boss")
    for rating in ("imprecise", "false"):
        for verdict in ("true", rating):
            reviewing.give_verdict(
                claim, make.ratings()[verdict], reason="Seen.", by=make.reviewer()
            )
        reviewing.decide(
            claim, make.ratings()[rating], reason=f"It is {rating}.", by=boss
        )
        claim.refresh_from_db()
        if rating == "imprecise":
            workflow.move(claim, ClaimStatus.IN_REVIEW, by=boss, reason="Look again.")

    lines = sentences(claim)
    assert "boss set the rating to “Imprecise”: It is imprecise." in lines
    assert "boss changed the rating from “Imprecise” to “False”: It is false." in lines


def test_evidence_is_told_by_its_source(editor):
    claim = make.claim(by=editor)
    piece = make.evidence(claim, title="Report A", excerpt="Indeed.")
    other = make.evidence(claim, title="Report B", excerpt="No.")
    sourcing.shift(other, up=True, by=editor)
    Evidence.objects.filter(pk=piece.pk).update(locator="p. 3", stance="refutes")
    sourcing.detach(piece, by=editor)

    lines = sentences(claim)

    assert "editor attached “Report A” (Supports)" in lines
    assert any("put “Report B” in another place" in line for line in lines)
    assert any(
        "changed the stance of “Report A” from “Supports” to “Refutes”, "
        "wrote the place of the excerpt of “Report A”: “p. 3”" in line
        for line in lines
    )
    assert lines[-1] == "editor detached “Report A”"


def test_what_becomes_of_a_source_or_claimant_is_part_of_the_story(editor):
    claim = make.claim(statement="It is round.", by=editor)
    source = make.evidence(claim, publisher="The Orbit").source
    elsewhere = make.evidence(make.claim("It is blue.")).source

    for one in (source, elsewhere):
        one.publisher = "Somebody else"
        one.save()
    claim.claimant.role = "Countess"
    claim.claimant.save()

    lines = sentences(claim)
    about = f"the publisher of “{source.title}”"
    assert f"changed {about} from “The Orbit” to “Somebody else”" in lines[-2]
    assert "wrote the role of “Ada Lovelace”: “Countess”" in lines[-1]
    assert not any(elsewhere.title in line for line in lines)


def test_raw_sql_is_told_with_the_role_that_sent_it():
    claim = make.claim()

    sql("UPDATE annotations_claim SET status = 'in_review' WHERE id = %s", claim.pk)

    one = told(claim)[-1]
    assert str(one.clauses[0]) == "changed the state from “Open” to “In review”"
    assert one.who.startswith("Somebody in the database, as “")
    assert one.person is None


def test_a_step_and_the_state_it_changes_are_told_once(editor):
    claim = make.claim(by=editor)

    workflow.move(claim, ClaimStatus.DROPPED, by=editor, reason="Not checkable.")

    lines = [line for line in sentences(claim) if "Dropped" in line]
    assert lines == ["editor moved the claim from “Open” to “Dropped”: Not checkable."]


def test_an_assignment_names_the_person(moderator, editor):
    claim = make.claim()

    workflow.assign(claim, editor, by=moderator)
    workflow.assign(claim, None, by=moderator)

    assert [line.split("assign")[-1] for line in sentences(claim)[-2:-1]] == [
        "ed the claim to editor"
    ]
    assert "took the claim from the person in charge" in sentences(claim)[-1]


def test_a_claim_that_was_suggested_says_by_which_detector(editor):
    suggestion = make.suggestion("It is round.")
    suggesting.reject(suggestion, by=editor)
    suggesting.restore(suggestion)

    claim = suggesting.accept(suggestion, by=editor).claim

    suggested = [line for line in sentences(claim) if "detector" in line]
    assert suggested == ["editor accepted what the detector suggested (made up 1)"]


def test_a_passage_in_a_changed_article_is_told_as_it_was_found_and_settled(editor):
    row = make.carriage("It is round.", "It is flat.", by=editor)
    claim = row.appearance.claim
    assert "looked for “It is round.” in version 2: to settle" in sentences(claim)[-1]

    settling.settle(
        row, make.span(row.edition, "is flat"), seen=1, by=editor, reason="A new shape."
    )

    settled = [
        (one, clause)
        for one in told(claim)
        for clause in one.clauses
        if clause.old or clause.new
    ]
    [(one, clause)] = [pair for pair in settled if "passage" in str(pair[1])]
    assert str(clause) == "settled a passage in version 2: selected by hand"
    assert (clause.old, clause.new) == ("It is round.", "is flat")
    assert (one.who, one.reason, one.kind) == ("editor", "A new shape.", "passages")


def test_a_row_that_came_with_its_own_time_says_when_it_was_written_down(editor):
    claim = make.claim(by=editor)
    sql(
        "INSERT INTO annotations_transition (claim_id, old_status, new_status, reason, by_id, at) "
        "VALUES (%s, 'dropped', 'open', 'Old.', %s, '2001-02-03T04:05:06Z')",
        claim.pk,
        editor.pk,
    )

    first = told(claim)[0]

    assert first.at.year == 2001
    assert "written down on" in first.where


def test_in_french(editor):
    claim = make.claim(statement="It is round.", by=editor)

    with translation.override("fr"):
        write(claim, editor, kind="statistic")
        (clause,) = told(claim)[-1].clauses

    # The catalogue has the sentence once the strings are collected.
    assert "Chiffre" in str(clause)


def reveal(claim: Claim, by: User) -> str:
    """Everything in the story that could give a verdict away."""
    return repr(story(claim, seen_by=by))


def test_a_running_round_gives_no_verdict_away_before_ones_own():
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    early, late = make.reviewer("early"), make.reviewer("late")
    before = len(story(claim, seen_by=late))
    reviewing.give_verdict(
        claim, make.ratings()["true"], reason="I saw the cheese.", by=early
    )

    for who in (late, make.moderator(), make.editor()):
        seen = story(claim, seen_by=who)
        assert len(seen) == before
        assert "cheese" not in repr(seen)
        assert "early" not in repr(seen)
    assert "I saw the cheese." in reveal(claim, early)

    reviewing.give_verdict(claim, make.ratings()["false"], reason="No.", by=late)
    assert "I saw the cheese." in reveal(claim, late)


def test_the_verdicts_of_rounds_before_stay_readable_in_a_new_one():
    claim = make.claim(status=ClaimStatus.DECIDED)
    boss = make.moderator()
    workflow.move(claim, ClaimStatus.IN_REVIEW, by=boss, reason="Look again.")
    late = make.reviewer("late")
    reviewing.give_verdict(
        claim, make.ratings()["false"], reason="Second thoughts.", by=make.reviewer()
    )

    seen = reveal(claim, late)

    assert "We saw it." in seen
    assert "Second thoughts." not in seen


def test_a_page_held_since_an_earlier_round_gives_nothing_of_the_new_one_away():
    claim = make.claim(status=ClaimStatus.DECIDED)
    stale = Claim.objects.get(pk=claim.pk)
    workflow.move(
        claim, ClaimStatus.IN_REVIEW, by=make.moderator(), reason="Look again."
    )
    reviewing.give_verdict(
        claim, make.ratings()["false"], reason="Second thoughts.", by=make.reviewer()
    )

    assert "Second thoughts." not in reveal(stale, make.reviewer())


def test_a_tampered_verdict_is_not_told_either_while_the_round_runs():
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    given = reviewing.give_verdict(
        claim, make.ratings()["true"], reason="I saw the cheese.", by=make.reviewer()
    )
    before = len(story(claim, seen_by=make.reviewer()))
    settle()
    sql("ALTER TABLE annotations_verdict DISABLE TRIGGER USER")
    sql("ALTER TABLE annotations_verdict ENABLE TRIGGER history_is_kept")
    sql("UPDATE annotations_verdict SET reason = 'Cheese!' WHERE id = %s", given.pk)

    assert len(story(claim, seen_by=make.reviewer())) == before
