"""Letters end as PDF in a folder: once on record, whatever stops the printer."""

import os
import signal
from pathlib import Path
from shutil import rmtree
from subprocess import Popen
from typing import Any

import psycopg
import pytest
from pypdf import PdfReader

from api.postman import status
from api.postman.email.smtp import Server
from api.postman.letters.typeset import Letterhead
from api.postman.loop import send_pending
from api.postman.settings import NOBODY, Settings
from commands.debtors.registration import CorrectDebtor
from commands.payments.payments import ReceivePayment
from ledger.database import documents
from ledger.facts.codes import Channel
from projections import outbox
from projections.contact_log import log
from support.cli import CliUser
from support.http_clients import open_http
from support.postman_case import FOLLOW_UP, PostmanCase, ask, take_step
from support.smtp import run_smtp_server
from support.waiting import wait_for

ADDRESS = "Dorpsstraat 1, 1234 AB Dorp"
NAME = "2026-03-02_D-7_first-reminder"
OURS = ("Stationsplein 1", "3511 ED Utrecht")
TO = ("Bakkerij Jansen", "Dorpsstraat 1", "1234 AB Dorp")


@pytest.fixture(autouse=True)
def street(postman: PostmanCase) -> None:
    """The debtor can be written to by letter."""
    postman.creditor.execute(CorrectDebtor(debtor="D-7", why="Told.", address=ADDRESS))


@pytest.fixture
def paper(tmp_path: Path) -> Settings:
    return Settings(None, NOBODY, None, Letterhead(tmp_path, OURS))


def by_letter(name: str = FOLLOW_UP, *invoices: str, **more: Any) -> Any:
    told = {"channel": Channel.LETTER, "to": (ADDRESS,), "step": "first reminder"} | more
    return ask(name, *invoices, **told)


def printed(postman: PostmanCase, settings: Settings) -> int:
    with postman.reading():
        return send_pending(postman.session, settings).printed


def files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def test_a_letter_is_printed_once_without_a_mail_server_and_recorded_as_a_letter(
    postman: PostmanCase, paper: Settings, tmp_path: Path
) -> None:
    postman.creditor.execute(by_letter(FOLLOW_UP, "A-1", "A-2"))
    assert printed(postman, paper) == 1
    assert printed(postman, paper) == 0
    [file] = files(tmp_path)
    assert file.parent == tmp_path / "default"
    assert file.name.startswith(NAME)
    said = PdfReader(file).pages[0].extract_text()
    assert all(line in said for line in (*TO, *OURS))
    assert postman.message(FOLLOW_UP).status == "sent"
    [gone] = [entry.event for entry in postman.lines("message-sent")]
    assert (gone.to, gone.message_id) == (TO, "")
    first, second = [entry.event for entry in postman.lines("letter-printed")]
    assert (first.step, first.open_amount, first.document) == ("first reminder", 100, gone.document)
    assert second.to == TO
    assert postman.invoice("A-1").reminders == postman.invoice("A-2").reminders == 1
    with postman.reading() as conn:
        assert documents.fetch(conn, "default", gone.document) == file.read_bytes()
        assert outbox.find("default").fetch(conn) == []
        *_, last = log.of_book("default", postman.invoice("A-1").id).fetch(conn)
    assert (last.channel, last.direction) == ("letter", "out")
    assert last.what.startswith("A reminder to pay 100.00 was printed as a letter to Bakkerij")


def test_there_must_still_be_cause(postman: PostmanCase, paper: Settings, tmp_path: Path) -> None:
    postman.creditor.execute(by_letter())
    take_step(postman, "A-1")
    postman.creditor.execute(ReceivePayment(invoice="A-1", reference="P1", amount="100"))
    assert printed(postman, paper) == 0
    assert files(tmp_path) == []
    assert postman.message(FOLLOW_UP).status == "withdrawn"
    assert postman.invoice("A-1").steps == ()


