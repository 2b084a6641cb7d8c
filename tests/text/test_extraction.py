import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.text.blocks import lay_out_blocks
from annotations.text.extraction import NotAnArticle, doubt_of, from_html
from annotations.text.extraction.trees import MOST_CHARACTERS, MOST_ELEMENTS

ONE = (
    "Le groupe a annoncé mardi un investissement de 14,3\u202fmilliards de dollars dans "
    "cette jeune entreprise, dont le fondateur rejoint la direction avec une partie de son équipe."
)
TWO = (
    "Selon le communiqué, l’opération doit être achevée avant la fin de l’année\u00a0; les "
    "autorités de la concurrence ont déjà demandé des précisions à plusieurs reprises."
)
THREE = (
    "D’autres groupes du secteur ont choisi de bâtir leurs propres laboratoires, ce qui leur "
    "coûte davantage et prend plusieurs années avant de donner un premier résultat."
)
WORDS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Un pari à 14,3 milliards",
    "author": [{"@type": "Person", "name": "Ada Martin"}, {"name": "Jean Dupont"}],
    "datePublished": "2026-11-20T23:30:00-05:00",
    "publisher": {"@type": "Organization", "name": "Le Journal d’essai"},
}


def page(body, *, head="", lang="fr", data=None):
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return (
        f'<!doctype html><html lang="{lang}"><head><title>Un pari | Le Journal</title>'
        f"{head}{script if data else ''}</head><body><nav><a href=/>Accueil</a> "
        f"<a href=/eco>Économie</a></nav><article><h1>Un pari à 14,3 milliards</h1>"
        f"{body}</article><footer><a href=/legal>Mentions légales</a></footer></body></html>"
    )


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


ARTICLE = paragraphs(ONE, TWO, THREE)


def outline(extracted):
    signs = {"subhead": "#", "paragraph": "¶", "item": "-", "quote": ">"}
    return [signs[block.kind] + block.text for block in extracted.blocks]


def test_an_article_comes_in_its_blocks():
    found = from_html(
        page(
            f"<p>{ONE}</p><h2>Les raisons</h2><p>{TWO}<br>À suivre.</p>"
            "<ul><li>Un <b>premier</b> point</li><li><p>Un second</p><ul><li>et sa suite</li></ul></li></ul>"
            "<blockquote><p>«&nbsp;C’est faux&nbsp;»,</p><p>dit-il.</p></blockquote>"
            f"<p>{THREE} <a href=/x>Détails</a></p>"
            "<table><tr><th>Année</th><th>Montant</th></tr><tr><td>2025</td><td>14,3</td></tr></table>"
            "<h3>Rien dessous</h3>"
        )
    )

    assert outline(found) == [
        f"¶{ONE}",
        "#Les raisons",
        f"¶{TWO}\nÀ suivre.",
        "-Un premier point",
        "-Un second",
        "-et sa suite",
        ">«\u00a0C’est faux\u00a0»,\ndit-il.",
        f"¶{THREE} Détails",
        "-Année – Montant",
        "-2025 – 14,3",
    ]


def test_a_page_says_what_the_article_is():
    head = (
        '<link rel="canonical" href="/2026/un-pari?utm_source=x">'
        '<meta property="og:site_name" content="Autre nom">'
    )

    found = from_html(
        page(ARTICLE, head=head, data={"@graph": [{"@type": "WebPage"}, WORDS]}),
        address="https://m.journal.example/amp/un-pari",
    )

    assert found.headline == "Un pari à 14,3 milliards"
    assert found.byline == "Ada Martin, Jean Dupont"
    assert found.outlet == "Le Journal d’essai"
    assert found.published_on == date(2026, 11, 20)
    assert found.language == "fr"
    assert found.address == "https://m.journal.example/2026/un-pari"
    assert not any(block.kind == "subhead" for block in found.blocks)


def test_without_data_the_page_is_read_as_people_read_it():
    head = (
        '<meta property="og:title" content="Un pari\u00a0risqué">'
        '<meta property="og:site_name" content="Le Journal d’essai">'
        '<meta name="author" content="Ada Martin">'
        '<meta property="article:published_time" content="2026-11-20T08:00:00Z">'
    )

    found = from_html(page(ARTICLE, head=head))

    assert found.headline == "Un pari\u00a0risqué"
    assert found.byline == "Ada Martin"
    assert found.outlet == "Le Journal d’essai"
    assert found.published_on == date(2026, 11, 20)


