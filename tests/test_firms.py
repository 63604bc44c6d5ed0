"""Two firms on one installation: each writes under its own name, in its own words."""

import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from threading import Event, Thread

import pytest
from pypdf import PdfReader

from api import firm
from api.http.auth.keys import Role
from api.pages.kit.brand import brand_of
from api.pages.kit.html import notice_page
from api.postman.build import build_letter
from api.postman.letters.typeset import Letterhead
from api.postman.outbox import find
from api.worker import run
from commands.command import Command, DecisionContext
from commands.creditor import DescribeCreditor
from commands.debtors.registration import RegisterDebtor
from commands.logo import ShowLogo
from commands.message_templates import ReplaceTemplate, ResetTemplate
from ledger.database.pool import Pool
from ledger.facts.books import CREDITOR, book_id
from ledger.facts.codes import Channel
from ledger.facts.creditor import Creditor as Firm
from ledger.facts.creditor import Logo, OwnTemplate
from ledger.policy.logo import MAX_BYTES
from ledger.policy.messages.template_text import TEMPLATES
from ledger.policy.refusal import Refused
from support.cli import CliUser
from support.creditor import Creditor, invoice, new_creditor
from support.given import day
from support.http_clients import HttpClients, refused
from support.postman_case import FOLLOW_UP, PostmanCase, ask
from support.smtp import US, SmtpServer, run_smtp_server
from support.waiting import wait_for

NOW = DecisionContext(day("2026-03-02"), "anna")
START = Firm(book_id("default", "creditor", "creditor"))


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 2, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\x10\x60\x40" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def svg(inside: str = '<rect width="9" height="9" fill="#064"/>', more: str = "") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{more}>{inside}</svg>'.encode()
    )


def logo(content: bytes) -> ShowLogo:
    return ShowLogo(content=b64encode(content).decode())


def after(state: Firm, *commands: Command) -> Firm:
    for command in commands:
        for event in command.decide(state, NOW):
            state = CREDITOR.after(state, event)
    return state


def test_what_a_firm_is_changes_any_time_and_what_is_left_out_stays() -> None:
    first = after(
        START,
        DescribeCreditor(name="Korenaar B.V.", sender_name="Marit van Korenaar", language="nl"),
        DescribeCreditor(time_zone="Europe/Amsterdam", letter_head="KvK 1\nkorenaar.example"),
        logo(svg()),
    )
    assert (first.name, first.language, first.time_zone) == (
        "Korenaar B.V.",
        "nl",
        "Europe/Amsterdam",
    )
    assert first.logo.media_type == "image/svg+xml"
    assert after(first, logo(svg())) == first
    assert after(first, ShowLogo(content="")).logo == Logo()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (DescribeCreditor(time_zone="Mars/Phobos"), "time-zone-unknown"),
        (DescribeCreditor(language="xx"), "no-template-language"),
        (DescribeCreditor(letter_head="\n".join("123456")), "letterhead-too-long"),
        (ShowLogo(content="no base64!"), "logo-not-decoded"),
        (logo(b"x" * (MAX_BYTES + 1)), "logo-too-large"),
        (logo(png()[:-20]), "logo-not-readable"),
        (logo(png(2001, 1)), "logo-not-readable"),
        (logo(b"GIF89a"), "logo-not-safe"),
        (logo(svg("<script>alert(1)</script>")), "logo-not-safe"),
        (logo(svg(more=' onload="alert(1)"')), "logo-not-safe"),
        (logo(svg('<image href="https://evil.example/x.png"/>')), "logo-not-safe"),
        (logo(svg('<rect fill="url(https://evil.example)"/>')), "logo-not-safe"),
        (logo(svg('<rect style="x"/>')), "logo-not-safe"),
        (logo(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>")), "logo-not-safe"),
        (logo(svg("<foreignObject/>")), "logo-not-safe"),
    ],
)
def test_a_detail_or_logo_that_cannot_be_right_or_is_not_safe_is_refused(
    command: Command, code: str
) -> None:
    with pytest.raises(Refused) as error:
        after(START, command)
    assert error.value.code == code


def own(text: str, subject: str = "Open: #invoices", **more: str) -> ReplaceTemplate:
    given = {"template": "reminder", "language": "nl"} | more
    return ReplaceTemplate(subject=subject, text=text, **given)


