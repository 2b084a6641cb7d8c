import struct
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from annotations.text.blocks import lay_out_blocks
from annotations.text.cleaning import LONGEST
from annotations.text.documents import LARGEST, DocumentRefused, read_document
from annotations.text.documents import pdf as pdf_room
from annotations.text.documents.lines import Hyphens
from tests.text.files import pdf, saved, stream, with_part, word

ONE = "Le groupe a annoncé mardi un investissement de 14,3\u202fmilliards de dollars dans cette jeune entreprise."
TWO = "Selon le communiqué, l’opération doit être achevée avant la fin de l’année\u00a0; les autorités attendent."

SIGNS = {"subhead": "#", "paragraph": "¶", "item": "-", "quote": ">"}


def outline(extracted):
    return [SIGNS[block.kind] + block.text for block in extracted.blocks]


def read(data, name="a"):
    return read_document(name, data)


# Plain text and HTML


def test_a_plain_text_has_its_headline_on_top():
    found = read(f"Un pari risqué\n\n{ONE}\n\n- un point\n\n{TWO}".encode(), "a.txt")

    assert found.headline == "Un pari risqué"
    assert outline(found) == [f"¶{ONE}", "-un point", f"¶{TWO}"]
    assert found.language == "fr"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_plain_text_may_be_in_the_usual_encodings(encoding):
    data = ONE.replace("\u202f", " ").encode(encoding)

    assert outline(read(data)) == ["¶" + ONE.replace("\u202f", " ")]


@pytest.mark.parametrize("text", [f"{ONE}\n\n{TWO}", ONE, f"{ONE}\nCourt"])
def test_a_first_sentence_is_no_headline(text):
    assert read(text.encode()).headline == ""


def test_a_page_is_read_as_a_page_whatever_its_name():
    page = f"<!-- x -->\n<!DOCTYPE html><html lang=fr><body><h1>Un pari</h1><p>{ONE}</p><p>{TWO} {ONE} {TWO} {ONE}</p><p>{TWO} {ONE} {TWO}</p>"

    found = read(page.encode(), "article.txt")

    assert found.headline == "Un pari"
    assert outline(found)[0] == f"¶{ONE}"


# Word


def test_a_word_document_comes_in_its_blocks():
    found = read(
        word(
            ("Title", "Un pari à 14,3 milliards"),
            ("Normal", ONE),
            ("Heading 1", "Les raisons"),
            ("Normal", f"{TWO}\nSuite."),
            ("List Bullet", "un point"),
            ("List Number", "un autre"),
            ("Intense Quote", "« C’est faux »"),
            ("Normal", " "),
            title="Modèle de document",
            author="Ada Martin",
            created=datetime(2026, 11, 20, 9, 0),
        )
    )

    assert found.headline == "Un pari à 14,3 milliards"
    assert found.byline == "Ada Martin"
    assert found.published_on == date(2026, 11, 20)
    assert found.language == "fr"
    assert outline(found) == [
        f"¶{ONE}",
        "#Les raisons",
        f"¶{TWO}\nSuite.",
        "-un point",
        "-un autre",
        ">« C’est faux »",
    ]


def test_a_word_document_without_a_title_is_called_by_its_properties():
    found = read(word(("Normal", ONE), title="Un pari", author="python-docx"))

    assert found.headline == "Un pari"
    assert found.byline == ""


def test_tables_and_content_controls_are_read_in_their_place():
    document = Document()
    document.add_paragraph(ONE)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2025", "14,3\nmilliards"
    document.add_paragraph(TWO)
    data = saved(document)
    with ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    xml = xml.replace("<w:body>", "<w:body><w:sdt><w:sdtContent><w:p><w:r><w:t>Dedans.</w:t></w:r></w:p></w:sdtContent></w:sdt>")  # fmt: skip

    found = read(with_part(data, "word/document.xml", xml.encode()))

    assert outline(found) == [
        "¶Dedans.",
        f"¶{ONE}",
        "-2025 – 14,3 milliards",
        f"¶{TWO}",
    ]


def test_tracked_changes_are_taken_as_accepted():
    data = word(("Normal", "Il coûte cher."))
    with ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    changed = xml.replace(
        "<w:r><w:t>Il coûte cher.</w:t></w:r>",
        '<w:r><w:t xml:space="preserve">Il coûte </w:t></w:r><w:del><w:r><w:delText>peu</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>14,3</w:t><w:noBreakHyphen/><w:t>x</w:t><w:tab/><w:t>dollars.</w:t></w:r></w:ins>",
    )
    assert changed != xml

    found = read(with_part(data, "word/document.xml", changed.encode()))

    assert outline(found) == ["¶Il coûte 14,3-x dollars."]