def test_a_headline_may_be_escaped_and_longer_than_the_one_on_the_page():
    data = {**WORDS, "headline": "Un pari à 14,3 milliards &amp; plus"}

    found = from_html(page(ARTICLE, data=data))

    assert found.headline == "Un pari à 14,3 milliards & plus"
    assert outline(found)[0] == f"¶{ONE}"


def test_two_line_ends_part_paragraphs_and_white_space_does_not():
    broken = ONE.replace(" ", "\n\n  ", 3)

    found = from_html(page(f"<div>{broken}<br>\n <br/>{TWO}</div><p>{THREE}</p>"))

    assert outline(found) == [f"¶{ONE}", f"¶{TWO}", f"¶{THREE}"]


def test_a_page_that_says_nothing_still_has_a_headline_and_a_language():
    bare = f"<html><body><h1>Un pari</h1>{ARTICLE}</body></html>"

    found = from_html(bare)

    assert found.headline == "Un pari"
    assert found.language == "fr"
    assert (found.byline, found.outlet, found.published_on) == ("", "", None)
    assert found.address == ""


@pytest.mark.parametrize(
    ("lang", "language"),
    [("fr-CA", "fr"), ("EN", "en"), ("de", ""), ("", "fr")],
)
def test_the_language_is_the_declared_one_or_that_of_the_words(lang, language):
    assert from_html(page(ARTICLE, lang=lang)).language == language


@pytest.mark.parametrize(
    ("canonical", "address", "found"),
    [
        ("https://journal.example/a", "https://www.journal.example/a?x=1", "https://journal.example/a"),
        ("https://www.journal.example/a", "https://amp.journal.example/a", "https://www.journal.example/a"),
        ("//journal.example/a", "https://journal.example/amp/a", "https://journal.example/a"),
        ("https://eco.journal.example/a", "https://journal.example/a", "https://eco.journal.example/a"),
        ("https://journal.example/a", "https://journal-example.cdn.ampproject.org/c/a", "https://journal.example/a"),
        ("https://journal.example/a", "", "https://journal.example/a"),
        ("https://other.example/a", "https://journal.example/a", ""),
        ("https://evil-journal.example/a", "https://journal.example/a", ""),
        ("https://journal.example/", "https://journal.example/a", ""),
        ("javascript:alert(1)", "https://journal.example/a", ""),
        ("https://me:secret@journal.example/a", "https://journal.example/a", ""),
        ("https://[::1/a", "https://journal.example/a", ""),
        ("", "https://journal.example/a", ""),
    ],
)  # fmt: skip
def test_a_page_is_known_by_another_address_of_its_own_site_only(
    canonical, address, found
):
    head = f'<link rel="Canonical" href="{canonical}">'

    assert from_html(page(ARTICLE, head=head), address=address).address == found


DOUBTS = [
    ("Lire aussi : Un autre pari du groupe", "read_also"),
    ("> À lire également – Le dossier", "read_also"),
    ("→ Read more: another bet", "read_also"),
    ("Suivez-nous sur WhatsApp", "follow"),
    ("Follow us on X", "follow"),
    ("Abonnez-vous pour lire la suite.", "subscribe"),
    ("S’abonner", "subscribe"),
    ("Déjà abonnée ? Connectez-vous", "subscribe"),
    ("Il vous reste 72\u00a0% de cet article à lire.", "subscribe"),
    ("Inscrivez-vous à notre newsletter", "subscribe"),
    ("Newsletters", "subscribe"),
    ("Sign up for our briefing", "subscribe"),
    ("Partager", "share"),
    ("Facebook · X · WhatsApp", "share"),
    ("Copy link", "share"),
    ("PUBLICITÉ", "advert"),
    ("La suite après cette publicité", "advert"),
    ("Advertisement", "advert"),
    ("© Le Journal, 2026", "legal"),
    ("Tous droits réservés.", "legal"),
    ("Nous utilisons des cookies.", "legal"),
    ("", ""),
    ("…", ""),
    ("Il partage sa fortune entre ses enfants.", ""),
    ("Suivez la ligne droite, disait-il.", ""),
    ("La publicité a rapporté 12 milliards.", ""),
    ("Copyrighted works are at stake.", ""),
    ("Subscribers of the service have doubled.", ""),
    ("Lire est un plaisir.", ""),
    ("X a perdu la moitié de ses annonceurs.", ""),
    ("Abonnez-vous " + "et lisez " * 50, ""),
]