def test_who_moved_gets_another_letter(postman: PostmanCase, paper: Settings) -> None:
    postman.creditor.execute(by_letter())
    take_step(postman, "A-1")
    postman.creditor.execute(CorrectDebtor(debtor="D-7", why="Moved.", address="Hof 2, Dorp"))
    assert printed(postman, paper) == 0
    assert postman.message(FOLLOW_UP).why == "The address of the debtor has changed."
    assert postman.invoice("A-1").steps == ()


def test_who_has_no_address_any_more_is_on_the_agenda(
    postman: PostmanCase, paper: Settings
) -> None:
    postman.creditor.execute(by_letter())
    postman.creditor.execute(CorrectDebtor(debtor="D-7", why="Gone.", address=""))
    assert printed(postman, paper) == 0
    assert postman.message(FOLLOW_UP).status == "failed"
    [failed] = [entry.event for entry in postman.lines("letter-failed")]
    assert (failed.message, failed.to) == (FOLLOW_UP, (ADDRESS,))
    with postman.reading() as conn:
        found = conn.execute("select action, why from agenda where invoice = 'A-1'").fetchall()
    assert ("mail failed", [f"{FOLLOW_UP} did not arrive on 2026-03-02"]) in found


def test_a_broken_template_delays_its_letters_and_no_others(
    postman: PostmanCase, paper: Settings
) -> None:
    postman.creditor.execute(by_letter("a", template="of ours"), by_letter("b", "A-2"))
    assert printed(postman, paper) == 1
    assert "no template nl/of-ours.txt" in postman.message("a").why


