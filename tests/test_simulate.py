"""Other rules on the same past: what would have been sent, what not, why. Nothing is written."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace as but

from api.simulation import simulate
from commands.command import Command
from commands.debtors.registration import CorrectDebtor, RegisterDebtor
from commands.disputes.opening import OpenDispute
from commands.invoices.contacts import LogContact
from commands.invoices.registration import CorrectInvoice, RegisterInvoice
from commands.messages.delivery import RecordEmailSent, RecordLetterPrinted, WithdrawStep
from commands.messages.failures import email_failed
from commands.messages.outbox import WithdrawMessage
from commands.payments.payments import ReceivePayment
from ledger.database import tenants
from ledger.database.pool import Pool
from ledger.facts.codes import Channel, Direction, Purpose, Reason
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook_rules import QuietPeriod, ReasonPolicy, Rules, Segment, Step
from ledger.policy.playbook.yaml_file import to_yaml
from ledger.policy.refusal import Refused
from ledger.store.ledger import Ledger
from projections.simulation.replay import ReplayedMessage
from support.cli import CliUser
from support.clock_case import LADDER, RULES, ClockCase
from support.examples import SHA, money
from support.given import day
from support.histories import AT
from support.random_year import Year

OCTOBER = (day("2026-10-01"), day("2026-10-31"))
ONCE = but(RULES, ladders={"business": but(LADDER, steps=(Step(step="first", after_due=12),))})
ONCE = but(ONCE, ladders={"business": but(ONCE.ladders["business"], repeat=None)})


FIRST, MIDDLE = day("2026-01-05"), day("2026-02-02")
DAYS = 60
STEPS = (*LADDER.steps[:2], but(LADDER.steps[2], after_previous=6), LADDER.steps[3])
FEWER = but(
    RULES,
    ladders={"business": but(LADDER, steps=STEPS, from_amount=money(900))},
    quiet=(QuietPeriod("friday"),),
    reasons={},
)


def told(
    owing: ClockCase,
    rules: Rules = RULES,
    days: tuple[date, date] = OCTOBER,
    hindsight: bool = False,
) -> list[ReplayedMessage]:
    owing.worker.catch_up()
    return [*simulate(owing.session, rules, *days, hindsight=hindsight)]


def lines(found: list[ReplayedMessage]) -> list[tuple[str, str, str]]:
    return [(one.verdict, str(one.sent.on), one.sent.items[0].step) for one in found]


def lived(owing: ClockCase, *days: str) -> None:
    """Run the clock first thing in these days of summer."""
    for on in days:
        owing.tick(f"{on}T00:01+02:00")


def dump(url: str) -> dict[str, str]:
    """All that the database holds."""
    with psycopg.connect(url) as conn:
        tables = conn.execute(
            "select schemaname || '.' || tablename from pg_tables"
            " where schemaname in ('ledger', 'view')"
        ).fetchall()
        told = "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {} t"
        found = [(name, conn.execute(told.format(name).encode()).fetchone()) for (name,) in tables]
        return {name: row[0] for name, row in found if row}


def printed(asked: MessageAsked) -> Iterator[Command]:
    for one in asked.about:
        yield RecordLetterPrinted(
            invoice=one.invoice,
            message=asked.message,
            purpose=asked.purpose,
            to=asked.to,
            subject="Reminder",
            document=SHA,
            open_amount=one.open_amount,
        )


class Winter(Year):
    """The clock runs at midnight and after the morning's work. All goes by letter, which is
    printed at once."""

    def lives_on(self) -> None:
        self.coming = [(FIRST + timedelta(nth), f"A-{nth}") for nth in range(36)]
        for number in self.debtors:
            self._does(self._debtor(number))
        for nth in range(DAYS):
            today = FIRST + timedelta(nth)
            self._at(datetime.combine(today, time.min, self.clock_case.ledger.zone))
            self.clock_case.now += timedelta(hours=10)
            self._invoices(today)
            for _ in range(self.dice.randrange(5)):
                self._something(today)
            self._at(self.clock_case.now)

    def _debtor(self, number: str) -> Command:
        reach = self.dice.choice([{"address": "Kade 1, Delft"}] * 5 + [{}])
        return RegisterDebtor(debtor=number, name=number, **reach)

    def _does(self, *commands: Command) -> bool:
        """All of an invoice is disputed: after a part the next step waits for what was chased."""
        whole = {"contested": None}
        return super()._does(
            *(
                one.model_copy(update=whole) if isinstance(one, OpenDispute) else one
                for one in commands
            )
        )

    def _at(self, moment: datetime) -> None:
        self.clock_case.tick(moment.isoformat())
        entries = self.clock_case.ledger.since(self.read, 1_000_000)
        self.model.read(entries)
        self.read += len(entries)
        for one in entries:
            if isinstance(one.event, MessageAsked) and not one.event.case_id:
                self.clock_case.execute(*printed(one.event))

    def sent(self, since: date) -> set[Any]:
        return {
            (
                one.debtor,
                one.on,
                one.template,
                *sorted((a.invoice, a.open_amount) for a in one.about),
            )
            for one in self.clock_case.messages()
            if not one.case_id and one.on >= since
        }


def would(found: list[ReplayedMessage]) -> set[Any]:
    return {
        (
            one.debtor,
            one.sent.on,
            one.sent.template,
            *sorted((item.invoice, item.amount) for item in one.sent.items),
        )
        for one in found
        if one.verdict in ("as sent", "would be sent")
    }


def test_what_would_have_been_sent_is_what_is_sent_when_the_same_is_lived_by_those_rules(
    pool: Pool, ledger: Ledger
) -> None:
    """The same days twice, by two playbooks; each foretells the other, and itself."""
    with pool.connection() as conn:
        other = tenants.Tenant("other", "Other", "Europe/Amsterdam", AT)
        tenants.create(conn, other)
    with closing(Ledger(pool, "other")) as second:
        lived = [
            (rules, Winter(ClockCase(pool, one, rules), Random(5), 36))
            for rules, one in ((RULES, ledger), (FEWER, second))
        ]
        for _, year in lived:
            year.lives_on()
        for _, year in lived:
            for rules, truth in lived:
                found = told(year.clock_case, rules, (FIRST, FIRST + timedelta(DAYS - 1)))
                assert would(found) == truth.sent(FIRST)
                if truth is year:
                    assert {one.verdict for one in found} == {"as sent", "cannot be sent"}
                    late = told(year.clock_case, rules, (MIDDLE, FIRST + timedelta(DAYS - 1)))
                    assert would(late) == truth.sent(MIDDLE)
        assert len({*lived[0][1].sent(FIRST)} ^ {*lived[1][1].sent(FIRST)}) > 20


def test_other_steps_on_other_days(owing: ClockCase) -> None:
    lived(owing, "2026-10-05", "2026-10-15")
    assert lines(told(owing)) == [
        ("as sent", "2026-10-05", "first"),
        ("as sent", "2026-10-15", "second"),
        ("would be sent", "2026-10-26", "final"),  # the clock stood still
    ]
    found = told(owing, ONCE)
    assert [(one.verdict, str(one.sent.on), one.why) for one in found] == [
        ("would not be sent", "2026-10-05", "first is planned for 2026-10-12"),
        ("would be sent", "2026-10-12", "first: 12 days after it was due on 2026-09-30"),
        ("would not be sent", "2026-10-15", "the ladder is at its end"),
    ]
    [item] = found[1].sent.items
    assert (item.invoice, item.times, item.amount, item.currency) == ("A-1", 1, money(100), "EUR")


def test_what_was_sent_before_the_first_day_is_a_fact(owing: ClockCase) -> None:
    lived(owing, "2026-10-05", "2026-10-15")
    assert lines(told(owing, ONCE, (day("2026-10-06"), day("2026-10-31")))) == [
        ("would not be sent", "2026-10-15", "second")
    ]


def test_that_a_mail_went_is_left_out_with_its_step_and_a_withdrawn_one_was_not_sent(
    owing: ClockCase,
) -> None:
    lived(owing, "2026-10-05")
    name = "follow-up/D-7/2026-10-05"
    went = RecordEmailSent(
        invoice="A-1",
        message=name,
        purpose=Purpose.REMINDER,
        to=("d-7@debtor.example",),
        subject="Reminder",
        message_id="<m@seller.example>",
        document=SHA,
        open_amount=money(100),
    )
    owing.execute(went, on="2026-10-05T00:02+02:00")
    assert lines(told(owing))[0] == ("as sent", "2026-10-05", "first")
    assert lines(told(owing, ONCE))[1] == ("would be sent", "2026-10-12", "first")
    owing.execute(
        WithdrawStep(invoice="A-1", message=name, why="Paid."),
        WithdrawMessage(message=name, why="Paid."),
    )
    assert lines(told(owing))[0] == ("would be sent", "2026-10-05", "first")


def test_a_mail_that_failed_fails_under_these_rules_too(owing: ClockCase) -> None:
    owing.execute(CorrectDebtor(debtor="D-7", why="It is known.", address="Kade 1, Delft"))
    lived(owing, "2026-10-05")
    message = owing.message("follow-up/D-7/2026-10-05")
    assert message.asked
    failed = email_failed(message, owing.owes("D-7"), ["A-1"], message.asked.to, "5.1.1")
    owing.execute(*failed, on="2026-10-05T12:00+02:00")
    lived(owing, "2026-10-06")
    assert lines(told(owing))[:2] == [
        ("as sent", "2026-10-05", "first"),
        ("as sent", "2026-10-06", "first"),
    ]
    assert [one.sent.channel for one in told(owing)][:2] == [Channel.EMAIL, Channel.LETTER]
    by_letter = Step(step="first", after_due=3, channels=(Channel.LETTER,))
    ladder = but(ONCE.ladders["business"], steps=(by_letter,))
    assert [
        (one.verdict, str(one.sent.on), one.sent.channel)
        for one in told(owing, but(ONCE, ladders={"business": ladder}))
    ] == [
        ("would be sent", "2026-10-05", Channel.LETTER),
        ("would not be sent", "2026-10-05", Channel.EMAIL),
        ("would not be sent", "2026-10-06", Channel.LETTER),
    ]


def test_a_message_rests_follow_up_as_long_as_these_rules_let_it(owing: ClockCase) -> None:
    wrote: Any = {"channel": Channel.EMAIL, "direction": Direction.IN, "summary": "Why?"}
    owing.execute(LogContact(invoice="A-1", awaits_answer=True, **wrote), on="2026-10-01")
    lived(owing, "2026-10-05", "2026-10-15")
    assert lines(told(owing)) == []
    found = lines(told(owing, but(RULES, reply_rests=5)))
    assert found[0] == ("would be sent", "2026-10-08", "first")


def test_that_a_letter_was_printed_is_left_out_with_its_step(owing: ClockCase) -> None:
    owing.execute(CorrectDebtor(debtor="D-7", why="He moved.", email="", address="Kade 1, Delft"))
    lived(owing, "2026-10-05")
    owing.execute(*printed(owing.messages()[0]), on="2026-10-06T00:00+02:00")
    later = but(ONCE.ladders["business"], steps=(Step(step="first", after_due=6),))
    assert lines(told(owing, but(ONCE, ladders={"business": later}))) == [
        ("would not be sent", "2026-10-05", "first"),
        ("would be sent", "2026-10-06", "first"),
    ]


def test_facts_count_from_when_they_were_known(owing: ClockCase) -> None:
    """He paid on the 4th, and that was recorded on the 6th: the clock could not know."""
    lived(owing, "2026-10-05")
    paid = ReceivePayment(invoice="A-1", reference="P", amount=money(100), on=day("2026-10-04"))
    owing.execute(paid, on="2026-10-06")
    assert lines(told(owing)) == [("as sent", "2026-10-05", "first")]
    assert lines(told(owing, ONCE)) == [("would not be sent", "2026-10-05", "first")]
    [one] = told(owing, hindsight=True)
    assert (one.verdict, one.why[:24]) == ("would not be sent", "it is not collectable: p")


def test_a_history_that_was_imported_is_replayed_in_hindsight(pool: Pool, ledger: Ledger) -> None:
    """All of it was recorded at once, and no playbook was ever applied."""
    owing = ClockCase(pool, ledger, rules=None)
    owing.now = datetime.fromisoformat("2026-11-20T12:00+01:00")
    owing.debtor(on="2026-08-01")
    owing.invoice()
    owing.execute(ReceivePayment(invoice="A-1", reference="P", amount="100", on="2026-10-20"))
    assert told(owing) == []
    assert lines(told(owing, hindsight=True)) == [
        ("would be sent", "2026-10-05", "first"),
        ("would be sent", "2026-10-15", "second"),
    ]
    assert ledger.head() == 3


def test_what_rests_by_the_rules_that_are_tried(owing: ClockCase) -> None:
    wish = OpenDispute(invoice="A-1", reason=Reason.PRICE, comment="10 %.", contested=money(10))
    owing.execute(wish, on="2026-10-02")
    assert told(owing) == []
    partly = but(RULES, reasons={Reason.PRICE: ReasonPolicy(rests="disputed amount")})
    assert [one.sent.items[0].amount for one in told(owing, partly)] == [money(90)] * 3


def test_quiet_days_segments_and_debtors_who_cannot_be_written_to(owing: ClockCase) -> None:
    lived(owing, "2026-10-05")
    week = but(
        RULES, quiet=(QuietPeriod(first=day("2026-10-05"), last=day("2026-10-07"), why="Fair."),)
    )
    not_then, then, *_ = told(owing, week)
    assert (not_then.verdict, not_then.why) == (
        "would not be sent",
        "2026-10-05 is a quiet day: Fair",
    )
    assert (then.verdict, then.sent.on) == ("would be sent", day("2026-10-08"))
    ladders = {**RULES.ladders, "consumer": ONCE.ladders["business"]}
    parted = but(RULES, ladders=ladders, segments=(Segment("consumer", vat_id="unknown"),))
    assert lines(told(owing, parted))[1] == ("would be sent", "2026-10-12", "first")
    owing.execute(CorrectDebtor(debtor="D-7", why="Gone.", email=""), on="2026-10-08")
    assert lines(told(owing))[1:] == [("cannot be sent", "2026-10-15", "second")]


def test_it_goes_the_day_it_was_registered_and_to_whom_it_was_moved(owing: ClockCase) -> None:
    owing.debtor("D-8")
    late = RegisterInvoice(
        invoice="A-2", debtor="D-7", amount="9", on="2026-09-01", due_on="2026-09-02"
    )
    owing.execute(late, on="2026-10-01T15:00+02:00")
    owing.tick("2026-10-01T15:05+02:00")
    assert lines(told(owing))[0] == ("as sent", "2026-10-01", "first")
    owing.execute(CorrectInvoice(invoice="A-2", why="Not his.", debtor="D-8"), on="2026-10-06")
    moved = [one for one in told(owing) if one.sent.items[0].invoice == "A-2"]
    assert [(one.debtor, one.sent.items[0].step) for one in moved] == [
        ("D-8", "second"),
        ("D-8", "final"),
    ]


def test_on_the_command_line_nothing_is_written(
    owing: ClockCase, database: str, tmp_path: Path
) -> None:
    lived(owing, "2026-10-05", "2026-10-15")
    owing.worker.catch_up()
    owing.worker.release_lease()
    cli, draft = CliUser(database), tmp_path / "draft.yaml"
    draft.write_text(to_yaml(ONCE))
    days = ("--from", "2026-10-01", "--to", "2026-10-31")
    cli("simulate", *days).ok()  # read models as this code makes them
    before = dump(database)
    out = cli("simulate", "--playbook", draft, *days).ok().out
    assert "first is planned for 2026-10-12" in out
    assert "e-mail" in out
    assert "-1" in out
    found = cli("simulate", "--playbook", draft, *days, "--changes", "--json").ok().json
    assert [one["verdict"] for one in found["messages"]] == [
        "would not be sent",
        "would be sent",
        "would not be sent",
    ]
    assert found["totals"]["messages"] == {"would not be sent": 2, "would be sent": 1}
    assert found["totals"]["steps"][0] == {"name": "first", "would": 1, "was": 1}
    assert dump(database) == before
    same = cli("simulate", *days, "--changes", "--limit", "1").ok()
    assert "2026-10-26" in same.out

    draft.write_text("ladders: {}")
    cli("simulate", "--playbook", draft, *days).refused("rules/segment: ", "no ladder")
    draft.write_text("ladder: {}")
    cli("simulate", "--playbook", draft, *days).refused("draft.yaml", "no field ladder", code=2)
    backwards = cli("simulate", "--from", "2026-10-02", "--to", "2026-10-01")
    backwards.refused("2026-10-02 or later", "not 2026-10-01", code=2)


def test_rules_that_could_not_be_applied_are_refused(owing: ClockCase) -> None:
    with pytest.raises(Refused, match="no ladder for 'farm'"):
        told(owing, but(RULES, segment="farm"))
