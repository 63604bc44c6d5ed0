"""The letter that Dutch law wants before a consumer pays collection costs (BW 6:96 lid 6): its
words, its costs, and that nobody asks again before its term is over.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import holidays
import pytest

from commands.playbook import ApplyPlaybook
from ledger.facts.codes import TaskKind
from ledger.facts.outbound import InvoiceSnapshot
from ledger.policy.follow_up.ladder import step_offsets
from ledger.policy.messages.collection_costs import with_vat
from ledger.policy.playbook.in_force import shipped
from ledger.policy.playbook.yaml_file import parse
from ledger.policy.tasks.invoice import tasks_for
from support.clock_case import ClockCase
from support.given import day
from support.message_examples import ABOUT, letter, mail_of, text, write

TERM = 14  # days, of which the first is the day after the delivery
SUNDAY, MONDAY = 6, 0
CLOSED = holidays.country_holidays("NL")


def delivered(sent: date) -> date:
    """On the second day after sending, Sundays, Mondays and public holidays not counted, as the
    Supreme Court takes it where nobody says otherwise (HR 25-11-2016, ECLI:NL:HR:2016:2704)."""
    on, left = sent, 2
    while left:
        on += timedelta(days=1)
        left -= on.weekday() not in (SUNDAY, MONDAY) and on not in CLOSED
    return on


@pytest.mark.parametrize(
    ("sent", "expected", "last_day"),
    [
        ("2026-03-02", "2026-03-04", "2026-03-18"),
        ("2026-03-06", "2026-03-10", "2026-03-24"),  # over a weekend
        ("2026-12-23", "2026-12-29", "2027-01-12"),  # over Christmas
    ],
)
def test_the_term_counts_from_the_day_after_the_delivery(
    sent: str, expected: str, last_day: str
) -> None:
    assert delivered(day(sent)) == day(expected)
    assert delivered(day(sent)) + TERM * timedelta(days=1) == day(last_day)


def test_the_shipped_ladder_asks_again_only_when_the_term_is_over() -> None:
    ladder = shipped().ladders["consumer"]
    [place] = [n for n, step in enumerate(ladder.steps) if step.template == "fourteen-days"]
    wait = step_offsets(ladder)[place + 1] - step_offsets(ladder)[place]
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(16 * 365)]
    longest = max((delivered(sent) - sent).days for sent in days)
    assert longest == 6
    assert wait > longest + TERM


def test_nobody_is_asked_to_chase_the_debtor_in_their_days(clock_case: ClockCase) -> None:
    """F26: the agenda waits for the term, from the day on which the letter left."""
    clock_case.execute(ApplyPlaybook(rules=shipped()))
    clock_case.debtor(segment="consumer")
    clock_case.invoice()
    clock_case.tick("2026-10-05")
    clock_case.tick("2026-10-15")
    [letter_taken] = [step for step in clock_case.state().steps if step.term]
    assert (letter_taken.step, letter_taken.term) == ("14-day letter", 21)
    [task] = tasks_for(clock_case.state())
    assert (task.action, task.on) == (TaskKind.CHASE_DEBTOR, day("2026-11-05"))
    assert task.why[-1] == "the term of the notice before it is over on 2026-11-05"


def test_the_ladders_of_the_docs_give_the_term_too() -> None:
    """F5: who copies the example must not ask again too early."""
    page = (Path(__file__).parents[1] / "docs" / "playbook.md").read_text()
    examples = "".join(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    ladders = parse(examples.encode(), "docs/playbook.md").ladders.values()
    pairs = [two for ladder in ladders for two in pairwise(ladder.steps)]
    terms = [after.after_previous for step, after in pairs if step.template == "fourteen-days"]
    assert terms == [21]


def test_its_words_are_those_the_court_holds_valid_by_mail_and_on_paper() -> None:
    valid = "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd"
    for said in (mail_of(template="fourteen-days").text, text(letter(template="fourteen-days"))):
        words = " ".join(said.split())
        assert valid in words
        assert "zonder kosten" in words
        assert (
            "de wettelijke incassokosten in rekening (artikel 6:96 Burgerlijk Wetboek): €" in words
        )
        assert "150,08" in words, "15 % of 1000.50"


def test_the_costs_are_of_all_its_invoices_together() -> None:
    """BW 6:96 lid 7; each alone would be 40 at least."""
    small = tuple(
        InvoiceSnapshot(f"F-{n}", Decimal(100), Decimal(100), "EUR", ABOUT.issued_on, ABOUT.due_on)
        for n in range(3)
    )
    assert "€\xa045,00" in mail_of(template="fourteen-days", about=small).text


def test_who_cannot_get_vat_back_adds_it_in_a_template_of_his_own(tmp_path: Path) -> None:
    assert with_vat(Decimal("150.08"), Decimal(21)) == Decimal("181.60")
    write(tmp_path, "nl", "fourteen-days", "Subject: x\n{{ collection_costs_with_vat(21) }}\n")
    assert mail_of(tmp_path, template="fourteen-days").text == "€\xa0181,60\n"
    dollars = (
        InvoiceSnapshot("F-1", Decimal(9), Decimal(9), "USD", ABOUT.issued_on, ABOUT.due_on),
    )
    assert mail_of(tmp_path, template="fourteen-days", about=dollars).text == "\n"
