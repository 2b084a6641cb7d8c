import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.segmentation import sentence_at, sentences
from annotations.text.spans import Span

# "‖" stands before each sentence but the first, "⏎" for a line end, "°" for a no-break space.
FRENCH = """
Le budget augmente de 3,5°% cette année.‖ Il atteint 72 milliards.
Meta a investi 14,3°milliards de dollars°(!) dans cette start-up.‖ Personne ne l’attendait.
Il aurait payé 300 millions (?) pour un chercheur.‖ Rien ne le prouve.
Le groupe parle de « superintelligence » (sic).‖ Les experts doutent.
M. Zuckerberg a parlé.‖ Mme. Durand a répondu.‖ MM. Petit et Grand se sont tus.
Mme Martin et Mlle. Roche arrivent.‖ Elles parlent.
Le Dr. Lenoir et le Pr. Blanc signent.‖ Me. Rouge plaide.‖ Mgr. Brun prie.
Selon M. Y, les prix montent.‖ C’est inexact.
Le rapport vient de J.-P. Morel et de K. Lambert.‖ Il est public.
A. Dupuis dirige l’étude.‖ B. Faure la relit.
L’article est signé J. R. R. Tolkien.‖ On en doute.
L’O.M.S. alerte.‖ L’O.N.U. aussi.
Le siège de l’O.T.A.N. est à Bruxelles.‖ La ville le sait.
Il a quitté l’U.R.S.S.‖ Elle est restée.
Les É.-U. et la R.-U. négocient.‖ Rien n’avance.
Le P.-D.G. part.‖ Le D.G. reste.
La S.N.C.F. recrute.‖ La R.A.T.P. licencie.
L’art. 49 est invoqué.‖ L’art. L. 121-1 du code s’applique.
Voir p. 12 et pp. 14-18 du rapport.‖ La fig. 3 le montre.
Le vol. 2 paraît en sept. 2025.‖ Le t. III suivra.
Cf. le chap. 4 de l’ouvrage.‖ Il date de 1998.
La loi no. 78-17 du 6 janv. 1978 s’applique.‖ Le décret du 1er févr. 2020 la complète.
Le texte date du 1er avril.‖ Ce n’est pas une blague.
La réunion dure jusqu’à 18 h. 45 environ.‖ La suite est privée.
Rome fut fondée en 753 av. J.-C. par Romulus.‖ La légende le dit.
La ville date du Ve s. av. J.-C.‖ Elle a brûlé ensuite.
Des pommes, des poires, etc. sont vendues.‖ Le marché ferme.
Il vend des pommes, des poires, etc.‖ Le marché ferme à midi.
La commune compte 2°000 hab. au km².‖ Elle grandit.
Elle a env. 40 ans.‖ Lui aussi.
Le taux est de 12,5 p. 100 au plus.‖ La banque confirme.
Rendez-vous au 3, av. Foch ou au bd. Voltaire.‖ Venez tôt.
Il vit à St. Malo.‖ Elle vit à Ste. Maxime.
Le match oppose Lyon vs. Nantes.‖ Il commence.
Est-ce vrai°?‖ Non°!‖ Pas du tout…‖ Voilà.
Quoi°?!‖ Il l’a fait°?‖ Oui°!!!‖ Encore.
Vraiment ! ?‖ La réponse est non.
Il hésite… puis il parle.‖ On l’écoute.
Le chômage… 7,4°% au premier trimestre.‖ Un record.
… et la suite vient.‖ Elle est connue.
«°C’est faux°!°» a-t-il répondu.‖ Elle se tait.
«°Est-ce possible°?°», demande-t-elle.‖ Il acquiesce.
«°Nous avons gagné.‖ Le reste suivra.°»‖ La salle applaudit.
«°C’est faux.°»‖ Le ministre persiste.
Il a dit : «°Je pars.°»‖ Elle reste.
Il l’a dit («°Je pars.°»).‖ Elle reste.
“C’est faux !” dit-il.‖ "C’est vrai." dit-elle.
Il répond : " C’est vrai ! "‖ Elle part.
(Il était tard.)‖ Tout le monde dormait.
Le chiffre (source : Insee, 2025.) est exact.‖ Il a été relu.
Le site lemonde.fr l’écrit.‖ Sur www.insee.fr, on lit 7,4.‖ Voir https://example.org/a.b?c=1.‖ Fin.
Écrivez à jean.petit@example.org.‖ On vous répondra.
La version 2.0.1 est sortie.‖ La 3.5 suivra.
Le prix est de 1.250.000 euros.‖ Il était de 1.200.
Son fils est né le 3.‖ Le bébé va bien.
Ils étaient 40.‖ 12 sont partis.
C’était en 2025.‖ 2026 sera pire.
1. Le prix a doublé.‖ C’est énorme.
Trois raisons :⏎‖1. Le prix monte.⏎‖2. La demande baisse.⏎‖3. L’offre suit.
À retenir :⏎‖- 300 postes supprimés ;⏎‖- deux sites fermés⏎‖- rien d’autre
L’inflation recule⏎‖Les prix à la consommation ont augmenté moins vite que prévu.‖ L’Insee confirme.
Le ministre a annoncé une hausse des impôts pour⏎les entreprises.‖ Elles protestent.
Le ministre a rencontré hier soir à l’Élysée Madame⏎Dupont et ses collègues.‖ Ils ont parlé.
Il est venu.⏎‖Il est reparti.
Elle aime l’art.‖ Il franchit le col.‖ C’est un ex.‖ Ils partent en mai.‖ 12 restent.
Ils ont vu la⏎⏎‖tour Eiffel
Le ministre a vu la⏎Tour Eiffel et tous les jardins qui l’entourent.
- 300 postes supprimés⏎‖Le maire proteste.
Évitez le sel.‖ - si vous êtes malade.
… Et la suite vient.‖ Elle est connue.
Le groupe (!) Meta investit.‖ L’accord [...] Macron est signé.
Il part.‖ " Je reste ! " dit-elle.‖ Fin.
Le prix monte ;⏎le salaire baisse.‖ Rien ne change.
La police est venue ;‖ Les voisins sont restés.
Il est venu avec M.⏎Petit.‖ Elle aussi.
Un pari risqué⏎⏎‖Le groupe investit.
Suivez-nous 👍🏽 pour la suite !‖ Merci.
Bravo à tous ! 👏🏽👏🏽‖ La suite demain.
Merci. 🎉
Vive la France ! 🇫🇷‖ Vive la République !
Le plan B. est prêt.‖ On attend.
Il manque de vitamine C.‖ Le médecin le dit.
Il l’a vu (cf. p. 3).‖ C’est exact.
Les entreprises (Renault, Peugeot, etc.) embauchent.‖ Les autres non.
La firme Acme (S.A.) dépose le bilan.‖ Le tribunal tranche.
Le taux monte.[12]‖ La banque réagit.¹‖ Le marché aussi.
C’est fini !‖Et maintenant ?
Il arrive – enfin ! – à l’heure.‖ On respire.
— Tu viens ?‖ — Non.‖ — Tant pis.
Yann LeCun s’en va.‖ « Je reste à Paris. »‖ Point.
Le comité quitte la commune.‖ à l’époque, on le croyait.
Le 1er trim. 2026 sera décisif.‖ Le 2e aussi.
L’arrêté [...] est publié.‖ Le texte […] aussi.
Facebook est devenu Meta en oct. 2021.‖ Llama 4 est sorti en avr. 2025.
Le score est de 3-1.‖ L’arbitre siffle.
L’accord du 1er janv. 2025 tient toujours.‖ Celui du 30 déc. 2024 est caduc.
Selon l’art. R. 421-5 du code, le délai est de deux mois.‖ Il court encore.
Les al. 2 et 3 de l’art. 16 sont supprimés.‖ Le reste demeure.
Le train part à 20 h. 30 précises.‖ Il arrive à 23 h.
« Un chiffre en l’air ! » tonne le député.‖ « Une erreur », corrige sa collègue.
Le maire l’assure : « Tout est payé. »‖ Les comptes disent autre chose.
«°Qui paiera°?‖ Nous tous.°»‖ Le ton monte.
Le chiffre (1,2 Md€ en 2024, selon l’Insee) est exact.‖ Celui de 2023 ne l’est pas.
Le ministre a parlé de 3,5 %… avant de se reprendre.‖ Le compte rendu le montre.
Retrouvez l’étude sur https://exemple.fr/etude?p=3&l=fr.‖ Elle compte 40 pages.
Écrivez à redaction@exemple.fr.‖ Nous répondons à tous.
Le site lemonde.fr l’a publié.‖ Puis il l’a retiré.
La version 2.1.3 corrige l’erreur.‖ La 2.2 viendra en mars.
Les prix montent de 2 %.‖ 40 % des ménages le sentent.
Il a été élu en 2022.‖ 2023 fut difficile.
Le lycée E. Zola ferme.‖ Le collège J.-M. Rivière aussi.
Mme de La Tour et M. d’Arc y étaient.‖ Ils l’ont nié.
Le Gal. de Lattre et le Cdt. Cousteau sont cités.‖ Les archives suivent.
Le procès de l’affaire X c. Y s’ouvre.‖ Il durera un mois.
La Ve République a 60 ans.‖ La IVe en eut 12.
Il pèse 80 kg.‖ Elle en pèse 60.
Le coût est de 3 M€.‖ L’État en paie la moitié.
Le budget triple !!‖ Vraiment ??‖ Non.
Bravo ! 👏👏‖ La suite demain.
On a gagné ! 🎉‖ La fête commence.
Un pari risqué⏎‖La municipalité emprunte dix millions d’euros sur trente ans pour son stade.
1. Le coût réel du stade⏎‖2. Les retards⏎‖3. Qui paie ?
a) les recettes ;⏎‖b) les dépenses.
– Le gaz augmente.⏎‖– L’électricité baisse.
Le texte dit : « La France (…) doit payer. »‖ La coupe change tout.
Il l’affirme [sic].‖ Nul ne le corrige.
L’indice a gagné 0,3 pt.‖ Le dollar recule.
La CAF, la CPAM, etc., sont saisies.‖ Rien ne vient.
Voir ibid., p. 45.‖ La note 3 le précise.
N.B. : les chiffres sont provisoires.‖ Ils seront revus.
« J’y étais », dit X.‖ « Moi non », dit Y.
Le film « Qui a tué M. Lang ? » sort mercredi.‖ Il dure deux heures.
L’émission « C dans l’air ! » l’a invité.‖ Il a décliné.
"""

