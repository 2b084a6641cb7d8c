"""Blocks that may stand in an article without being a part of it."""

import re

from ..cleaning import ALIKE
from ..extracted import Doubt

# Code points: a line that asks for something is short; a sentence that begins so seldom is.
LONGEST = 400

# Small letters, straight apostrophes, plain spaces: as `fold` leaves a line.
BEGINNINGS: dict[Doubt, tuple[str, ...]] = {
    "read_also": (
        "lire aussi", "lire également", "lire la suite", "lire notre", "lire :", "à lire", "a lire",
        "voir aussi", "voir également", "à voir", "à écouter", "écouter aussi", "à découvrir",
        "sur le même sujet", "sur le même thème", "dans la même rubrique", "nos autres articles",
        "en savoir plus", "pour aller plus loin", "article lié", "articles liés", "notre dossier",
        "read also", "read more", "read next", "also read", "see also", "watch :", "watch:",
        "read:", "related:", "related articles", "related stories", "more on this", "most read",
        "recommended reading",
    ),
    "follow": (
        "suivez-nous", "suivez nous", "suivez notre", "suivez toute l'actualité", "suivez le direct",
        "rejoignez-nous", "rejoignez notre", "retrouvez-nous", "retrouvez toute l'actualité",
        "retrouvez nos", "retrouvez tous nos", "follow us", "follow our", "follow @",
        "join us on", "join our", "find us on",
    ),
    "subscribe": (
        "abonnez-vous", "abonnez vous", "s'abonner", "je m'abonne", "déjà abonné", "pas encore abonné",
        "inscrivez-vous", "je m'inscris", "cet article est réservé", "la suite est réservée",
        "réservé aux abonnés", "article réservé", "contenu réservé", "il vous reste", "newsletter",
        "notre newsletter", "nos newsletters", "recevez chaque", "recevez tous les", "recevez notre",
        "recevez nos", "recevez gratuitement", "recevez l'essentiel", "recevez le meilleur",
        "profitez de notre offre", "subscribe", "sign up", "sign in to", "already a subscriber",
        "already a member", "log in to", "get our newsletter", "get the newsletter", "register now",
        "register for", "support our journalism", "become a member", "become a subscriber",
    ),
    "share": (
        "partager cet", "partager sur", "partagez cet", "partager l'article", "copier le lien",
        "imprimer l'article", "envoyer par e-mail", "envoyer par mail", "envoyer par courriel",
        "lire les commentaires", "voir les commentaires", "ajouter à vos favoris",
        "share this", "share on", "share via", "copy link", "copy the link", "print this",
        "email this", "e-mail this", "leave a comment",
    ),
    "advert": (
        "la suite après cette publicité", "la suite après la publicité", "contenu sponsorisé",
        "contenu partenaire", "contenu publicitaire", "article sponsorisé", "sponsorisé par",
        "article continues below", "article continues after", "story continues below",
        "sponsored content", "sponsored by", "paid content", "paid post",
        "this article contains affiliate",
    ),
    "legal": (
        "©", "copyright", "tous droits réservés", "tous droits de reproduction",
        "toute reproduction", "mentions légales", "crédit photo", "crédits photo", "crédit :",
        "photo :", "nous utilisons des cookies", "ce site utilise", "en poursuivant votre navigation",
        "all rights reserved", "terms of use", "terms and conditions", "privacy policy",
        "we use cookies", "this site uses", "photo by", "photograph:", "image credit",
    ),
}  # fmt: skip
LINES: dict[Doubt, frozenset[str]] = {
    "share": frozenset({
        "partager", "imprimer", "réagir", "commenter", "commentaires", "enregistrer", "share", "print",
        "comments", "save", "facebook", "twitter", "x", "whatsapp", "linkedin", "instagram", "telegram",
        "messenger", "e-mail", "email", "mail",
    }),
    "advert": frozenset({
        "publicité", "publicités", "annonce", "annonces", "advertisement", "advertisements",
        "advertising", "ad", "ads", "sponsored", "promoted",
    }),
}  # fmt: skip

AROUND = re.compile(r"[^\w©@]+")


def doubt_of(text: str) -> Doubt:
    """What else the words of a block may be than a part of the article; "" for nothing."""
    if len(text) > LONGEST:
        return ""
    line = fold(text)
    for doubt, beginnings in BEGINNINGS.items():
        if line.startswith(beginnings) and begins_whole(line, beginnings):
            return doubt
    names = AROUND.sub(" ", line).split()
    for doubt, lines in LINES.items():
        if names and all(name in lines for name in names):
            return doubt
    return ""


def fold(text: str) -> str:
    """`text` in one line of small letters, without signs before the first word."""
    line = " ".join(text.translate(ALIKE).lower().split())
    signs = AROUND.match(line)
    return line[signs.end() :] if signs else line


def begins_whole(line: str, beginnings: tuple[str, ...]) -> bool:
    """Whether one of `beginnings` ends where a word of `line` does, a plural's ending aside."""
    for beginning in beginnings:
        if line.startswith(beginning):
            rest = line[len(beginning) :]
            ending = re.match(r"e?s?", rest)
            after = rest[ending.end() :] if ending else rest
            if not beginning[-1].isalpha() or not after[:1].isalnum():
                return True
    return False
