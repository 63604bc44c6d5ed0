"""The pages in the reader's language: no text is missing, and no refusal is left in English."""

import inspect
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.requests import Request

from api.i18n.codes import NAMES
from api.i18n.refusal_texts import TRANSLATIONS
from api.i18n.texts import PARTS, TEXTS
from api.i18n.translate import Translation, translation_for
from api.pages.resolver import answering
from commands.disputes.approvals import approver_decision
from commands.disputes.case import CaseCommand
from commands.disputes.resolver_answers import answer_commands
from ledger.facts.codes import Outcome, Reason, RootCause
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.money import in_cents
from ledger.policy.refusal import Refused
from ledger.policy.refusal_texts import TEXTS as ENGLISH
from support.refusals import names, raised_in

HERE = Path(str(answering.__file__)).parent
CALL = re.compile(r"""_\(\s*"((?:[^"\\]|\\.)+)\"""")
CLOSED = re.compile(r'LinkClosed\(\d+, "([^"]+)"\)')
NEVER = {"credit-not-approved", "several-disputes", "case-missing", "no-resolver-yet"} | {
    "cancelled-not-disputable"  # of commands that the page does not issue, or not in that way
}


def refusals_of_the_page() -> set[str]:
    """Return the codes that the commands behind the page may be refused with."""
    asked: tuple[Callable[..., object], ...] = (
        answer_commands,
        approver_decision,
        CaseCommand.find_open,
        in_cents,
    )
    files = {Path(str(inspect.getsourcefile(one))) for one in asked}
    found = {one for file in files for one in raised_in(file) if one.kind == "Refused"}
    return {one.code for one in found} - NEVER


def test_every_text_of_the_pages_is_in_the_table() -> None:
    asked = {*answering.ANSWERS.values(), *answering.LABELS.values()}
    for file in [*HERE.glob("*.html"), *HERE.glob("*.py")]:
        asked |= set(CALL.findall(file.read_text("utf-8")))
        asked |= set(CLOSED.findall(file.read_text("utf-8")))
    assert len(asked) > 50
    assert asked <= set(TEXTS)


def test_no_text_stands_in_two_parts() -> None:
    assert sum(map(len, PARTS)) == len(TEXTS)


def test_no_language_misses_a_text_or_a_fact_in_it() -> None:
    for key, translations in TEXTS.items():
        assert len(translations) == len(LANGUAGES) - 1
        for one in translations:
            assert one.strip(), key
            assert names(one) == names(key), key
    for code in (*Reason, *Outcome, *RootCause):
        for language in LANGUAGES:
            assert Translation(language).code(code)
    assert set(NAMES) == {*Reason, *Outcome, *RootCause}


def test_every_refusal_that_the_page_can_show_is_translated() -> None:
    found = refusals_of_the_page()
    assert len(found) > 12
    assert found <= set(TRANSLATIONS)


def test_every_translation_is_of_a_refusal_and_holds_its_facts() -> None:
    for code, texts in TRANSLATIONS.items():
        assert len(texts) == len(LANGUAGES) - 1
        for text in texts:
            assert text.strip(), code
            assert names(text) <= names(ENGLISH[code]), code


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Only 1007.00 is still disputed."),
        ("nl", "Er is nog maar 1.007,00 betwist."),
        ("de", "Strittig ist nur noch 1.007,00."),
        ("fr", "Seuls 1\u202f007,00 sont encore contestés."),
    ],
)
def test_a_refusal_is_translated_by_its_code(language: str, told: str) -> None:
    refused = Refused("above-disputed", "credited", amount=Decimal("1007.00"))
    assert Translation(language).refused(refused) == told


def test_a_refusal_without_translation_stays_english() -> None:
    told = Translation("de").refused(Refused("nothing-open"))
    assert told == "Es kann nicht festgehalten werden: Nothing is open."


@pytest.mark.parametrize(
    ("asked", "country", "language"),
    [
        ("nl-BE, en;q=0.8", "DE", "nl"),
        ("pl, fr;q=0.3, de;q=0.7", "NL", "de"),
        ("nl;q=0, fr", "NL", "fr"),
        ("pl", "BE", "nl"),
        ("", "FR", "fr"),
        ("*", "", "en"),
        ("en" * 5000 + ";q=x,,;", "", "en"),
    ],
)
def test_the_language_is_the_readers_else_the_creditors(
    asked: str, country: str, language: str
) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", asked.encode())]})
    assert translation_for(request, country).language == language
