from datetime import date

import pytest

from annotations.models import ClaimStatus, Evidence, Source
from annotations.refusals import Stale
from annotations.sourcing import (
    PROPOSED,
    SourceRefused,
    arrange,
    attach,
    detach,
    keep_source,
    revise,
    shift,
    sources_like,
)
from tests import make
from tests.make import AT_REST


def order(claim):
    return [piece.pk for piece in claim.evidence.attached()]


def change(evidence, *, by, seen=None, **fields):
    seen = evidence.version if seen is None else seen
    now = {"stance": "refutes", "excerpt": "Not so.", "locator": "p. 3", "note": ""}
    return revise(evidence, seen=seen, by=by, **(now | fields))


def test_a_source_is_kept_and_its_words_attached(editor):
    claim = make.claim()
    source = keep_source(
        by=editor,
        title="Annual report",
        publisher="The Institute",
        address="https://institute.example/report",
        published_on=date(2025, 1, 1),
        kind="primary",
    )

    piece = attach(
        claim, source, by=editor, stance="refutes", excerpt="No.", locator="p. 2"
    )

    assert (source.title, source.kind, source.added_by) == (
        "Annual report",
        "primary",
        editor,
    )
    assert (piece.claim, piece.source, piece.added_by) == (claim, source, editor)
    assert (piece.stance, piece.excerpt, piece.locator) == ("refutes", "No.", "p. 2")


@pytest.mark.parametrize("address", ["https://institute.example/1", ""])
def test_a_source_that_was_used_before_is_used_again(editor, address):
    fields = {"title": "Report", "publisher": "Institute", "address": address}
    first = keep_source(by=editor, **fields)

    again = keep_source(by=make.editor(), **fields)

    assert again == first
    assert Source.objects.get().added_by == editor


def test_a_source_is_found_by_words_of_its_title_publisher_or_address(editor):
    for title in ("Annual report", "Daily report"):
        keep_source(by=editor, title=title, publisher="Météo-France")
    keep_source(
        by=editor, title="Log", publisher="Port", address="https://port.example/annual"
    )

    assert [s.title for s in sources_like("ANNUAL report")] == ["Annual report"]
    assert [s.title for s in sources_like("météo daily")] == ["Daily report"]
    assert {s.title for s in sources_like("annual")} == {"Annual report", "Log"}


def test_so_many_sources_are_proposed_and_no_more(editor):
    for number in range(PROPOSED + 1):
        keep_source(by=editor, title=f"Report {number}", publisher="Institute")

    assert len(sources_like("report")) == PROPOSED


def test_the_same_words_attached_twice_are_one_piece_of_evidence(editor):
    claim = make.claim()
    first = make.evidence(claim)

    again = attach(
        claim, first.source, by=editor, stance="refutes", excerpt=first.excerpt
    )

    assert again == first
    assert again.stance == "supports"


def test_new_evidence_comes_last(editor):
    claim = make.claim()

    pieces = [make.evidence(claim) for _ in range(3)]
    detach(pieces[2], by=editor)
    pieces[2] = make.evidence(claim)

    assert order(claim) == [piece.pk for piece in pieces]


def test_evidence_is_revised(editor):
    piece = make.evidence(make.claim())

    revised = change(piece, by=editor, note="Ask again.")

    assert (revised.stance, revised.excerpt) == ("refutes", "Not so.")
    assert (revised.locator, revised.note) == ("p. 3", "Ask again.")
    assert revised.version == 2


def test_two_who_save_the_same_evidence_lose_nothing(editor):
    piece = make.evidence(make.claim())
    change(piece, by=editor, excerpt="First.")

    with pytest.raises(Stale, match="while you were writing") as stale:
        change(piece, by=make.editor(), excerpt="Second.")

    assert stale.value.current.excerpt == "First."
    assert Evidence.objects.get().excerpt == "First."


def test_evidence_that_was_detached_is_not_revised(editor):
    piece = make.evidence(make.claim())
    detach(piece, by=make.editor())

    with pytest.raises(SourceRefused, match="detached this evidence meanwhile"):
        change(piece, by=editor)
    with pytest.raises(SourceRefused, match="detached this evidence meanwhile"):
        shift(piece, by=editor, up=True)


def test_two_pieces_of_evidence_do_not_become_one(editor):
    claim = make.claim()
    first = make.evidence(claim, excerpt="One.")
    second = attach(claim, first.source, by=editor, stance="refutes", excerpt="Two.")

    with pytest.raises(SourceRefused, match="attached already"):
        change(second, by=editor, excerpt="One.", locator="")

    second.refresh_from_db()
    assert second.excerpt == "Two."


def test_detached_evidence_stays_in_the_history(editor):
    claim = make.claim()
    piece = make.evidence(claim)

    detach(piece, by=editor)
    detach(piece, by=make.editor())

    assert order(claim) == []
    piece.refresh_from_db()
    assert piece.detached_by == editor
    assert piece.detached_at is not None


def test_words_that_were_detached_can_be_attached_again(editor):
    piece = make.evidence(make.claim())
    detach(piece, by=editor)

    again = attach(
        piece.claim, piece.source, by=editor, stance="context", excerpt=piece.excerpt
    )

    assert again != piece


def test_evidence_moves_up_and_down_and_stays_at_the_ends(editor):
    claim = make.claim()
    a, b, c = (make.evidence(claim) for _ in range(3))

    shift(c, by=editor, up=True)
    assert order(claim) == [a.pk, c.pk, b.pk]
    shift(a, by=editor, up=False)
    assert order(claim) == [c.pk, a.pk, b.pk]
    shift(c, by=editor, up=True)
    shift(b, by=editor, up=False)
    assert order(claim) == [c.pk, a.pk, b.pk]


def test_what_an_order_does_not_name_comes_after(editor):
    claim = make.claim()
    a, b, c = (make.evidence(claim) for _ in range(3))

    arrange(claim, [c.pk, 0, a.pk], by=editor)

    assert order(claim) == [c.pk, a.pk, b.pk]


@pytest.mark.parametrize("status", AT_REST)
def test_the_evidence_of_a_claim_that_is_not_open_rests(editor, status):
    claim = make.claim(status=status)
    if status == ClaimStatus.DROPPED:
        piece = Evidence(claim=claim, pk=0)
    else:
        piece = claim.evidence.first()
    source = keep_source(by=editor, title="Report", publisher="Institute")

    for deed in (
        lambda: attach(claim, source, by=editor, stance="refutes"),
        lambda: change(piece, by=editor),
        lambda: detach(piece, by=editor),
        lambda: arrange(claim, [], by=editor),
    ):
        with pytest.raises(SourceRefused, match=AT_REST[status]):
            deed()
