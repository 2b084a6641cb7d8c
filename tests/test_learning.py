"""The detector learns from the desk, says how much better it is, and refuses what is worse."""

import pytest
from django.core.management import CommandError, call_command

from annotations import learning
from annotations.models import DetectorWeights, Suggestion
from annotations.suggesting import OURS, accept, reject, suggest
from annotations.text.detection.fitting import LEAST_EXAMPLES, Measure, Report
from annotations.text.detection.weights import shipped
from tests import make

pytestmark = pytest.mark.django_db

ARTICLES = 8


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.FACTCHECK_DETECTOR = OURS


def answered(editor, *, takes):
    """A desk that has answered; `takes` says which of its sentences it has accepted.

    Its taste is its own: sentences about bridges, which the detector knows nothing of.
    """
    for number in range(ARTICLES):
        lines = [
            f"Le pont numéro {number} a été fermé aux camions après une inspection.",
            f"La commune {number} a réparé le pont et ses deux rambardes.",
            f"Le budget {number} atteint {number + 3} millions d’euros, soit 4 % de plus.",
            f"Le conseil {number} a voté une hausse de {number + 2} % des impôts.",
            f"Le vieux pont {number} ne tient plus que par ses câbles rouillés.",
            f"Selon le maire, {number + 5} emplois ont été créés en 2024.",
        ]
        edition = make.edition(" ".join(lines), by=editor, language="fr")
        for rank, line in enumerate(lines, start=1):
            one = make.suggestion(line, edition=edition, rank=rank)
            if takes(line):
                accept(one, by=editor)
            else:
                reject(one, by=editor)


def about_bridges(line):
    return "pont" in line


def run(capsys, *arguments):
    call_command("fit_detector", *arguments)
    return capsys.readouterr().out


def report(**fields):
    same = Measure(0.5, 0.5)
    values = {"examples": 60, "accepted": 30, "documents": 9}
    return Report(
        **values | {"desk": same, "desk_top_fifth": same, "corpus": same} | fields
    )


def test_it_learns_a_desk_s_taste_and_every_worker_ranks_by_it(
    capsys, editor, moderator
):
    answered(editor, takes=about_bridges)
    before = learning.detector()

    said = run(capsys, f"--by={moderator.username}")

    row = DetectorWeights.objects.get()
    assert f"Answers: {6 * ARTICLES} ({3 * ARTICLES} accepted) in {ARTICLES}" in said
    assert f"In use: {row.version}." in said
    assert row.made_by == moderator
    assert row.report["desk"]["after"] > row.report["desk"]["before"]
    after = learning.detector()
    assert after.version == row.version != before.version
    edition = make.edition("Le pont est fermé. La taxe monte de 4 %.", language="fr")
    suggest.call(edition_id=edition.pk)
    assert {one.detector_version for one in edition.suggestions.all()} == {row.version}


def test_a_dry_run_only_says_how_much_better_it_would_be(capsys, editor):
    answered(editor, takes=about_bridges)

    said = run(capsys, "--dry-run")

    assert "Average precision on the desk's answers: " in said
    assert not DetectorWeights.objects.exists()


def test_too_few_answers_teach_nothing(capsys, moderator, editor):
    accept(make.suggestion("Le pont est fermé."), by=editor)

    assert "There is too little to learn from." in run(capsys, "--dry-run")
    with pytest.raises(CommandError, match=f"It takes {LEAST_EXAMPLES} answers"):
        call_command("fit_detector", f"--by={moderator.username}")

    assert not DetectorWeights.objects.exists()


def test_a_taste_that_cannot_be_learned_is_refused(editor, moderator):
    whims = (n % 12 < 6 for n in range(6 * ARTICLES))  # one article this way, one that
    answered(editor, takes=lambda line: about_bridges(line) == next(whims))
    weights, found = learning.tried()

    assert found.desk.after <= found.desk.before
    with pytest.raises(learning.LearningRefused, match="no better than before"):
        learning.keep(weights, found, by=moderator)


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        ("worse_on_desk", "no better than before"),
        ("worse_on_corpus", "unlearn too much"),
        ("too_few", "too little to learn from"),
    ],
)
def test_weights_that_are_refused_are_not_kept(moderator, refusal, sentence):
    with pytest.raises(learning.LearningRefused, match=sentence):
        learning.keep(shipped(), report(refusal=refusal), by=moderator)

    assert not DetectorWeights.objects.exists()


def test_only_moderators_change_what_it_has_learned(editor, moderator):
    with pytest.raises(learning.LearningRefused, match="may not change"):
        learning.keep(shipped(), report(), by=editor)
    learning.keep(shipped(), report(), by=moderator)
    with pytest.raises(learning.LearningRefused, match="may not change"):
        learning.revert(by=editor)


def test_what_was_learned_is_taken_back_step_by_step(capsys, moderator):
    for version in ("one", "two"):
        learned = shipped().with_about(version=version)
        learning.keep(learned, report(), by=moderator)
    who = f"--by={moderator.username}"

    assert learning.detector().version == "two"
    assert "In use: one." in run(capsys, "--revert", who)
    assert learning.detector().version == "one"
    assert "In use: the weights it came with." in run(capsys, "--revert", who)
    assert learning.detector().version == shipped().version
    with pytest.raises(CommandError, match="has learned nothing"):
        call_command("fit_detector", "--revert", who)
    learning.keep(shipped().with_about(version="two"), report(), by=moderator)
    assert learning.detector().version == "two"
    assert DetectorWeights.objects.count() == 2


def test_weights_of_an_older_program_are_left_out(caplog):
    make.weights(content=b"of another time")

    assert learning.detector().version == shipped().version
    assert "are left out" in caplog.text


def test_somebody_answers_for_what_it_learns():
    with pytest.raises(CommandError, match="Say who answers for it"):
        call_command("fit_detector")
    with pytest.raises(CommandError, match="Say who answers for it"):
        call_command("fit_detector", "--by=nobody")


def test_an_answer_is_told_with_where_its_sentence_stands(editor):
    edition = make.edition(
        "## A head\n\nOne is here. Two is here.", by=editor, language="en"
    )
    accept(make.suggestion("Two is here.", edition=edition), by=editor)
    reject(make.suggestion("One is here.", edition=edition), by=editor)
    make.suggestion("Nothing is said of it.")

    told = list(learning.answers())

    assert [(one.text, one.label, one.number, one.count) for one in told] == [
        ("One is here.", 0, 1, 3),
        ("Two is here.", 1, 2, 3),
    ]
    assert {one.language for one in told} == {"en"}
    assert {one.document for one in told} == {f"article {edition.article_id}"}


def test_the_same_words_of_an_article_count_once(editor):
    edition = make.edition("One is here.", by=editor)
    reject(make.suggestion("One is here.", edition=edition), by=editor)
    reject(
        make.suggestion("One is here.", edition=edition, detector_version="2"),
        by=editor,
    )

    assert Suggestion.objects.count() == 2
    assert len(list(learning.answers())) == 1
