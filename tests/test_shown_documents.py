"""Documents in place: what is shown of them has nothing that could act; the rest is downloaded."""

from hashlib import sha256
from io import BytesIO
from zlib import decompress

import pytest
import typst

from api.demo.sample_documents import pdf
from api.documents.draw import png
from api.documents.shown import CannotShow, kind_of, picture_of
from api.http.auth.keys import Role
from ledger.facts.books import book_id
from support.desk import DeskUser, desk_user, plain
from support.http_clients import INVOICE, HttpClients, Person

FILE = f"/invoices/{book_id('default', 'invoice', INVOICE['invoice'])}"
PDF = pdf("proof.pdf", "Proof of delivery").content
MAIL = (
    b"From: Jo <jo@jansen.example>\r\nTo: us@seller.example\r\nSubject: The door\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>It is <b>broken</b>.</p><script>alert(1)</script><img src='https://evil.example/x.png'>"
)
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


DOT = png(1, 1, 3, b"\xff\0\0")


@pytest.fixture
def filer(http: HttpClients) -> Person:
    found = http.collector(name="anna")
    found.record("/invoices", INVOICE)
    return found


@pytest.fixture
def viewer(http: HttpClients) -> DeskUser:
    return desk_user(http, Role.COLLECTOR, "bram")


def attach(filer: Person, content: bytes, name: str, media_type: str) -> str:
    """Attach a file, and return its address on pages."""
    answer = filer.client.post(
        f"/v1/invoices/{INVOICE['invoice']}/documents",
        files={"file": (name, BytesIO(content), media_type)},
        headers=filer.headers({}),
    )
    assert answer.status_code in (200, 201), answer.text
    return f"{FILE}/documents/{sha256(content).hexdigest()}"


def test_a_pdf_is_shown_as_a_picture(filer: Person, viewer: DeskUser) -> None:
    at = attach(filer, PDF, "proof.pdf", "application/pdf")
    page = viewer.page(FILE)
    assert "proof.pdf" in plain(page)
    assert f'loading="lazy" src="{at}/picture"' in page
    shown = viewer.page(f"{at}/view")
    assert f'src="{at}/picture?page=1"' in shown
    assert "Next page" not in plain(shown)
    answer = viewer.get(f"{at}/picture?page=1")
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert viewer.get(f"{at}/picture?page=2").status_code == 404
    assert "attachment" in viewer.get(at).headers["content-disposition"]


def test_pictures_are_what_their_bytes_are(filer: Person, viewer: DeskUser) -> None:
    at = attach(filer, DOT, "photo.html", "text/html")
    answer = viewer.get(f"{at}/picture")
    assert (answer.content, answer.headers["content-type"]) == (DOT, "image/png")
    assert answer.headers["content-disposition"] == "inline"


def test_a_mail_is_shown_as_its_words(filer: Person, viewer: DeskUser) -> None:
    at = attach(filer, MAIL, "mail.eml", "message/rfc822")
    page = viewer.page(f"{at}/view")
    words = plain(page)
    assert "The door" in words
    assert "It is broken." in words.replace(" .", ".")
    assert "jo@jansen.example" in words
    assert "evil.example" not in page
    assert "alert(1)" not in page
    assert viewer.get(f"{at}/picture").status_code == 404


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(HTML, "image/png"), (SVG, "image/svg+xml"), (b"PK\x03\x04\0", "application/pdf")],
)
def test_what_could_act_is_only_downloaded(
    filer: Person, viewer: DeskUser, content: bytes, media_type: str
) -> None:
    at = attach(filer, content, "file", media_type)
    page = viewer.page(f"{at}/view")
    assert "only downloaded" in plain(page)
    assert "alert" not in page
    assert viewer.get(f"{at}/picture").status_code == 404
    assert "attachment" in viewer.get(at).headers["content-disposition"]


def test_a_damaged_pdf_ends_no_process(filer: Person, viewer: DeskUser) -> None:
    at = attach(filer, b"%PDF-1.7\nnonsense" + b"\xff" * 5_000, "bad.pdf", "application/pdf")
    assert "only downloaded" in plain(viewer.page(f"{at}/view"))
    with pytest.raises(CannotShow):
        picture_of(b"%PDF-1.4 no pages")


def test_who_may_not_see_the_invoice_sees_no_document(
    http: HttpClients, filer: Person, viewer: DeskUser
) -> None:
    at = attach(filer, PDF, "proof.pdf", "application/pdf")
    north = desk_user(http, Role.COLLECTOR, "nora", business_units=["nowhere"])
    for path in (at, f"{at}/view", f"{at}/picture"):
        assert north.get(path).status_code == 404
    assert viewer.get(f"{FILE}/documents/{'0' * 64}/view").status_code == 404
    assert viewer.get(f"{FILE}/documents/nonsense/view").status_code == 404


def test_kinds_follow_from_the_bytes() -> None:
    assert [kind_of(content) for content in (DOT, PDF, MAIL, b"Just words.", HTML, SVG)] == [
        *("picture", "pdf", "mail", "text", "", "")
    ]
    assert kind_of(b"") == ""
    assert kind_of(b"caf\xe9 \0") == ""


def rows_of(picture: bytes) -> list[bytes]:
    """Return the rows of a picture that we drew, without the first centimetre."""
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    size = int.from_bytes(picture[33:37])
    rows, row = decompress(picture[41 : 41 + size]), 3 * width + 1
    return [rows[n * row + 150 : (n + 1) * row] for n in range(height)]


def test_a_fold_mark_clips_no_word_beside_it() -> None:
    """DIN 5008 has it at 105 mm, where the subject of a letter is."""
    words = '#place(top + left, dx: 25mm, dy: 105mm, text(weight: "bold")[Subject of a letter])'
    mark = "#place(top + left, dx: 5mm, dy: 105mm, line(length: 4mm, stroke: 0.4pt + luma(65%)))"
    drawn = [
        picture_of(typst.compile(f'#set page("a4", margin: 0mm)\n{each}\n'.encode())).content
        for each in (words, mark + words)
    ]
    plain_rows, marked_rows = map(rows_of, drawn)
    assert len(set(plain_rows)) > 5, "the words are there"
    assert plain_rows == marked_rows