# PDF

PAGE_ONE = [
    "Le Journal d’essai",
    "Un pari risqué pour le groupe",
    "Le groupe a annoncé mardi un investissement de 14,3 milliards de dollars dans cette",
    "start-up, dont le fondateur rejoint la direction avec une partie de son équipe, au mo-",
    "ment où le marché hésite. C’est peut-",
    "être trop, dit-on dans la société.",
    "Les raisons du groupe",
    "Selon le communiqué, l’opération doit être achevée avant la fin de l’année ; les autori-",
    "tés de la concurrence ont demandé des précisions à plusieurs reprises, sans réponse et",
    "1",
]
PAGE_TWO = [
    "Le Journal d’essai",
    "sans délai.",
    "• Un premier point qui tient sur deux lignes de la page, car il est assez long pour",
    "cela.",
    "• Un second point.",
    "D’autres groupes du secteur ont choisi de bâtir leurs propres laboratoires, disent-",
    "ils, ce qui coûte davantage.",
    "2",
]
PAGE_THREE = [
    "Le Journal d’essai",
    "Une dernière phrase, assez longue pour remplir une ligne entière de cette page-ci, ou",
    "presque, mais peut-être pas.",
    "3",
]


def test_a_pdf_comes_in_paragraphs_with_their_pages():
    found = read(pdf(PAGE_ONE, PAGE_TWO, PAGE_THREE))

    assert found.headline == "Un pari risqué pour le groupe"
    assert [
        f"{block.locator} {SIGNS[block.kind]}{block.text}" for block in found.blocks
    ] == [
        "p. 1 ¶Le groupe a annoncé mardi un investissement de 14,3 milliards de dollars dans cette start-up, "
        "dont le fondateur rejoint la direction avec une partie de son équipe, au moment où le marché hésite. "
        "C’est peut-être trop, dit-on dans la société.",
        "p. 1 #Les raisons du groupe",
        "p. 1 ¶Selon le communiqué, l’opération doit être achevée avant la fin de l’année ; les autorités de la "
        "concurrence ont demandé des précisions à plusieurs reprises, sans réponse et sans délai.",
        "p. 2 -Un premier point qui tient sur deux lignes de la page, car il est assez long pour cela.",
        "p. 2 -Un second point.",
        "p. 2 ¶D’autres groupes du secteur ont choisi de bâtir leurs propres laboratoires, disent-ils, ce qui "
        "coûte davantage.",
        "p. 3 ¶Une dernière phrase, assez longue pour remplir une ligne entière de cette page-ci, ou presque, "
        "mais peut-être pas.",
    ]


def test_a_pdf_says_who_wrote_it_and_when():
    found = read(
        pdf(
            PAGE_THREE[1:],
            Title="Un pari",
            Author="Ada Martin",
            CreationDate="D:20261120233000-05'00'",
        )
    )

    assert (found.headline, found.byline) == ("Un pari", "Ada Martin")
    assert found.published_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    "info",
    [{"Title": "Microsoft Word - essai.docx", "CreationDate": "hier"}, {"Title": ""}, {}],
)  # fmt: skip
def test_what_a_program_made_up_is_no_headline(info):
    found = read(pdf(PAGE_THREE[1:], **info))

    assert found.headline == ""
    assert found.published_on is None


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("au mo-", "ment", "au moment"),
        ("au mo\u2010", "ment", "au moment"),
        ("c’est peut-", "être", "c’est peut-être"),
        ("a-t-", "il dit", "a-t-il dit"),
        ("Jean-", "Pierre", "Jean-Pierre"),
        ("un G-", "7", "un G-7"),
        ("le néo-", "libéralisme", "le néo-libéralisme"),
        ("une porte -", "ouverte", "une porte - ouverte"),
        ("oui", "non", "oui non"),
    ],
)
def test_a_broken_word_is_mended(before, after, joined):
    assert Hyphens(["Le néo-libéralisme"]).joined(before, after) == joined


def test_ligatures_are_letters():
    from annotations.text.documents.lines import paragraphs

    [block] = paragraphs(["Une ﬁn diﬃcile, ½ heure au 1ᵉʳ étage."])

    assert block.text == "Une fin difficile, ½ heure au 1ᵉʳ étage."


# Subtitles

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Bonsoir à tous,</i>

2
00:00:03,100 --> 00:00:05,000
{\\an8}et bienvenue.

3
00:00:05,200 --> 00:00:07,000
ADA MARTIN : Le groupe investit
14,3 milliards de dollars.

