"""The debtor's links in our mails: who gets them, and who does not."""

import re

import pytest

from api.links.tokens import invoice_of
from api.links.urls import PORTAL
from api.mail.parse import read
from commands.debtors.registration import CorrectDebtor
from commands.message_templates import ReplaceTemplate
from ledger.database import documents
from ledger.facts.codes import Purpose
from ledger.policy.messages.languages import LANGUAGES
from support.postman_case import FOLLOW_UP, PostmanCase, ask
from support.smtp import SmtpServer

AP = "ap@bakery.example"
LINK = re.compile(r"(\S+): https://dossier\.example/i/(\S+)")


@pytest.fixture
def reachable(postman: PostmanCase, monkeypatch: pytest.MonkeyPatch) -> PostmanCase:
    """The bakery's address is on record, and its creditor has a portal."""
    monkeypatch.setenv(PORTAL, "default")
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.example")
    postman.creditor.execute(CorrectDebtor(debtor="D-7", email=AP, why="New."))
    return postman


def mailed(postman: PostmanCase, smtp: SmtpServer) -> str:
    assert postman.send(smtp.settings()) == 1
    return read(smtp.came[-1][1]).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["reminder", "final-notice", "invoice-copy", "receipt"])
def test_each_invoice_has_its_link(
    reachable: PostmanCase, smtp: SmtpServer, template: str, language: str
) -> None:
    message = ask(FOLLOW_UP, "A-1", "A-2", template=template, language=language)
    reachable.creditor.execute(message)
    found = LINK.findall(mailed(reachable, smtp))
    assert [number for number, _ in found] == ["A-1", "A-2"]
    for number, token in found:
        link = invoice_of(reachable.creditor.pool, token, reachable.at)
        assert (link.invoice, link.debtor, link.person) == (
            reachable.invoice(number).id,
            "D-7",
            AP,
        )


def test_what_is_archived_has_no_token(reachable: PostmanCase, smtp: SmtpServer) -> None:
    reachable.creditor.execute(ask(FOLLOW_UP))
    [(_, token)] = LINK.findall(mailed(reachable, smtp))
    [sent] = [entry.event for entry in reachable.lines("email-sent")]
    with reachable.reading() as conn:
        kept = read(documents.fetch(conn, "default", sent.document)).text
    assert token not in kept
    assert "https://dossier.example/i/…" in kept


def test_an_own_text_may_have_it(reachable: PostmanCase, smtp: SmtpServer) -> None:
    own = ReplaceTemplate(template="reminder", language="nl", subject="Uw factuur", text="#pages")
    reachable.creditor.execute(own, ask(FOLLOW_UP))
    assert mailed(reachable, smtp).startswith("- A-1: https://dossier.example/i/")


@pytest.mark.parametrize("missing", [PORTAL, "DOSSIER_PUBLIC_URL"])
def test_where_links_are_off_nothing_changes(
    reachable: PostmanCase, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delenv(missing)
    reachable.creditor.execute(ask(FOLLOW_UP))
    text = mailed(reachable, smtp)
    assert "https://" not in text
    assert "zonder account" not in text


def test_who_is_not_the_debtor_gets_none(reachable: PostmanCase, smtp: SmtpServer) -> None:
    others = [
        ask("1", to=("strange@elsewhere.example",)),
        ask("2", to=(AP,), copy_to=("cfo@bakery.example",)),
        ask("3", to=(AP, "cfo@bakery.example")),
        ask("4", to=(AP,), purpose=Purpose.COPY, template="copy"),
    ]
    reachable.creditor.execute(*others)
    assert reachable.send(smtp.settings()) == len(others)
    for _, raw in smtp.came:
        assert "https://dossier.example/i/" not in read(raw).text
