"""Two texts side by side: which paragraph became which, and the words that differ."""

from annotations.text.blocks import lay_out
from annotations.text.carrying import Kind, Row, changes
from annotations.text.spans import Span

RAIN = "La pluie est tombée sur la Bretagne pendant toute la semaine."
FUND = (
    "Le fonds apporte 14,3 milliards de dollars à la société. Il en tiendra un tiers."
)
STRIKE = "Les cheminots reprennent le travail après neuf jours de grève."


def rows(old: str, new: str) -> list[Row]:
    (old, old_blocks), (new, new_blocks) = lay_out(old), lay_out(new)
    return changes(old, [b.span for b in old_blocks], new, [b.span for b in new_blocks])


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def test_an_unchanged_text_has_the_same_paragraphs():
    both = f"{RAIN}\n\n{FUND}"

    assert [row.kind for row in rows(both, both)] == [Kind.SAME, Kind.SAME]


def test_a_retouched_paragraph_marks_no_words():
    old = f"{RAIN}\n\nIl dit : \"C'est l'État.\""
    new = f"{RAIN}\n\nIl dit\u202f: « C’est l’Etat. »"

    row = rows(old, new)[1]

    assert (row.kind, row.deleted, row.inserted) == (Kind.RETOUCHED, (), ())


def test_words_that_differ_are_marked_in_either_text():
    old = f"{FUND}\n\n{RAIN}"
    new = old.replace("14,3 milliards", "15,1 milliards").replace("Il en", "Elle en")

    row, other = rows(old, new)

    assert (row.kind, other.kind) == (Kind.CHANGED, Kind.SAME)
    assert words(old, row.deleted) == ["14,3", "Il"]
    assert words(new, row.inserted) == ["15,1", "Elle"]


def test_new_and_deleted_paragraphs_stand_where_they_were():
    old, new = f"{RAIN}\n\n{FUND}\n\n{STRIKE}", f"{RAIN}\n\nFin du direct.\n\n{STRIKE}"

    found = rows(old, new)

    assert {found[1].kind, found[2].kind} == {Kind.DELETED, Kind.INSERTED}
    assert [found[0].kind, found[3].kind] == [Kind.SAME, Kind.SAME]


def test_a_moved_paragraph_has_a_row_at_either_place_and_its_words_are_compared():
    edited = STRIKE.replace("reprennent", "ont repris")
    old, new = f"{STRIKE}\n\n{RAIN}\n\n{FUND}", f"{RAIN}\n\n{FUND}\n\n{edited}"

    away, *_, moved = rows(old, new)

    assert (away.kind, moved.kind) == (Kind.MOVED_AWAY, Kind.MOVED)
    assert away.new == moved.new
    assert away.old == moved.old == Span(0, len(STRIKE))
    assert words(old, moved.deleted) == ["reprennent"]
    assert words(new, moved.inserted) == ["ont repris"]


def test_a_paragraph_that_was_split_says_what_left_it():
    first, rest = FUND.split(". ")
    old, new = f"{FUND}\n\n{RAIN}", f"{first}.\n\n{rest}\n\n{RAIN}"

    row, other, _ = rows(old, new)

    assert (row.kind, words(old, row.left), row.deleted) == (Kind.CHANGED, [rest], ())
    assert (words(new, other.joined), other.inserted) == ([rest], ())
