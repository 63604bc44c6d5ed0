"""A mail that is a copy of the invoice has the invoice with it, or does not say so."""

from email import message_from_bytes, policy
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace as but

from api.mail.parse import read
from api.postman.email.compose import Copy, compose
from api.postman.invoice_documents import MAX_BYTES, invoice_document
from api.postman.templates import Templates
from commands.invoices.contacts import AttachDocument
from commands.messages.outbox import RequestMessage
from ledger.database import documents
from ledger.facts.codes import ORIGINAL_ITEM, DocumentKind, Purpose, TaskKind
from ledger.facts.invoice.follow_up import ItemDone
from ledger.facts.invoice.original import OriginalNamed
from ledger.facts.invoice.registration import DocumentAttached
from ledger.policy.anomalies import Flag, find_flags
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.refusal import Refused
from ledger.policy.tasks.invoice import tasks_for
from support.cli import CliUser
from support.examples import registered
from support.given import TODAY, day, given
from support.message_examples import AT, BOOK, OWN_ID, US, asked
from support.postman_case import PostmanCase, ask
from support.smtp import SmtpServer

COPY = "follow-up/D-7/2026-03-02"
ON = day("2026-03-02")
invoice = but(registered, number="2026-001", document=None)


def paper(name: str, sha: str = "a") -> DocumentAttached:
    return DocumentAttached(on=ON, sha256=sha * 64, name=name, media_type="application/pdf", size=3)


def named(file: DocumentAttached, replaces: str = "") -> OriginalNamed:
    return OriginalNamed(on=ON, sha256=file.sha256, name=file.name, replaces=replaces)


def test_the_invoice_is_what_its_registration_or_a_collector_names_as_such() -> None:
    first, second = paper("2026-001.pdf"), paper("Factuur 2026-001.pdf", "d")
    xml, other = paper("2026-001.xml", "c"), paper("Claim 2026-001.pdf", "b")
    for file in (first, second, xml):
        assert invoice_document([invoice, other, file]) == [], "a name says nothing"
        assert invoice_document([invoice, other, file, named(file)]) == [file]
    both = [xml, first, named(xml), named(first)]
    assert invoice_document([invoice, *both]) == [first, xml]
    waits = [*both, second, named(second)]
    assert invoice_document([invoice, *waits]) == [first, xml], "the second waits"
    chosen = named(second, first.sha256)
    assert invoice_document([invoice, *waits, chosen]) == [second, xml]
    registered = but(invoice, document="b" * 64)
    assert invoice_document([registered, other, *waits]) == [other]
    assert invoice_document([registered, other, *waits, named(second, "b" * 64)]) == [second]
    for reference in ("DMS-17", other.name):
        assert invoice_document([but(invoice, document=reference), other]) == []


def test_a_second_one_is_flagged_and_waits_until_one_is_chosen() -> None:
    first, second = paper("2026-001.pdf"), paper("2026-001 corrected.pdf", "d")
    attach = AttachDocument(
        invoice="2026-001", name=second.name, size=3, sha256="d" * 64, document_kind="invoice"
    )
    begun = [invoice, first, named(first)]
    given(*begun).when(attach).then(
        but(second, on=day(TODAY), media_type="application/octet-stream"),
        but(named(second), on=day(TODAY)),
    )
    state = given(*begun).becomes()
    assert find_flags(state, named(second), ON) == (Flag.SECOND_INVOICE_DOCUMENT,)
    assert find_flags(state, named(second, first.sha256), ON) == ()
    waiting = given(*begun, second, named(second))
    [task] = [one for one in tasks_for(waiting.becomes()) if one.item == ORIGINAL_ITEM]
    assert (task.action, task.on) == (TaskKind.CHOOSE_ORIGINAL, ON)
    waiting.when(attach).then()
    chosen = named(second, first.sha256)
    replacing = attach.model_copy(update={"replaces": first.sha256})
    waiting.when(replacing).then(but(chosen, on=day(TODAY)))
    done = ItemDone(on=ON, item=ORIGINAL_ITEM, action=TaskKind.CHOOSE_ORIGINAL, due_on=ON, text="")
    for ending in (chosen, done):
        state = given(*begun, second, named(second), ending).becomes()
        assert all(task.item != ORIGINAL_ITEM for task in tasks_for(state))
    wrong = {"replaces": "e" * 64}, {"document_kind": DocumentKind.OTHER, "replaces": first.sha256}
    for fields in wrong:
        waiting.when(attach.model_copy(update=fields)).refused(Refused, "replaced", "replaces")
    odd = attach.model_copy(update={"name": "scan.jpg"})
    given(*begun).when(odd).refused(Refused, "PDF or an XML", "name")