ENGLISH = """
Mr. Zuckerberg spoke.‖ Mrs. Smith answered.‖ Ms. Jones did not.
Dr. Brown met Prof. Green.‖ They agreed.
The U.S. economy grew 3.5% in 2025.‖ It had shrunk before.
He moved to the U.S.‖ The company followed.
The U.S. Senate voted.‖ The U.K. did not.
The bill cost $14.3 billion.‖ Nobody noticed.
See No. 5 on p. 12.‖ It is wrong.
Was the answer no?‖ Yes!‖ Really?!‖ Yes.
Apple Inc. reported losses.‖ Alphabet Inc. did not.
It was Smith vs. Jones.‖ Jones won.
Sen. Warren and Rep. Lee objected.‖ Gov. Hill agreed.
He met J. D. Vance and J.R. Smith.‖ They talked.
“It is false,” he said.‖ “It is not.”‖ She left.
“Is it true?” he asked.‖ She nodded.
"It is false."‖ He left.
He said it (twice!) and left.‖ She stayed.
The Jan. 6 committee met on Feb. 3.‖ It adjourned.
He arrived at 5 p.m. and left at 6 a.m. the next day.‖ Nobody saw him.
Fruit, e.g. apples, i.e. the red ones, sell well.‖ Pears don't.
Well… maybe.‖ Or not...‖ Who knows?
Visit example.com or factcheck.org.‖ It's free.
The St. Louis plant closed.‖ Mt. Etna erupted.
Gen. Lee, Col. Kurtz and Lt. Dan met.‖ All left.
He paid $5.‖ 12 others paid more.
They sell books, pens, etc.‖ The shop is small.
He felt ill.‖ Sales rose 10 ft.‖ It met my ex.‖ She left.
The 2.5 million figure (up 10%) is right.‖ Experts agree.
The U.S. economy grew 2.1 percent.‖ The U.K. did not.
She lives in Washington D.C.‖ He moved to L.A. last year.
The firm, Acme Inc., lost $3 billion.‖ Its rival gained.
It was founded in 1998 by J. K. Moore.‖ He left in 2004.
“It is false!” she said.‖ “Prove it.”
"We paid," he said.‖ "They did not."
Sen. Brown (D., Ohio) voted no.‖ Rep. Diaz voted yes.
It rose from 3 p.m. to 5 p.m. on Monday.‖ It then fell.
See Fig. 2 and pp. 3-7.‖ The rest is missing.
The case Roe v. Wade is cited.‖ It was overturned.
He said it was approx. 40 miles.‖ It is 60.
Is it true?!‖ No.‖ Not at all!
1. Taxes will fall.⏎‖2. Wages will rise.
It cost £1.2bn.‖ 3 million homes were built.
On Jan. 6, the crowd came.‖ By Feb. 1 it was gone.
What happened on Oct. 12⏎‖The ministry released its figures two days later than it had promised.
"""