def test_a_full_disk_is_one_trouble_and_does_not_hold_up_mails(
    postman: PostmanCase, paper: Settings, tmp_path: Path
) -> None:
    """A write to /dev/full fails as on a full disk."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    postman.creditor.execute(by_letter("a"), by_letter("b", "A-2"), ask("mail"))
    name = f"{NAME}_{postman.message('a').id.hex[:12]}.pdf"
    other = f"{NAME}_{postman.message('b').id.hex[:12]}.pdf"
    (tmp_path / "default").mkdir()
    for one in (name, other):
        (tmp_path / "default" / f".{one}.part").symlink_to("/dev/full")
    with run_smtp_server() as smtp, postman.reading():
        full = Settings(smtp.settings().server, smtp.settings().sender, None, paper.paper)
        done = send_pending(postman.session, full)
    assert (done.sent, done.printed) == (1, 0)
    [trouble] = done.troubles
    assert "no letter is printed now" in trouble
    assert "No space left on device" in trouble
    assert postman.lines("letter-printed") == postman.lines("message-delayed") == []
    rmtree(tmp_path / "default")
    assert printed(postman, paper) == 2
    assert [file.name for file in files(tmp_path)] == sorted([name, other])


def test_what_keeps_the_post_from_going_is_told_with_what_waits(
    postman: PostmanCase, paper: Settings, database: str
) -> None:
    postman.creditor.execute(ask("mail"), ask("failed", to=("sam",)), by_letter())
    with run_smtp_server() as smtp, postman.reading():
        send_pending(postman.session, smtp.settings())
    postman.creditor.execute(ask("mail/2"))
    down = Settings(Server("127.0.0.1", 1, "smtp", timeout=5), NOBODY, None)
    began = postman.at
    for _ in range(2):
        with postman.reading():
            assert "127.0.0.1:1" in send_pending(postman.session, down).away
        postman.later(minutes=10)
    with postman.reading() as conn:
        letter_, mail = sorted(
            status.outbox_status(conn), key=lambda one: one.channel, reverse=True
        )
    assert (mail.channel, mail.waiting, mail.failed) == ("e-mail", 1, 1)
    assert mail.trouble_since == began
    assert "127.0.0.1:1" in str(mail.trouble)
    assert mail.oldest == postman.creditor.ledger.history(postman.message("mail/2").id)[0].at
    assert (letter_.channel, letter_.waiting, letter_.trouble) == ("letter", 1, None)
    with open_http(database) as served:
        figures = served.client.get("/metrics").text
    assert 'dossier_post_failed{channel="e-mail"} 1.0' in figures
    assert 'dossier_post_waiting{channel="letter"} 1.0' in figures
    assert "dossier_post_trouble_seconds" in figures
    told = CliUser(database)("status").ok().out
    assert "e-mail: 1 wait, the oldest since 2026-03-02" in told
    assert "1 failed; nothing is sent since 2026-03-02" in told
    with run_smtp_server() as smtp, postman.reading():
        assert send_pending(postman.session, smtp.settings()).sent == 1
    with postman.reading() as conn:
        assert [one.trouble for one in status.outbox_status(conn)] == [None, None]
        assert conn.execute("select count(*) from post_trouble").fetchone() == (0,)


def at_work(database: str, folder: Path) -> CliUser:
    environment = {"DOSSIER_ADDRESS": ", ".join(OURS), "DOSSIER_LETTERS": str(folder)}
    return CliUser(database, "default", environment)


def test_the_command_line_prints_and_shows_letters(
    postman: PostmanCase, tmp_path: Path, database: str
) -> None:
    cli = at_work(database, tmp_path)
    postman.creditor.execute(by_letter())
    said = cli("postman", "--dry-run").ok().out
    assert said.startswith("Letter to: Bakkerij Jansen, Dorpsstraat 1, 1234 AB Dorp\nSubject: Her")
    assert "- Factuur A-1" in cli("postman", "preview", FOLLOW_UP).ok().out
    assert files(tmp_path) == []
    shown = tmp_path / "shown"
    with shown.open("wb") as out:
        assert cli.run("postman", "preview", FOLLOW_UP, "--raw", stdout=out).code == 0
    assert cli("postman", "--once").ok().err.strip() == "Printed: 1."
    [file] = files(tmp_path / "default")
    assert file.read_bytes() == shown.read_bytes()


def test_killed_between_file_and_record_it_prints_the_same_again_and_records_once(
    postman: PostmanCase, tmp_path: Path, database: str
) -> None:
    """The head of the ledger is locked, so that nothing can be written down."""
    postman.creditor.execute(by_letter())
    cli = at_work(database, tmp_path)
    with psycopg.connect(database) as holding:
        holding.execute("select * from ledger.tenant_head for update")
        with cli.started("postman", "--once") as process:
            wait_for(lambda: files_whole(tmp_path) or ended(process))
            assert process.poll() is None, process.communicate()
            [file] = files_whole(tmp_path)
            before, made = file.read_bytes(), os.stat(file).st_ino
            process.send_signal(signal.SIGKILL)
            process.wait()
        holding.execute(
            "select pg_terminate_backend(pid) from pg_locks where not granted"
            " and pid <> pg_backend_pid()"
        )
        holding.rollback()
    assert postman.message(FOLLOW_UP).status == "asked"
    assert cli("postman", "--once").ok().err.strip() == "Printed: 1."
    assert files(tmp_path) == [file]
    assert file.read_bytes() == before
    assert os.stat(file).st_ino != made
    assert len(postman.lines("letter-printed")) == len(postman.lines("message-sent")) == 1


def test_killed_and_paid_meanwhile_the_letter_is_taken_back(
    postman: PostmanCase, paper: Settings, tmp_path: Path
) -> None:
    postman.creditor.execute(by_letter())
    left = tmp_path / "default" / f"{NAME}_{postman.message(FOLLOW_UP).id.hex[:12]}.pdf"
    left.parent.mkdir()
    left.write_bytes(b"%PDF")
    postman.creditor.execute(ReceivePayment(invoice="A-1", reference="P1", amount="100"))
    assert printed(postman, paper) == 0
    assert files(tmp_path) == []


def files_whole(folder: Path) -> list[Path]:
    return [one for one in files(folder) if one.suffix == ".pdf"]


def ended(process: Popen[str]) -> bool:
    return process.poll() is not None
