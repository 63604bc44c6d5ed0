"""The reasons of tasks and pauses in the reader's language: all of ours are recognised."""

from datetime import date

import pytest
from hypothesis import given as for_all

from api.i18n.reasons import written_reason
from api.i18n.translate import Translation
from api.i18n.wording import Wording
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event, replay
from ledger.policy.follow_up.ladder import next_step
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason
from ledger.policy.playbook.in_force import shipped
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.tasks.invoice import tasks_for
from support.histories import History, entries_of, histories

TODAY = date(2026, 6, 1)


def dutch(text: str) -> str:
    return written_reason(text, Wording(Translation("nl"), TODAY), unknown)


def unknown(text: str) -> str:
    raise ValueError(f"not recognised: {text}")


@for_all(histories)
def test_every_reason_of_any_history_is_recognised(history: History) -> None:
    entries = entries_of(history)
    found: list[str] = []
    for book in {entry.book_id for entry in entries}:
        of_book = [entry for entry in entries if entry.book_id == book]
        kind = kind_of_event(of_book[0].event)
        state = replay(kind, book, of_book).state
        if kind is INVOICE:
            found += [why for task in tasks_for(state) for why in task.why]
            nobody = replay(DEBTOR, book, []).state
            pause = pause_reason(state, nobody, shipped(), TODAY)
            step = next_step(state, nobody, shipped(), TODAY)
            found += step.why if step else ()
        else:
            found += [why for task in debtor_tasks(state) for why in task.why]
            pause = debtor_pause(state, TODAY)
        found += [pause.why] if pause else []
    for text in found:
        assert dutch(text), text


READ = [
    (
        "1120.5 is due since 2026-05-01, 40.00 in later instalments",
        "1.120,50 is vervallen sinds 1 mei, 40,00 in latere termijnen",
    ),
    (
        "40.00 of 121.00 open is disputed: quantity short",
        "van 121,00 open is 40,00 betwist: te weinig geleverd",
    ),
    ("40.00 is disputed; 9.00 is to be credited", "40,00 is betwist; 9,00 is te crediteren"),
    ("the debtor was reminded once", "de debiteur is één keer herinnerd"),
    ("the debtor was reminded 3 times", "de debiteur is 3 keer herinnerd"),
    ("held until 2027-05-04: Is due since long", "pauze tot 4 mei 2027: Is due since long"),
    (
        "from the debtor on 2026-05-04 (2 times; this was the last): Where is it?",
        "van de debiteur op 4 mei (2 keer; dit was de laatste): Where is it?",
    ),
    ("30.00 of credit note G1 names no invoice", "30,00 van creditnota G1 noemt geen factuur"),
    (
        "Nothing happens: 40.00 is disputed: damaged.",
        "Er gebeurt niets: 40,00 is betwist: beschadigd.",
    ),
    (
        "'a@b' is no e-mail address: no mail is sent to it",
        "“a@b” is geen e-mailadres: er wordt niets naartoe verzonden",
    ),
    ("Next, since 2026-05-04: chase debtor.", "Nu, sinds 4 mei: debiteur herinneren."),
    ("Next, on 2026-06-04: Final notice, time 2.", "Hierna, op 4 juni: Final notice, keer 2."),
    (
        "mail.seller.example:465: [Errno 111] Connection refused",
        "de mailserver mail.seller.example:465 is niet bereikbaar ([Errno 111] Connection refused)",
    ),
    (
        "after 5 tries: the connection was lost, it may have arrived: timed out",
        "na 5 pogingen: de verbinding viel weg, het kan zijn aangekomen: timed out",
    ),
    (
        "/var/letters: No space left on device",
        "in de map /var/letters kan niet worden geschreven (No space left on device)",
    ),
    (
        "your nl/reminder, line 3: 'total' is undefined",
        "uw eigen tekst nl/reminder heeft een fout op regel 3: 'total' is undefined",
    ),
    (
        "nl/reminder.txt, line 3: 'total' is undefined",
        "de tekst nl/reminder.txt heeft een fout op regel 3: 'total' is undefined",
    ),
    (
        "Of invoice F-1 only 40.00 is to be collected, not 1210.00.",
        "Van factuur F-1 is nog maar 40,00 te innen, niet 1.210,00.",
    ),
    (
        "Follow-up of invoice F-1 pauses: 40.00 is disputed: damaged.",
        "De opvolging van factuur F-1 pauzeert: 40,00 is betwist: beschadigd.",
    ),
    (
        "names invoice 20261234, but the sender is not known for that debtor",
        "noemt factuur 20261234, maar de afzender is niet bekend bij die debiteur",
    ),
    ("550 5.1.1 no such user", "550 5.1.1 no such user"),
    ("Asked them: no answer.", "Asked them: no answer."),
    ("Paid", "Paid"),
    ("F-1: Paid.", "F-1: Paid."),
]


@pytest.mark.parametrize(("english", "translated"), READ)
def test_a_reason_as_its_reader_writes_it(english: str, translated: str) -> None:
    assert Wording(Translation("nl"), TODAY).ours(english) == translated
