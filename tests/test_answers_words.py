"""The pages in the reader's language: no text is missing, and no refusal is left in English."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.requests import Request

from api.i18n.codes import NAMES
from api.i18n.questions import QUESTIONS
from api.i18n.refusal_texts import TRANSLATIONS
from api.i18n.refusals import kept_refusal, refusal_text
from api.i18n.texts import PARTS, TEXTS
from api.i18n.translate import Translation, translation_for
from api.pages.resolver import answering
from commands.follow_up.tasks import ENDED_BY
from ledger.facts.codes import Answer, MoneyKind, Outcome, Reason, RootCause, TaskKind
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.refusal import NotFound, Refusal, Refused
from ledger.policy.refusal_texts import TEXTS as ENGLISH
from support.refusals import names

HERE = Path(str(answering.__file__)).parent
CALL = re.compile(r"""_\(\s*"((?:[^"\\]|\\.)+)\"""")
CLOSED = re.compile(r'LinkClosed\(\d+, "([^"]+)"\)')


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
    for code in (*Reason, *Answer, *Outcome, *RootCause):
        for language in LANGUAGES:
            assert Translation(language).code(code)
    assert set(NAMES) == {*Reason, *Answer, *Outcome, *RootCause}


OTHER_WORDS = (  # Dutch people are addressed with u; a debtor is one word in each language
    re.compile(r"\b(je|jij|jou|jouw|jezelf)\b", re.IGNORECASE),
    re.compile(r"\bDebitor", re.IGNORECASE),
    re.compile(r"débiteur", re.IGNORECASE),
)


def test_each_language_has_one_tone_and_one_word_for_a_debtor() -> None:
    for texts in (TEXTS, TRANSLATIONS, QUESTIONS):
        for translations in texts.values():
            for other, text in zip(OTHER_WORDS, translations, strict=True):
                assert not other.search(text), text


def test_every_refusal_is_translated() -> None:
    assert set(TRANSLATIONS) == set(ENGLISH)


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
    assert refusal_text(refused, Translation(language)) == told


REFUSED = [
    (
        Refused(
            "not-to-be-sent",
            why=("F-1: 14265.6 is disputed: damaged.", "F 2: final may not go before 2026-07-09."),
        ),
        "Es darf jetzt nicht gesendet werden: F-1: 14.265,60 strittig: beschädigt."
        " F 2: final darf nicht vor dem 9. Juli 2026 gesendet werden.",
    ),
    (
        Refused("not-to-be-sent", why="Follow-up pauses: 2026-07-05 is a quiet day: Harvest."),
        "Es darf jetzt nicht gesendet werden: Das Mahnwesen ruht: der 5. Juli 2026 ist ein"
        " Ruhetag: Harvest.",
    ),
    (
        Refused("debtor-not-reachable", channel="e-mail / letter"),
        "Es ist keine Adresse des Kunden bekannt für E-Mail oder Brief.",
    ),
    (
        Refused("message-over", message="F-1/reminder", status="sent"),
        "Nachricht F-1/reminder wartet nicht mehr: gesendet.",
    ),
    (
        Refused("allocated-as-other-kind", reference="C-1", kind=MoneyKind.CREDIT_NOTE),
        "C-1 ist von anderer Art: Gutschrift. Ordnen Sie es auch so zu.",
    ),
    (
        Refused("registered-otherwise", name="currency", invoice="F-1", value="EUR"),
        "Rechnung F-1 ist schon erfasst, mit Währung EUR; berichtigen Sie sie.",
    ),
    (NotFound("no-person", name="currency"), "Es gibt keine Person currency."),
]


@pytest.mark.parametrize(("error", "told"), REFUSED, ids=lambda one: str(one)[:40])
def test_the_facts_inside_a_refusal_are_translated_too(error: Refusal, told: str) -> None:
    assert refusal_text(error, Translation("de")) == told


@pytest.mark.parametrize("code", [code for code, text in ENGLISH.items() if "!r" not in text])
def test_a_refusal_that_was_kept_as_text_is_translated_by_its_code(code: str) -> None:
    facts = {name: f"<{name}>" for name in names(ENGLISH[code])}
    kept = ENGLISH[code].format(**facts)
    assert kept_refusal(code, kept, Translation("de")) == TRANSLATIONS[code][1].format(**facts)
    assert kept_refusal(code, kept, Translation("en")) == kept
    assert kept_refusal("invalid", kept, Translation("de")) == kept


@pytest.mark.parametrize("task", ENDED_BY)
@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_how_a_task_ends_is_said_without_names_of_commands(task: TaskKind, language: str) -> None:
    refused = Refused("task-ends-otherwise", action=task, ending=ENDED_BY[task])
    told = refusal_text(refused, Translation(language))
    assert ENDED_BY[task] not in told
    assert task not in told


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