def test_a_template_is_replaced_and_reset() -> None:
    mine = after(START, own("Beste #customer_name,\n\n#items_list_selected"))
    assert [*mine.templates] == [("reminder", "nl")]
    assert mine.templates["reminder", "nl"] == OwnTemplate(
        "Open: #invoices", "Beste #customer_name,\n\n#items_list_selected"
    )
    assert after(mine, ResetTemplate(template="reminder", language="nl")) == START
    assert after(START, ResetTemplate(template="reminder", language="nl")) == START


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (own("Dear #custmer_name"), "template-placeholder", "custmer_name"),
        (own("x", "#totl"), "template-placeholder", "totl"),
        (own("{{ item.invoice }}"), "template-placeholder", "item"),
        (own("{% for item in items %}{{ item.invoce }}{% endfor %}"), "template-not-allowed", "e"),
        (own("{{ 'a' * 999999999 }}"), "template-not-allowed", "mul"),
        (own("{{ total|center(999999999) }}"), "template-not-allowed", "center"),
        (own("{{ items.__class__ }}"), "template-not-allowed", "__class__"),
        (
            own("{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}"),
            "template-not-allowed",
            "for",
        ),
        (own("{{ collection_costs_with_vat('a lot') }}"), "template-not-allowed", "call"),
        (own("{% include 'x' %}"), "template-not-allowed", "include"),
        (own("{{ total"), "template-not-readable", "end of"),
        (own("x", "two\nlines"), "template-subject", "single"),
        (own("x" * 20_001), "template-too-long", "20000"),
        (own("x", template="remidner"), "no-template", "reminder"),
        (own("x", language="es"), "no-template-language", "nl"),
    ],
)
def test_a_template_with_a_fault_is_refused_when_it_is_set(
    command: ReplaceTemplate, code: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as error:
        after(START, command)
    assert error.value.code == code


@pytest.mark.parametrize("language", ["nl", "de", "fr", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_each_shipped_template_can_be_taken_as_your_own(
    cli: CliUser, tmp_path: Path, name: str, language: str
) -> None:
    file = tmp_path / "mine.txt"
    file.write_text(cli("creditor", "template", "show", name, "--language", language).ok().out)
    typed = ("creditor", "template", "set", name, str(file), "--language", language)
    assert "Subject: " in cli(*typed, "--preview").ok().out


@contextmanager
def firms(pool: Pool, *names: str) -> Iterator[list[Creditor]]:
    """Creditors, each with a reminder that waits."""
    with ExitStack() as stack:
        made = [stack.enter_context(new_creditor(pool)) for _ in names]
        for name, creditor in zip(names, made, strict=True):
            prepare(creditor, name)
        yield made


def prepare(creditor: Creditor, name: str) -> None:
    creditor.applies_the_playbook()
    creditor.execute(
        DescribeCreditor(
            name=f"{name} B.V.",
            sender_name=f"Debiteuren {name}",
            email=f"geld@{name.lower()}.example",
            reply_to=f"post@{name.lower()}.example",
            accent="#0a7d3c",
        ),
        own(f"Beste #customer_name, hier schrijft {name}: #total", f"{name}: #invoices"),
        RegisterDebtor(on=day("2026-01-01"), debtor="D-7", name="Bakkerij Jansen", language="nl"),
        invoice("A-1"),
    )
    session = PostmanCase(creditor).session
    firm.keep_logo(session, logo(png()))
    creditor.execute(logo(png()), ask())
    with creditor.reading():
        pass


@contextmanager
def worker(url: str, smtp: SmtpServer, patch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in smtp.environment().items():
        patch.setenv(name, value)
    stop = Event()
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    thread = Thread(target=run, args=(url, stop, lambda: at))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def of(smtp: SmtpServer, name: str) -> list[EmailMessage]:
    return [mail for mail in smtp.mails if name in str(mail["From"])]


def test_one_worker_sends_for_each_firm_from_its_own_sender_and_takes_up_a_new_one(
    database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender that the server refuses stops its own firm only, and no firm waits for a restart."""
    with run_smtp_server() as smtp, ExitStack() as stack:
        stack.enter_context(firms(pool, "Korenaar", "Molen"))
        smtp.barred.add("geld@korenaar.example")
        stack.enter_context(worker(database, smtp, monkeypatch))
        wait_for(lambda: of(smtp, "Molen"))
        assert of(smtp, "Korenaar") == []
        stack.enter_context(firms(pool, "Nieuw"))
        wait_for(lambda: of(smtp, "Nieuw"))
        smtp.barred.clear()
        wait_for(lambda: of(smtp, "Korenaar"))
    for name in ("Korenaar", "Molen", "Nieuw"):
        [mail] = of(smtp, name)
        low = name.lower()
        assert mail["From"] == f"Debiteuren {name} <geld@{low}.example>"
        assert mail["Reply-To"] == f"post@{low}.example"
        assert mail["Subject"] == f"{name}: A-1"
        text = mail.get_body(("plain",))
        assert isinstance(text, EmailMessage)
        assert f"Beste Bakkerij Jansen, hier schrijft {name}: €\xa0100,00" in text.get_content()
        html = mail.get_body(("related", "html"))
        assert isinstance(html, EmailMessage)
        [picture] = [part for part in html.walk() if part.get_content_type() == "image/png"]
        assert picture.get_payload(decode=True) == png()
        shown = next(part for part in html.walk() if part.get_content_type() == "text/html")
        assert f"cid:{picture['Content-ID'].strip('<>')}" in shown.get_content()
        assert '<main style="border-top: 4px solid #0a7d3c;' in shown.get_content()
    assert sorted(smtp.senders) == [
        f"geld@{name}.example" for name in ("korenaar", "molen", "nieuw")
    ]


def test_a_letter_has_the_firms_own_head_foot_logo_and_words(
    postman: PostmanCase, tmp_path: Path
) -> None:
    firm.keep_logo(postman.session, logo(svg()))
    postman.creditor.execute(
        DescribeCreditor(name="Korenaar B.V.", address="Stationsplein 1\n3511 ED Utrecht"),
        DescribeCreditor(letter_head="Afdeling Debiteuren\nkorenaar.example", letter_foot="KvK 7"),
        own("Hier schrijft #company_name.\n\n#items_list_selected"),
        ask(channel=Channel.LETTER, to=("Dorpsstraat 1\n3511 AA Utrecht",)),
        logo(svg()),
    )
    paper = Letterhead(tmp_path, ("Elders 1",))
    letter = build_letter(postman.session, find(postman.session, FOLLOW_UP), US, paper, None)
    (tmp_path / "letter.pdf").write_bytes(letter.pdf)
    text = PdfReader(tmp_path / "letter.pdf").pages[0].extract_text()
    for words in (
        "Afdeling Debiteuren",
        "KvK 7",
        "Hier schrijft Korenaar B.V.",
        "Utrecht, 2 maart",
    ):
        assert words in text
    assert "Elders" not in text
    plain = build_letter(postman.session, find(postman.session, FOLLOW_UP), US, paper, None)
    assert plain.pdf == letter.pdf


def test_it_is_set_on_the_command_line(cli: CliUser, tmp_path: Path) -> None:
    file, text = tmp_path / "logo.svg", tmp_path / "mine.txt"
    file.write_bytes(svg())
    cli("creditor", "set", "--time-zone", "Asia/Tokyo", "--sender-name", "Marit").ok()
    cli("creditor", "set", "--accent", "#0A7D3C").ok()
    cli("creditor", "logo", str(file)).ok()
    text.write_text("Subject: Wij missen #total\n\nBeste #customer_name")
    typed = ("creditor", "template", "set", "reminder", str(text), "--language", "nl")
    assert "Subject: Wij missen € 2.000,00" in cli(*typed, "--preview").ok().out
    assert cli("creditor", "show", "--json").ok().json.get("templates") is None
    cli(*typed).ok()
    shown = cli("creditor", "show", "--json").ok().json
    assert shown["templates"] == ["nl/reminder"]
    assert shown["logo"]["media_type"] == "image/svg+xml"
    assert shown["accent"] == "#0a7d3c"
    assert shown["time_zone"] == "Asia/Tokyo"
    assert "Asia/Tokyo" in cli("tenant", "list").ok().out
    assert "Wij missen" in cli("postman", "preview", "reminder", "--language", "nl").ok().out
    text.write_text("Subject: x\n\n#custmer_name")
    cli(*typed).refused("custmer_name")
    cli("creditor", "template", "reset", "reminder", "--language", "nl").ok()
    assert "Wij missen" not in cli("postman", "preview", "reminder", "--language", "nl").ok().out
    cli("creditor", "logo", "--remove").ok()
    assert "logo" not in cli("creditor", "show", "--json").ok().json


def test_a_page_shows_name_or_logo_and_allows_no_other_picture(postman: PostmanCase) -> None:
    postman.creditor.execute(DescribeCreditor(name="Korenaar <B.V.>"))
    named = notice_page("x", brand=brand_of(postman.session))
    assert "Korenaar &lt;B.V.&gt;" in bytes(named.body).decode()
    assert named.headers["Content-Security-Policy"].endswith("; img-src 'self'")
    firm.keep_logo(postman.session, logo(svg()))
    postman.creditor.execute(logo(svg()))
    shown = notice_page("x", brand=brand_of(postman.session))
    assert b64encode(svg()) in bytes(shown.body)
    assert shown.headers["Content-Security-Policy"].endswith("; img-src 'self' data:")


@pytest.mark.no_worker
def test_it_is_set_over_http(http: HttpClients) -> None:
    admin, path = http.person(Role.ADMIN), "/creditor/templates"
    reminder = {"template": "reminder", "language": "nl"}
    mine = {"subject": "Wij missen #total", "text": "Dag"}
    picture = {"content": b64encode(png()).decode()}
    refused(http.collector().post("/creditor/logo", picture), 403, "not-allowed")
    assert admin.post("/creditor/logo", picture).status_code == 201
    wrong = reminder | {"subject": "x", "text": "#custmer_name"}
    answer = refused(admin.post(path, wrong), 409, "refused", "/text")
    assert "custmer_name" in answer["detail"]
    assert admin.post(path, reminder | mine).status_code == 201
    asked = f"{path}?template=reminder&language=nl"
    shown = http.collector().get(asked).json()
    assert shown["own"]
    assert shown["sample_subject"] == "Wij missen € 2.000,00"
    assert admin.post("/creditor", {"time_zone": "Asia/Tokyo"}).status_code == 201
    details = http.collector().get("/creditor").json()
    assert (details["time_zone"], details["templates"]) == ("Asia/Tokyo", ["nl/reminder"])
    assert admin.post(f"{path}/reset", reminder).status_code == 201
    assert not http.collector().get(asked).json()["own"]
    assert http.topics() == [
        "creditor-described.v1",
        "template-replaced.v1",
        "creditor-described.v1",
        "template-reset.v1",
    ]
