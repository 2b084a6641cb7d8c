"""What stands in an article and is nothing to check: questions, captions, teasers, subheads."""

import re

from .features import last_marks
from .values import Sentence
from .words import tokens

# Kinds of blocks that are no running text.
KINDS = frozenset({"subhead", "headline", "caption", "teaser"})
# Characters of the longest teaser: a sentence that is longer says something, too.
LONGEST_TEASER = 220
LONGEST_CAPTION = 260


type Openings = frozenset[tuple[str, ...]]

# Characters at the beginning in which an opening stands.
BEGINNING = 60
LONGEST_OPENING = 4  # tokens


def openings(table: str) -> Openings:
    """The tokens of each of the phrases of a table, which bars and line ends part."""
    phrases = table.replace("\n", "|").split("|")
    return frozenset(tuple(tokens(phrase)) for phrase in phrases if phrase.strip())


# First words of a teaser or an advertisement.
TEASERS = openings(
    """
    lire aussi|à lire aussi|à lire|lire également|à lire également|lire notre|relire|lisez|voir aussi
    à voir|à voir aussi|voir notre|regardez|écoutez|à écouter|suivez|suivez-nous
    abonnez-vous|abonnez|s'abonner|inscrivez-vous|cliquez|découvrez|retrouvez|téléchargez|partagez
    recevez|rejoignez|rejoignez-nous|commentez|réagissez|participez|profitez|réservez
    réservé aux abonnés|article réservé|cet article est réservé|pour aller plus loin|pour en savoir plus
    en savoir plus|publicité|contenu sponsorisé|offre spéciale|offre de bienvenue|en partenariat avec
    ne manquez pas|ne ratez pas|connectez-vous|déjà abonné|la suite est réservée|la suite après
    par la rédaction|propos recueillis|tous droits réservés|sur le même sujet
    dans la même rubrique|notre dossier|nos dernières|vous avez une information
    read more|read also|read our|see also|follow us|subscribe|sign up|discover|click here|download
    share this|join us|don't miss|learn more|sponsored|advertisement|support us
    get the latest|log in|already a subscriber|this article is reserved
    have your say|book now|our best
    """
)
# When the article was put there, and no more.
DATELINES = openings(
    "publié le|publié à|mis à jour le|modifié le|published on|updated on"
)
LONGEST_DATELINE = 80
# First words of a caption, which a colon or a dash follows.
CAPTIONS = openings(
    """photo|photos|crédit|crédits|légende|illustration|image|infographie|©|archives
    photo d'illustration|photo d'archives|capture d'écran|dessin|vidéo|ici|ci-dessus|ci-contre
    file photo|picture|pictured|caption|credit|credits|screenshot|infographic|graphic
    """
)
# Signs that make a caption of a line wherever they stand.
SIGNS = ("©", "/ afp", "/afp", "(afp)", "/ reuters", "/ getty", "(photo ", "photo :", "crédit :", "credit:", "photo:", "(archives")  # fmt: skip
LETTER = re.compile(r"[^\W_]")
AFTER_CAPTION = frozenset({":", "-", "–", "—", "|", ">", "/"})


def aside(sentence: Sentence) -> str:
    """ "question", "caption", "teaser" or the kind of its block, or "" for running text."""
    if sentence.kind in KINDS:
        return sentence.kind
    text = sentence.text.strip()
    if "?" in last_marks(text):
        return "question"
    if not LETTER.search(text):
        return "caption"
    row = tokens(text[:BEGINNING].lstrip("-–—•*→►▶>«» \u00a0\u202f"))
    if len(text) <= LONGEST_CAPTION and is_caption(text.lower(), row):
        return "caption"
    if len(text) <= LONGEST_TEASER and begins_with(row, TEASERS):
        return "teaser"
    if len(text) <= LONGEST_DATELINE and begins_with(row, DATELINES):
        return "teaser"
    return ""


def is_caption(text: str, row: list[str]) -> bool:
    if any(sign in text for sign in SIGNS):
        return True
    if not begins_with(row, CAPTIONS):
        return False
    return row[0] == "©" or any(word in AFTER_CAPTION for word in row[1:4])


def begins_with(row: list[str], openings: Openings) -> bool:
    longest = min(LONGEST_OPENING, len(row))
    return any(tuple(row[:length]) in openings for length in range(1, longest + 1))