def attach(postman: PostmanCase, number: str, name: str, content: bytes) -> None:
    with postman.creditor.pool.connection() as conn:
        address = documents.save(conn, "default", content, "application/pdf")
    postman.creditor.execute(
        AttachDocument(
            invoice=number,
            sha256=address,
            name=name,
            media_type="application/pdf",
            size=len(content),
            document_kind=DocumentKind.INVOICE,
        )
    )


def copy(*numbers: str, **more: Any) -> RequestMessage:
    told = {"purpose": Purpose.INVOICE_COPY, "template": "invoice-copy", "language": "en"}
    return ask(COPY, *numbers, **(told | more))


def test_it_goes_with_the_mail_and_a_second_try_has_the_same_bytes(
    postman: PostmanCase, smtp: SmtpServer, database: str
) -> None:
    attach(postman, "A-1", "Factuur A-1.pdf", b"%PDF first")
    postman.creditor.execute(copy("A-1", "A-2"))
    cli = CliUser(database, "default", smtp.environment())
    for command in (("preview", COPY), ("--once", "--dry-run")):
        assert "Attached: Factuur A-1.pdf" in cli("postman", *command).ok().out
    smtp.hang_up = 1
    assert postman.send(smtp.settings()) == 0
    attach(postman, "A-1", "A-1.pdf", b"%PDF later")
    attach(postman, "A-2", "A-2.pdf", b"%PDF later too")
    postman.later(minutes=5)
    assert postman.send(smtp.settings()) == 1
    [(_, first), (_, second)] = smtp.came
    assert first == second
    mail = smtp.mails[1]
    assert [one.get_content_type() for one in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"
    ]  # fmt: skip
    [pdf] = mail.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("Factuur A-1.pdf", b"%PDF first")
    said = mail.get_body(("plain",))
    assert said is not None
    assert "Attached to this message: invoice A-1." in said.get_content()
    assert mail["Subject"] == "Invoice A-1, A-2"
    [first, second] = [entry.event for entry in postman.lines("email-sent")]
    assert (len(first.attached), second.attached) == (1, ())


def test_a_mail_without_it_does_not_say_so(postman: PostmanCase, smtp: SmtpServer) -> None:
    attach(postman, "A-1", "A-1.pdf", b"%PDF".ljust(MAX_BYTES + 1))
    attach(postman, "A-2", "A-2.pdf", b"%PDF")
    as_reminder = copy("A-1", "A-2", purpose=Purpose.REMINDER)
    postman.creditor.execute(as_reminder, ask("reminder/1", "A-2", language="en"))
    assert postman.send(smtp.settings()) == 2
    came = {mail.subject.split()[0]: mail for mail in (read(raw) for _, raw in smtp.came)}
    one, reminder = came["Invoice"], came["Reminder:"]
    assert [file.name for file in one.attachments] == ["A-2.pdf"], "it fits, the other does not"
    assert "Attached to this message: invoice A-2." in one.text
    assert reminder.attachments == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_only_of_what_is_attached(language: str) -> None:
    told = asked(template="invoice-copy", language=language)
    without = compose(told, BOOK, OWN_ID, AT, US, "", Templates())
    file = Copy("2026-001", "a" * 64, "b \0i/€.pdf", "odd", b"%PDF")
    told = but(told, facts={"attached": "2026-001"})
    whole = compose(told, BOOK, OWN_ID, AT, US, "", Templates(), [file])
    words = [line for line in whole.text.splitlines() if line not in without.text.splitlines()]
    assert len(words) == 1
    assert words[0].endswith(" 2026-001.")
    assert without.subject != whole.subject
    [part] = message_from_bytes(whole.raw, policy=policy.default).iter_attachments()
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_filename() == "b i/€.pdf"


def test_a_document_that_was_changed_behind_our_back_is_not_sent(
    postman: PostmanCase, smtp: SmtpServer, database: str
) -> None:
    attach(postman, "A-1", "A-1.pdf", b"%PDF")
    with psycopg.connect(database) as owner:
        owner.execute("update ledger.document set content = 'x'")
    postman.creditor.execute(copy("A-1"), ask("reminder/1", "A-2"))
    assert postman.send(smtp.settings()) == 1
    assert "not what was kept" in postman.message(COPY).why