4
00:00:12,000 --> 00:00:14,000
[Applaudissements]

5
00:01:12,000 --> 00:01:14,000
- Vraiment ?
- Oui.
"""

VTT = """WEBVTT - Un débat
Kind: captions

NOTE
Ceci n’est pas dit.

STYLE
::cue { color: red }

debut-1
00:01.000 --> 00:03.000 align:start
<v Ada Martin>Le groupe &amp; ses lamas

00:03.000 --> 00:05.000
<v Ada Martin><c.x>coûtent</c> <00:00:04.000>cher.

NOTE une note entre deux

01:02:05.500 --> 01:02:07.000
<v.loud Jean Dupont>Non.
"""


def test_subtitles_become_what_is_said_and_when():
    found = read(SRT.encode(), "debat.srt")

    assert [(block.locator, block.text) for block in found.blocks] == [
        ("00:00:01", "Bonsoir à tous, et bienvenue."),
        ("00:00:05", "ADA MARTIN: Le groupe investit 14,3 milliards de dollars."),
        ("00:01:12", "Vraiment ?"),
        ("00:01:12", "Oui."),
    ]
    assert found.language == "fr"
    assert found.headline == ""


def test_notes_styles_and_names_of_cues_are_not_said():
    found = read(VTT.replace("\n", "\r\n").encode(), "debat.vtt")

    assert [(block.locator, block.text) for block in found.blocks] == [
        ("00:00:01", "Ada Martin: Le groupe & ses lamas coûtent cher."),
        ("01:02:05", "Jean Dupont: Non."),
    ]


def test_rolling_subtitles_are_said_once():
    lines = ["le groupe", "le groupe\ninvestit beaucoup", "investit beaucoup", "investit beaucoup\nd’argent"]  # fmt: skip
    cues = [
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{line}" for n, line in enumerate(lines)
    ]

    found = read("\n\n".join(["WEBVTT", *cues]).encode())

    assert [block.text for block in found.blocks] == [
        "le groupe investit beaucoup d’argent"
    ]


def test_a_long_speech_is_parted_between_sentences():
    cues = [
        f"{n}\n00:{n // 60:02d}:{n % 60:02d},000 --> 00:{n // 60:02d}:{n % 60:02d},900\nUne phrase de plus, la numéro {n}."
        for n in range(1, 60)
    ]

    found = read("\n\n".join(cues).encode())

    assert len(found.blocks) > 3
    assert all(block.text.endswith(".") for block in found.blocks)
    assert all(len(block.text) < 450 for block in found.blocks)


# What is refused

GOOD_PDF = pdf(PAGE_ONE, PAGE_TWO)
GOOD_WORD = word(("Normal", ONE))
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"""


def encrypted(data):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(**parts):
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def lying(data):
    """An archive whose document is said to be small and is not: reading stops there."""
    name = b"word/document.xml"
    place = data.rindex(name)  # in the directory at the end
    return data[: place - 22] + struct.pack("<I", 20) + data[place - 18 :]


REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b" \n\t ", "empty"),
    "unseen characters": ("\u200b\u00ad \n".encode(), "empty"),
    "too much": (b"a" * (LARGEST + 1), "too_large"),
    "too much text": (b"un mot " * (LONGEST // 7 + 10), "too_long"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
    "a picture called text": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "binary"),
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "old_word"),
    "rich text": (b"{\\rtf1\\ansi Bonjour.}", "kind"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "kind"),
    "another archive": (archive(mimetype="x", content="y"), "kind"),
    "a sheet": (archive(xl__workbook="x"), "kind"),
    "a broken archive": (GOOD_WORD[: len(GOOD_WORD) // 2], "broken"),
    "an archive of nothing": (b"PK\x03\x04", "broken"),
    "a document of no XML": (with_part(GOOD_WORD, "word/document.xml", b"<w:"), "broken"),
    "a document of other XML": (with_part(GOOD_WORD, "word/document.xml", b"<a/>"), "broken"),
    "entities that grow": (with_part(GOOD_WORD, "word/document.xml", LAUGHS), "broken"),
    "entities in another encoding": (
        with_part(GOOD_WORD, "word/document.xml", LAUGHS.decode().replace("?>", ' encoding="utf-16"?>').encode("utf-16")),
        "broken",
    ),
    "a bomb of XML": (with_part(GOOD_WORD, "word/document.xml", b" " * 31_000_000), "too_large"),
    "a bomb beside": (with_part(GOOD_WORD, "word/media/a.png", b"\0" * 101_000_000), "too_large"),
    "a document that lies about its size": (lying(GOOD_WORD), "broken"),
    "thousands of parts": (archive(word__document="x", **{f"p{n}": "" for n in range(2_100)}), "kind"),
    "a Word document without words": (word(("Normal", " ")), "empty"),
    "a protected PDF": (encrypted(GOOD_PDF), "encrypted"),
    "a PDF of pictures": (pdf([], []), "no_text"),
    "a broken PDF": (GOOD_PDF[:300], "broken"),
    "a PDF of nothing": (b"%PDF-1.7\n", "broken"),
    "a PDF of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 99, "broken"),
    "a PDF without pages": (GOOD_PDF.replace(b"/Kids", b"/Kixs"), "no_text"),
    "a PDF of 1 001 pages": (pdf(*[["x"]] * 1_001), "too_long"),
    "a PDF of too much text": (pdf(*[["mot " * 300] * 60] * 60), "too_long"),
    "a page of HTML with few words": (b"<!doctype html><p>Un mot.", "too_little"),
    "a page of HTML as deep as can be": (b"<html>" + b"<div>" * 9_999, "tangled"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_says_why(data, reason):
    with pytest.raises(DocumentRefused) as refusal:
        read(data, "article.txt")

    assert refusal.value.reason == reason
    assert str(refusal.value).endswith(".")


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf_room, "LONGEST_WORK", -1.0)

    with pytest.raises(DocumentRefused) as refusal:
        read(GOOD_PDF)

    assert refusal.value.reason == "slow"


def test_a_page_of_more_signs_than_anybody_draws_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf_room, "MOST_SIGNS", 1_000)

    with pytest.raises(DocumentRefused) as refusal:
        read(pdf(contents=[b"q Q " * 501]))

    assert refusal.value.reason == "too_large"


def test_forms_within_forms_are_not_followed_for_ever():
    """Each of 40 shows the next one four times."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 24 /Resources << /XObject << /X %d 0 R >> >> >>"
    shows = b"\nstream\n/X Do /X Do /X Do /X Do \nendstream"
    forms = [form % (n + 1) + shows for n in range(6, 46)]
    data = pdf(contents=[b"/X Do"], resources=b"/XObject << /X 6 0 R >>", more=forms)

    with pytest.raises(DocumentRefused) as refusal:
        read(data)

    assert refusal.value.reason in {"no_text", "too_large", "slow"}


HOSTILE_TEXTS = {
    "cues without end": "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nmot\n\n" * 20_000,
    "a time without end": "00:00:01,000" + " " * 400_000 + "--> 00:00:02,000\nmot",
    "markup without end": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 100_000,
    "brackets without end": "WEBVTT\n\n00:01.000 --> 00:02.000\nmot " + "[" * 300_000,
    "names without end": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "A " * 200_000,
    "dashes without end": "mot\n" + "- " * 200_000,
    "comments without end": "<!--" * 100_000,
    "one line": "mot " * 120_000,
    "lines": "mot\n" * 40_000,
    "blank lines": "mot" + "\n" * 400_000 + "mot",
}


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS.keys())
def test_hostile_texts_are_read_or_refused_in_a_moment(text):
    try:
        found = read(text.encode())
    except DocumentRefused as refusal:
        assert refusal.reason in {"empty", "too_long"}
        return

    assert found.blocks


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD_PDF)), st.binary(max_size=40), st.integers(0, 400))
def test_a_damaged_pdf_is_read_or_refused(place, noise, length):
    damaged = GOOD_PDF[:place] + noise + GOOD_PDF[place + length :]

    try_to_read(damaged)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD_WORD)), st.binary(max_size=40), st.integers(0, 400))
def test_a_damaged_word_document_is_read_or_refused(place, noise, length):
    damaged = GOOD_WORD[:place] + noise + GOOD_WORD[place + length :]

    try_to_read(damaged)


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.text().map(str.encode), st.sampled_from(["a.txt", "a.html", "a.srt"]))  # fmt: skip
def test_any_file_is_read_or_refused(data, name):
    try_to_read(data, name)


def try_to_read(data, name="a"):
    try:
        found = read_document(name, data)
    except DocumentRefused as refusal:
        assert str(refusal)
        return
    text, blocks = lay_out_blocks(found.blocks)
    assert [block.span.of(text) for block in blocks] == [
        block.text for block in found.blocks
    ]


def test_streams_of_a_page_may_be_long():
    lines = [f"Une ligne de plus, la numéro {n}, avec assez de mots pour la remplir." for n in range(50)]  # fmt: skip

    assert len(read(pdf(contents=[stream(lines)])).blocks[0].text) > 3_000