def cases(table):
    return [
        line.replace("⏎", "\n").replace("°", "\u00a0")
        for line in table.strip().split("\n")
    ]


@pytest.mark.parametrize("marked", cases(FRENCH))
def test_french_is_cut_into_its_sentences(marked):
    text = marked.replace("‖", "")

    assert [span.of(text) for span in sentences(text)] == [
        words.strip() for words in marked.split("‖")
    ]


@pytest.mark.parametrize("marked", cases(ENGLISH))
def test_english_is_cut_into_its_sentences(marked):
    text = marked.replace("‖", "")

    assert [span.of(text) for span in sentences(text)] == [
        words.strip() for words in marked.split("‖")
    ]


def test_the_tables_are_long_enough_to_mean_something():
    assert len(cases(FRENCH)) >= 120
    assert len(cases(ENGLISH)) >= 40


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\u202f"])
def test_nothing_has_no_sentences(text):
    assert sentences(text) == []


def test_words_without_a_full_stop_are_a_sentence():
    assert sentences("  Un pari risqué ") == [Span(2, 16)]


def test_only_the_part_that_is_asked_for_is_cut():
    text = "Un. Deux trois. Quatre."

    assert sentences(text, Span(4, 10)) == [Span(4, 8 + 2)]
    assert sentences(text, Span(4, 15)) == [Span(4, 15)]
    assert sentences(text, Span(4, 23)) == [Span(4, 15), Span(16, 23)]