@pytest.mark.parametrize(("text", "doubt"), DOUBTS)
def test_lines_that_may_not_belong_to_the_article_are_pointed_out(text, doubt):
    assert doubt_of(text) == doubt


def test_doubtful_blocks_are_there_for_the_editor_and_do_not_count():
    found = from_html(page(ARTICLE + paragraphs("Suivez-nous sur tous nos réseaux")))

    assert [block.doubt for block in found.blocks] == ["", "", "", "follow"]


def test_a_page_without_text_may_have_it_in_its_data():
    data = {**WORDS, "articleBody": f"{ONE}\n\n{TWO}\n\n{THREE}"}

    found = from_html(page("<p>Chargement…</p>", data=data))

    assert outline(found) == [f"¶{ONE}", f"¶{TWO}", f"¶{THREE}"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html><body><p> </p><nav></nav></body></html>", "empty"),
        (page(paragraphs(ONE)).encode(), "too_little"),
        (page(ARTICLE, data={**WORDS, "isAccessibleForFree": False}).encode(), "paywall"),
        (page(ARTICLE, data={**WORDS, "isAccessibleForFree": "False"}).encode(), "paywall"),
        (b"Une simple phrase.", "not_html"),
        (b"%PDF-1.7 <p > " + bytes(range(32)) * 99, "not_html"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 999, "not_html"),
        ("<p>é".encode("utf-16-be") * 99, "not_html"),
        (b"<p> " + b"x" * MOST_CHARACTERS, "too_large"),
        (b"<p> x" * (MOST_ELEMENTS + 1), "too_large"),
        (b"<div> " * 200 + b"x", "tangled"),
        (b"<div> " * 100_000 + b"x" + b"</div>" * 100_000, "tangled"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x", "tangled"),
        (b"<p " + b"=x " * 100_000 + b">x", "tangled"),
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_article_says_why(body, reason):
    with pytest.raises(NotAnArticle) as refusal:
        from_html(body)

    assert refusal.value.reason == reason


N = 5_000
HOSTILE = {
    "quotes never closed": ARTICLE + '<p title="' * N,
    "attributes with all there is": ARTICLE + "<p " + "x" * 200 + '="' + "y" * 900_000 + '">z',
    "tags never closed": ARTICLE + "<p" * 300_000,
    "comments never closed": ARTICLE + "<!--" * 300_000,
    "instructions never closed": ARTICLE + "<?x" * 300_000,
    "a script never closed": ARTICLE + "<script>" + "<p>x</p>" * 100_000,
    "styles": "<style>" + "p{}" * 300_000 + "</style>" + ARTICLE,
    "end tags alone": ARTICLE + "</div></p></article>" * 50_000,
    "entities": ARTICLE + "<p>" + "&amp;&nbsp;&#8239;&#x110000;&bogus;" * 20_000,
    "an entity that grows": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + ARTICLE + "<p>&b;",
    "an entity of a file": '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + ARTICLE + "<p>&a;",
    "NUL": ARTICLE.replace("e", "e\0", 20),
    "lone surrogates": ARTICLE + "<p>\ud800 et \udfff",
    "private-use characters": ARTICLE + "<p>\ue0a0 et \ue02f",
    "paragraphs": ARTICLE + "<p>Une phrase de plus." * (N - 100),
    "lines": ARTICLE + "<p>" + "une ligne<br>" * (N - 100),
    "links": ARTICLE + "<p>" + "<a href=/x>lien</a> " * (N - 100),
    "lists in lists": ARTICLE + ("<ul><li>un point" * 40 + "</ul>" * 40) * (N // 100),
    "divisions in divisions": ARTICLE + ("<div>mot" * 80 + "</div>" * 80) * (N // 100),
    "tables in tables": ARTICLE + ("<table><tr><td>x" * 25 + "</table>" * 25) * (N // 110),
    "cells as wide as can be": ARTICLE + "<table>" + "<tr><td colspan=99999 rowspan=99999>x" * 3_000,
    "quotations": ARTICLE + "<blockquote><p>x</p></blockquote>" * (N // 3),
    "authors": '<div class="author">par ' + "Jean, " * 300_000 + "</div>" + ARTICLE,
    "dates": '<div class="date">' + "1 janvier " * 200_000 + "</div>" + ARTICLE,
    "titles": "<title>" + "x - " * 300_000 + "</title>" + ARTICLE,
    "metas": '<meta name="author" content="a b">' * (N - 100) + ARTICLE,
    "classes": f'<div class="{"comment-x " * 190}">x</div>' * 3_000 + ARTICLE,
    "data in data": '<script type="application/ld+json">' + "[" * 400_000 + "</script>" + ARTICLE,
    "objects in objects": '<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>" + ARTICLE,
    "data without end": '<script type="application/ld+json">[' + '{"@type":"x"},' * 60_000 + "1]</script>" + ARTICLE,
    "data of the wrong kind": '<script type="application/ld+json">{"@type":["NewsArticle"],"author":{"name":[1]},'
    '"headline":3,"datePublished":[],"publisher":[],"inLanguage":{},"mainEntityOfPage":9,"url":{},'
    '"articleBody":{}}</script>' + ARTICLE,
    "one word of 500 000 letters": ARTICLE + "<p>" + "a" * 500_000,
    "one line of 2 000 000 characters": ARTICLE + "<p>" + "mot " * 500_000,
    "white space": ARTICLE + "<p>" + " \n\t" * 600_000 + "x",
    "full stops": ARTICLE + "<p>" + "." * 900_000,
}  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_give_their_article_or_say_that_they_have_none(body):
    try:
        found = from_html("<html><body>" + body)
    except NotAnArticle as refusal:
        assert refusal.reason in {"empty", "tangled", "too_large", "too_little"}
        return

    shown = "\n".join(block.text for block in found.blocks)
    assert "investissement de" in shown
    assert "root:" not in shown
    assert "<" not in shown


@pytest.mark.parametrize(
    ("encoding", "head", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8", "", "iso-8859-1"),
        ("utf-8-sig", "", None),
        ("utf-16", "", None),
        ("cp1252", "", None),
        ("cp1252", "", "ISO-8859-1"),
        ("cp1252", '<meta charset="latin-1">', None),
        ("cp1252", '<meta charset="utf-8">', "utf-8"),
        ("iso8859-15", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15">', None),
        ("cp1252", "", "base64"),
        ("cp1252", "", "unheard-of"),
    ],
)  # fmt: skip
def test_characters_are_read_as_they_were_written(encoding, head, charset):
    text = page(ARTICLE, head=head).replace("\u202f", " ").replace("’", "'")

    found = from_html(text.encode(encoding), charset=charset)

    assert outline(found)[0] == f"¶{ONE}".replace("\u202f", " ")
    assert outline(found)[1] == f"¶{TWO}".replace("’", "'")


def test_a_slip_in_utf_8_does_not_spoil_the_page():
    broken = page(ARTICLE).encode() + b"\xe9"

    assert outline(from_html(broken))[1] == f"¶{TWO}"


MARKUP = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<div>", "</div>", "<ul>", "<li>", "</ul>", "<blockquote>", "</blockquote>",
        "<table>", "<tr>", "<td>", "</table>", "<br>", "<h2>", "</h2>", "<a>", "</a>", "<span>", "<pre>",
        "<q>", "<b>", "<article>", "&nbsp;", "-", "#", ">", "\u202f", "mot", "Bonjour.", "<!--", "-->",
        "<script>", "</script>", "<i/", "<",
    ])
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_blocks_of_any_page_can_be_kept(parts):
    found = from_html(page(ARTICLE + " ".join(parts) + ARTICLE))

    text, blocks = lay_out_blocks(found.blocks)
    assert [block.span.of(text) for block in blocks] == [
        block.text for block in found.blocks
    ]
    assert not any("\ue0a0" in block.text for block in found.blocks)
