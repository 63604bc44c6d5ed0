"""From bytes to a message: fields, charsets, parts; and that no bytes whatever stop it."""
# ruff: noqa: RUF001

from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.mail.parse import read
from commands.inbox.message import Address, MessageKind
from support.mail_samples import mail

HTML = "Content-Type: text/html; charset=utf-8"


def made() -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jan de Vries <jan@baker.example>"
    made["Subject"] = "Re: Rechnung Nr. 2026-0017 – Ümläut"
    made.set_content("Zie foto.\n\nGroet, Jan\n")
    return made


def test_the_fields() -> None:
    message = read(
        mail(
            "Message-ID: <b@baker.example>",
            "In-Reply-To: <a2@seller.example>",
            "References: <a1@seller.example>\r\n <a2@seller.example>",
            'From: "Vries, Jan de" <Jan@Baker.example>, =?utf-8?q?B=C3=B6b?= <bob@x.example>',
            "To: reply+abc@seller.example, undisclosed-recipients:;",
            "Cc: Team: a@x.example, b@x.example;",
            "Reply-To: <pay@baker.example>",
            "Delivered-To: intake@seller.example",
            "X-Original-To: reply+ABC@seller.example",
            "Date: Mon, 2 Mar 2026 10:14:00 +0100",
            "Subject: =?iso-8859-1?q?Caf=E9?= =?iso-8859-1?q?_2026?= 17",
        )
    )
    assert message.id == "b@baker.example"
    assert message.in_reply_to == ("a2@seller.example",)
    assert message.references == ("a1@seller.example", "a2@seller.example")
    assert message.from_ == (
        Address("jan@baker.example", "Vries, Jan de"),
        Address("bob@x.example", "Böb"),
    )
    assert message.to == (Address("reply+abc@seller.example"),)
    assert message.cc == (Address("a@x.example"), Address("b@x.example"))
    assert message.reply_to == (Address("pay@baker.example"),)
    assert [one.mail for one in message.delivered_to] == [
        "intake@seller.example",
        "reply+abc@seller.example",
    ]
    assert message.at == datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
    assert message.subject == "Café 2026 17"
    assert message.text == "Hello.\n"
    assert message.reply == "Hello."
    assert message.kind is MessageKind.PERSON
    assert message.flags == ()


def test_without_an_id_the_bytes_are_the_id() -> None:
    raw = mail("From: a@b.example")
    assert read(raw).sha256 == sha256(raw).hexdigest()
    assert read(raw).id == f"{sha256(raw).hexdigest()}@no-message-id.invalid"
    assert read(raw) == read(raw)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Mar 2026 10:00", "1 Jan 9999999 00:00"])
def test_a_date_that_is_none(date: str) -> None:
    assert read(mail(f"Date: {date}")).at is None


@pytest.mark.parametrize(
    ("charset", "content", "text", "sure"),
    [
        ("utf-8", "Müller".encode(), "Müller", True),
        ("iso-8859-1", "Müller – 5 €".encode("cp1252"), "Müller – 5 €", True),
        ("gb2312", "發票".encode("gb18030"), "發票", True),
        ("utf-8", "Müller".encode("latin-1"), "Müller", False),
        ("x-unknown", "Müller".encode(), "Müller", False),
        ("punycode", b"Hello", "Hello", False),
        ("base64", b"Hello", "Hello", False),
        ("", "Müller".encode(), "Müller", True),
        ("", "Müller".encode("latin-1"), "Müller", False),
    ],
)
def test_any_charset(charset: str, content: bytes, text: str, sure: bool) -> None:
    """What is a guess is flagged, and the bytes are kept."""
    said = f"; charset={charset}" if charset else ""
    message = read(mail(f"Content-Type: text/plain{said}", text=content))
    assert message.text == text
    assert [one.content for one in message.attachments] == ([] if sure else [content])
    assert bool(message.flags) is not sure


def test_raw_bytes_in_a_field() -> None:
    for encoding in ("utf-8", "latin-1"):
        raw = b"Subject: " + "Caf\xe9".encode(encoding) + b"\r\n\r\nHello."
        assert read(raw).subject == "Café"


def test_a_character_cut_in_two_words() -> None:
    content = "請求書".encode()
    words = [b64encode(part).decode() for part in (content[:4], content[4:])]
    assert read(mail("Subject: " + " ".join(f"=?utf-8?b?{word}?=" for word in words))).subject == (
        "請求書"
    )


def test_the_text_stands_for_the_page_of_the_same_mail() -> None:
    mail = made()
    mail.add_alternative("<p>Zie foto.</p>", subtype="html")
    message = read(mail.as_bytes())
    assert message.text == "Zie foto.\n\nGroet, Jan\n"
    assert message.html.strip() == "<p>Zie foto.</p>"
    assert message.attachments == ()


def test_an_empty_text_does_not_stand_for_the_page() -> None:
    mail = made()
    mail.set_content(" \n")
    mail.add_alternative("<p>Zie foto.</p>", subtype="html")
    assert read(mail.as_bytes()).text == "Zie foto."


