from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from annotations.highlighting import highlight, highlight_again, undo
from annotations.measuring import asked_for, read_figures, saying_figure, with_figures
from annotations.models import Claim, Figure
from annotations.writing import write
from tests import make

pytestmark = pytest.mark.django_db

TEXT = (
    "Meta a investi 14,3 milliards de dollars en 2025. Le maire est venu. "
    "Le chômage baisse de 0,3 point. Entre 12 et 15 millions d’euros manquent. "
    "Plus de 40 000 emplois sont créés."
)


@pytest.fixture
def editor():
    return make.editor()


@pytest.fixture
def edition(editor):
    return make.edition(TEXT, by=editor, language="fr")


def claimed(edition, words, by):
    return highlight(edition, make.span(edition, words), by=by).claim


def rows(claim):
    return [
        (figure.words, figure.value, figure.unit)
        for figure in claim.figures.order_by("start")
        if figure.value is not None
    ]


def test_a_highlight_keeps_the_figures_of_its_words(edition, editor):
    claim = claimed(edition, "investi 14,3 milliards de dollars en 2025", editor)

    assert rows(claim) == [
        ("14,3 milliards de dollars", Decimal(14_300_000_000), "USD")
    ]
    figure = claim.figures.get(unit="USD")
    assert (figure.start, figure.end) == (8, 33)
    assert figure.is_money
    assert figure.period_start.year == 2025


def test_words_without_figures_keep_none(edition, editor):
    assert not claimed(edition, "Le maire est venu.", editor).figures.exists()


def test_a_statement_takes_the_place_of_the_quote_where_it_has_figures(edition, editor):
    claim = claimed(edition, "14,3 milliards de dollars", editor)

    def written(seen, statement):
        write(
            claim, seen=seen, by=editor, statement=statement, claimant="",
            claimant_is_unknown=False, claimed_on=None, kind="other", note="",
        )  # fmt: skip

    written(1, "Meta a investi 14 289 millions d’euros.")
    assert rows(claim) == [("14 289 millions d’euros", Decimal(14_289_000_000), "EUR")]
    written(2, "Meta a beaucoup investi.")
    assert rows(claim) == [
        ("14,3 milliards de dollars", Decimal(14_300_000_000), "USD")
    ]


def test_a_second_claim_of_the_same_words_has_figures_too(edition, editor):
    span = make.span(edition, "Le chômage baisse de 0,3 point.")
    highlight(edition, span, by=editor)

    claim = highlight_again(edition, span, by=editor).claim

    assert rows(claim) == [("0,3 point", Decimal("0.3"), "point")]
    assert claim.figures.get().change == "down"


def test_what_is_undone_leaves_no_figure(edition, editor):
    undo(claimed(edition, "14,3 milliards de dollars", editor), by=editor)

    assert not Figure.objects.exists()


def test_a_figure_of_thirty_digits_is_passed_over(editor):
    edition = make.edition(f"Il doit {'9' * 30} euros et 3 euros.", by=editor)

    claim = claimed(edition, edition.text, editor)

    assert [value for _, value, _ in rows(claim)] == [Decimal(3)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("between 14 and 15 billion USD", ["14,3"]),
        ("entre 14 et 15 milliards de dollars", ["14,3"]),
        ("14 milliards de dollars", ["14,3"]),
        ("15 milliards de dollars", []),
        ("14,3 milliards d’euros", []),
        ("14 millions d’euros", ["Entre"]),
        ("16 millions d’euros", []),
        ("plus de 30 000", ["14,3", "Entre", "Plus"]),
        ("0,3 point", ["chômage"]),
        ("2025", ["14,3"]),
        ("octobre 2024", []),
    ],
)
def test_claims_are_found_by_their_figures(edition, editor, asked, found):
    passages = {
        "14,3": "14,3 milliards de dollars en 2025",
        "chômage": "Le chômage baisse de 0,3 point.",
        "Entre": "Entre 12 et 15 millions d’euros manquent.",
        "Plus": "Plus de 40 000 emplois sont créés.",
        "maire": "Le maire est venu.",
    }
    claims = {key: claimed(edition, words, editor) for key, words in passages.items()}

    figure = asked_for(asked, language="fr")

    assert figure is not None
    there = set(saying_figure(Claim.objects.all(), figure))
    assert there == {claims[key] for key in found}
    assert set(with_figures(Claim.objects.all())) == set(claims.values()) - {
        claims["maire"]
    }


def test_the_list_is_searched_by_figure(client, edition, editor):
    claimed(edition, "14,3 milliards de dollars", editor)
    claimed(edition, "Le maire est venu.", editor)
    client.force_login(editor)
    address = reverse("annotations:claim_list")

    page = client.get(address, {"figure": "14 à 15 milliards de dollars"})
    assert "14,3 milliards" in page.text
    assert "Le maire" not in page.text
    page = client.get(address, {"figures": "1"})
    assert "14,3 milliards" in page.text
    assert "Le maire" not in page.text
    for nonsense in ("bleu", "\0", "<b>" * 400, "9" * 400):
        page = client.get(address, {"figure": nonsense})
        assert page.status_code == 200
    page = client.get(address, {"figure": "bleu"})
    assert "No figure is read in these words" in page.text
    assert "Le maire" not in page.text


def test_the_administration_filters_by_figures(client, edition, editor):
    claimed(edition, "14,3 milliards de dollars", editor)
    claimed(edition, "Le maire est venu.", editor)
    client.force_login(make.moderator())

    page = client.get(
        reverse("admin:annotations_claim_changelist"), {"figures": "with"}
    )

    assert "14,3 milliards" in page.text
    assert "Le maire" not in page.text


def test_figures_are_read_anew_by_a_command(edition, editor, capsys):
    claim = claimed(edition, "14,3 milliards de dollars", editor)
    Figure.objects.all().delete()

    call_command("read_figures")

    assert capsys.readouterr().out == "Claims: 1. Figures: 1.\n"
    assert read_figures(claim) == Figure.objects.count() == 1


def test_a_figure_is_never_changed_nor_empty(edition, editor):
    claim = claimed(edition, "14,3 milliards de dollars", editor)

    with pytest.raises(Exception, match="figure_is_read_anew"), transaction.atomic():
        claim.figures.update(value=3)
    with (
        pytest.raises(IntegrityError, match="figure_says_how_much_or_when"),
        transaction.atomic(),
    ):
        claim.figures.create(
            start=0, end=1, words="x", approximation="exact", change="level"
        )