def test_a_sentence_is_found_by_any_of_its_characters():
    text = "Un. Deux."

    assert [sentence_at(text, at) for at in (0, 2, 4, 8)] == [Span(0, 3)] * 2 + [
        Span(4, 9)
    ] * 2
    assert sentence_at(text, 3) is None
    assert sentence_at(text, 9) is None
    assert sentence_at(text, 0, Span(4, 9)) is None


WRITTEN = st.text(
    st.sampled_from("aéM Lp.!?…;:,\n\"'’»«()[]-–•1 23\u00a0\u202f👍🏽🇫🇷J\t")
) | st.lists(
    st.sampled_from(
        [
            "M.",
            "art.",
            "Le",
            "etc.",
            "J.-C.",
            "12",
            "« Oui ! »",
            "(!)",
            "\n",
            "- ",
            "\n\n",
            " ",
        ]
    )
).map(" ".join)


@given(WRITTEN | st.text(), st.data())
def test_sentences_cover_every_word_once_and_in_order(text, data):
    start = data.draw(st.integers(0, len(text)))
    within = Span(start, data.draw(st.integers(start, len(text))))

    found = sentences(text, within)

    assert all(span.of(text) == span.of(text).strip() != "" for span in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(within.covers(span) for span in found)
    covered = {at for span in found for at in range(span.start, span.end)}
    assert all(
        text[at].isspace()
        for at in range(within.start, within.end)
        if at not in covered
    )


@given(WRITTEN)
def test_a_part_is_cut_as_if_it_stood_alone(text):
    shifted = [Span(span.start + 3, span.end + 3) for span in sentences(text)]

    assert sentences(f"A. {text}", Span(3, len(text) + 3)) == shifted


@pytest.mark.parametrize(
    "unit",
    [
        ".", "« ", "»", ". »", "! ", "? \n", "\n", " \n", "a\n", "A\n", "M. ", "A.", "A. ", "a.a ", "(!) ",
        ". (", '" ', '."', '. " ', "1. ", "- ", "\n- ", "👍🏽", "! 👍🏽", "… ", "[1]", ".[1]", ";", "; ", "J.-", "'", "art. ",
        ". - ", "(((", "a ! \u00a0", "x. «", ".\u00a0",
    ],
)  # fmt: skip
def test_hostile_text_holds_nobody_up(unit):
    text = "Mot " + unit * (200_000 // len(unit))

    started = time.process_time()
    sentences(text)

    assert time.process_time() - started < 5  # under 0.5 s on an idle core