def test_attachments() -> None:
    mail = made()
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Überweisung.pdf")
    mail.add_attachment(b"GIF", maintype="image", subtype="gif", filename="../../etc/pass?wd")
    mail.add_attachment("a;b\n", subtype="csv")
    mail.add_attachment(made())
    message = read(mail.as_bytes())
    assert [(one.name, one.media_type) for one in message.attachments] == [
        ("Überweisung.pdf", "application/pdf"),
        ("passwd", "image/gif"),
        ("part-3", "text/csv"),
        ("Re Rechnung Nr. 2026-0017 – Ümläut.eml", "message/rfc822"),
    ]
    assert message.attachments[0].content == b"%PDF"
    assert message.attachments[0].sha256 == sha256(b"%PDF").hexdigest()
    assert read(message.attachments[3].content).text == "Zie foto.\n\nGroet, Jan\n"
    assert message.text == "Zie foto.\n\nGroet, Jan\n"


def test_a_page_reads_as_its_reader_sees_it() -> None:
    page = """<html><head><title>x</title><style>p {}</style></head><body>
        <p>The goods&nbsp;were <b>broken</b> &amp; late.<br>See below.</p>
        <ul><li>one</li><li>two</li></ul><script>if (a < b) alert()</script>
        <table><tr><td>2026-0017</td><td>12.00</td></tr></table>
        <div>On 2 March 2026 Ann &lt;ann@seller.example&gt; wrote:</div>
        <blockquote>Please pay.<blockquote>Older.</blockquote></blockquote></body></html>"""
    message = read(mail(HTML, text=page))
    above = "The goods were broken & late.\nSee below.\n\n- one\n- two\n\n2026-0017 12.00"
    assert message.reply == above
    assert message.text.startswith(f"{above}\n\nOn 2 March 2026 Ann <ann@seller.example> wrote:\n")
    assert "\n> Please pay.\n" in message.text
    assert "\n>> Older." in message.text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div>" * 5_000 + "deep", "deep"),
        ("a < b > c", "a < b > c"),
        ("<script>never ends", "never ends"),
        ("<!-- never ends", "<!-- never ends"),
        ("<p>x<p", "x"),
        ("</blockquote></pre>x", "x"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<blockquote style="border:none">in</blockquote>', "in"),
    ],
)
def test_pages_that_are_none(page: str, text: str) -> None:
    """Nothing that may be seen is dropped."""
    assert read(mail(HTML, text=page)).text == text


def test_an_encoding_written_wrongly() -> None:
    field = "Content-Transfer-Encoding: quoted printable;"
    assert read(mail(field, text="=48i")).text == "Hi"
    assert read(mail("Content-Transfer-Encoding: foo", text="=48i")).flags == (
        "unknown encoding foo",
    )


def test_text_outside_the_parts_is_text() -> None:
    raw = mail("Content-Type: multipart/mixed; boundary=b", text="It broke.\n--b\n\n\n--b--\n")
    assert read(raw).text == "It broke."
    assert read(raw).flags == ("text outside the parts",)


def test_parts_within_parts_without_end() -> None:
    """Kept whole, for a person to look at."""
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{i}"\r\n\r\n--b{i}\r\n' for i in range(3_000)
    )
    for raw in (deep.encode(), deep.encode() + b"x\n" * 100_000):
        message = read(raw)
        assert message.flags == ("unread: parts within parts without end",)
        assert [one.content for one in message.attachments] == [raw]


TEXT = (
    "From: |To: |Subject: |Date: |Message-ID: <|>|\r\n|\n|\r\n\r\n|Content-Type: |multipart/mixed|"
    "multipart/alternative|multipart/report|; boundary=b|\r\n--b\r\n|\r\n--b--\r\n|text/html|"
    "message/rfc822|message/delivery-status|; charset=|utf-7|utf-16|idna|unicode_escape|base64|"
    'Content-Transfer-Encoding: |quoted-printable|x-uuencode|begin 6 x\n|=|charset*1*=|%00|"|\\|'
    "Content-Disposition: attachment; filename*|0*=|utf-8''%|=?utf-8?q?|?=|=?x?b?|\0|<blockquote>|"
    "<pre>|&#x110000;|&#55296;|On |wrote:|Return-Path: <>\r\n|Final-Recipient: rfc822; |a@b.c|;|,|"
    "Status: 5.1.1|(| 2026 |+0000|1111111111111111111111|Subject: Undeliverable\r\n|user unknown"
)
PIECES = TEXT.split("|")
ODD = st.one_of(
    st.binary(),
    st.lists(st.one_of(st.sampled_from(PIECES).map(str.encode), st.binary(max_size=5))).map(
        b"".join
    ),
)


@given(ODD)
@example(b"Content-Type: message/rfc822\n\nContent-Type: multipart/mixed\n\n\xff")
@example(b"Return-Path: <>\r\nSubject: Undeliverable\r\n\r\nuser unknown")
@example(b"Content-Disposition: attachment; filename*" + b"1" * 1_900 + b"*=x\r\n\r\nx")
@example(b"Content-Type: text/plain; charset*=x'\x00'y; name*=\x00''%00\r\n\r\n\xff")
@example(b"Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA-")
def test_no_bytes_stop_it(raw: bytes) -> None:
    message = read(raw)
    words = [message.id, message.subject, message.text, message.reply, message.html]
    words += [*message.references, *message.flags, *(one.name for one in message.attachments)]
    words += [word for one in message.failures for word in (one.recipient, one.diagnostic)]
    words += [word for one in message.from_ for word in (one.mail, one.name)]
    for word in words:
        assert "\0" not in word
        word.encode()  # Postgres takes it
    assert message.id
    assert all(one.name for one in message.attachments)
