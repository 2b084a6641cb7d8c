"""Files as people and programs make them, made by hand."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document


def pdf(
    *pages: list[str],
    contents: list[bytes] | None = None,
    resources: bytes = b"",
    more: list[bytes] | None = None,
    **info: str,
) -> bytes:
    """A PDF whose pages have these lines, or these streams of signs.

    With one page, the objects `more` are numbered from 6.
    """
    streams = contents or [stream(lines) for lines in pages]
    first = 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    entries = " ".join(f"/{key} ({value})" for key, value in info.items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %b >> >>"
            % (first + 2 * number + 1, resources)
        )
        objects.append(
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
        )
    objects += more or []
    objects.append(f"<< {entries} >>".encode("cp1252"))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += (
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(objects),
            start,
        )
    )
    return bytes(out)


def stream(lines: list[str]) -> bytes:
    shown = [
        line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        for line in lines
    ]
    return (
        b"BT /F1 11 Tf 14 TL 60 780 Td "
        + b" ".join(b"(%b) Tj T*" % line.encode("cp1252") for line in shown)
        + b" ET"
    )


def word(*blocks: tuple[str, str], **properties: object) -> bytes:
    """A .docx with paragraphs of these styles and texts."""
    document = Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    return saved(document)


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive `data` with another part of this name."""
    out = BytesIO()
    with (
        ZipFile(BytesIO(data)) as old,
        ZipFile(out, "w", ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()
