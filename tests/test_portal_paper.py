"""The address of the debtor's account on what is printed: letters, and no link that acts alone."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from api.i18n.letter_texts import TO_SEE
from api.links.urls import PORTAL
from api.postman.build import build_letter
from api.postman.letters.typeset import Letterhead
from api.postman.outbox import find
from api.postman.sender import Sender
from commands.debtors.registration import CorrectDebtor
from commands.messages.failures import RefuseAddress
from ledger.facts.codes import Channel
from ledger.policy.messages.languages import LANGUAGES
from support.postman_case import FOLLOW_UP, PostmanCase, ask

US = Sender("credit@seller.example", "Seller BV")
ACCOUNT = "https://dossier.example/portal/default"
ADDRESS = "Dorpsstraat 1\n1234 AB Dorp"


@pytest.fixture
def by_post(postman: PostmanCase, monkeypatch: pytest.MonkeyPatch) -> PostmanCase:
    """The creditor has a portal, and the bakery a mail address with which to sign in."""
    monkeypatch.setenv(PORTAL, "default")
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.example")
    postman.creditor.execute(CorrectDebtor(debtor="D-7", email="ap@bakery.example", why="New."))
    return postman


def page_of(postman: PostmanCase, **more: Any) -> Any:
    """Return the only page of a letter about A-1."""
    postman.creditor.execute(ask(FOLLOW_UP, channel=Channel.LETTER, to=(ADDRESS,), **more))
    paper = Letterhead(Path(), ("Stationsplein 1", "3511 ED Utrecht"))
    letter = build_letter(postman.session, find(postman.session, FOLLOW_UP), US, paper, None)
    [page] = PdfReader(BytesIO(letter.pdf)).pages
    return page


def words_of(page: Any) -> str:
    return " ".join(page.extract_text().replace("\u200b", "").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["reminder", "final-notice", "invoice-copy", "receipt"])
def test_a_letter_has_the_address_to_read_and_to_follow(
    by_post: PostmanCase, template: str, language: str
) -> None:
    page = page_of(by_post, template=template, language=language)
    before, after = TO_SEE[language]
    assert f"{before} {ACCOUNT} {after}" in words_of(page)
    assert [link.get_object()["/A"]["/URI"] for link in page["/Annots"]] == [ACCOUNT]
    assert "/i/" not in words_of(page)


def test_a_legal_notice_stays_as_it_is(by_post: PostmanCase) -> None:
    assert "dossier.example" not in words_of(page_of(by_post, template="fourteen-days"))


def test_who_could_not_sign_in_there_does_not_get_it(by_post: PostmanCase) -> None:
    by_post.creditor.execute(CorrectDebtor(debtor="D-7", email="", why="Wrong."))
    assert "https://" not in words_of(page_of(by_post))


def test_neither_does_who_gets_no_mail_any_more(by_post: PostmanCase) -> None:
    by_post.creditor.execute(RefuseAddress(debtor="D-7", address="AP@bakery.example", why="550"))
    assert "https://" not in words_of(page_of(by_post))


@pytest.mark.parametrize("missing", [PORTAL, "DOSSIER_PUBLIC_URL"])
def test_where_there_is_no_portal_nothing_changes(
    by_post: PostmanCase, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delenv(missing)
    assert "https://" not in words_of(page_of(by_post))
