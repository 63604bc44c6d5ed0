"""The demo: everything that can happen does, once however often it is run, and all of it proves."""

import os
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.cli.demo import demo, for_agency, handed_off
from api.cli.kit.session import level
from api.demo.payment_stories import iban
from api.demo.sample_documents import pdf
from api.demo.virtual_clock import END, START, World
from api.demo.year import live
from api.session import TenantSession, open_session, prepare_database
from api.simulation import simulate
from ledger.database import documents, tenants
from ledger.database.pool import open_pool
from ledger.engine.rebuild import check
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event, replay
from ledger.facts.codes import Channel, Outcome, Reason, RootCause
from ledger.facts.debtor_events import MoneySettledPerErp
from ledger.facts.entry import Entry
from ledger.facts.invoice.approval import ApprovalMissing, ApprovedAfterwards
from ledger.facts.invoice.original import OriginalNamed
from ledger.facts.invoice.payments import ClosedPerErp, SettledPerErp
from ledger.facts.invoice.registration import DocumentAttached
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked
from ledger.policy.anomalies import Flag
from ledger.policy.playbook.in_force import shipped
from ledger.policy.refusal import Refused
from ledger.policy.visibility import EVERYTHING
from ledger.store.verify import verify
from projections import READ_MODELS, agenda
from support.cli import CliUser
from support.examples import ONLY_THE_CLOCK_MAKES
from support.postgres import new_database
from support.samples import assert_sample
from support.served import serving
from support.views import reports, rows

SEED, INVOICES = 1, 80
ONLY_AN_IMPORT_MAKES = {SettledPerErp, ClosedPerErp, MoneySettledPerErp}
MEANT = {
    Flag.ZERO_AMOUNT: 1,
    Flag.OVERPAID: 1,
    Flag.AFTER_HAND_OFF: 1,
    Flag.AFTER_CANCELLATION: 1,
}
AT = datetime(2026, 7, 1, tzinfo=UTC)
TITLES = (
    "Agenda of",
    "Inbox",
    "Outbox",
    "Dispute report",
    "Cycle times",
    "Contact log",
    "Proof",
    "Try next",
    "Or over HTTP",
    "Automatic follow-up",
)


def nobody(_: int) -> None:
    """Looks at the progress."""


@pytest.fixture
def empty_demo(database: str) -> Iterator[TenantSession]:
    with empty(database) as empty_demo:
        yield empty_demo


@pytest.fixture(scope="module")
def year(postgres: str) -> Iterator[tuple[TenantSession, World]]:
    """One that was played to its end, for tests that only look."""
    with new_database(postgres) as url, empty(url) as session:
        yield session, live(session.ledger, SEED, INVOICES, nobody)


@contextmanager
def empty(url: str) -> Iterator[TenantSession]:
    with open_pool(url, size=1) as pool, pool.connection() as conn:
        tenants.create(conn, tenants.Tenant("demo", "Demo", "Europe/Amsterdam", AT))
    prepare_database(url, AT)
    with open_session(url, "demo", lambda: AT) as session:
        yield session


def all_of_it(session: TenantSession) -> list[Entry]:
    return session.ledger.since(0, 100_000)


def states(session: TenantSession) -> list[Invoice]:
    found = {entry.event.number for entry in all_of_it(session) if _registers(entry)}
    return [session.ledger.book(INVOICE, number).state for number in sorted(found)]


def _registers(entry: Entry) -> bool:
    return bool(entry.event.topic == "invoice-registered.v1")


def test_a_year_has_everything_that_can_happen(year: tuple[TenantSession, World]) -> None:
    session, world = year
    entries, invoices = all_of_it(session), states(session)
    cases = [one for invoice in invoices for one in invoice.disputes.values()]

    assert len(invoices) == INVOICES
    assert {entry.event.channel for entry in entries if isinstance(entry.event, MessageAsked)} == {
        Channel.EMAIL,
        Channel.LETTER,
    }
    assert {one.reason for one in cases} == set(Reason)
    assert {one.outcome for one in cases} == {*Outcome, None}
    assert len({one.root_cause for one in cases} & set(RootCause)) >= 9
    happened = {type(entry.event) for entry in entries}
    never = (INVOICE.events | DEBTOR.events) - happened
    needs_mail = {OriginalNamed}  # the demo sends no invoice itself
    by_itself = ONLY_THE_CLOCK_MAKES - happened
    needs_approvers = {ApprovalMissing, ApprovedAfterwards}  # the demo's playbook has none
    strange = never ^ (ONLY_AN_IMPORT_MAKES | by_itself | needs_approvers | needs_mail)
    assert strange == set(), "let it happen in a story of src/api/demo, and write the pins again"
    assert Counter(flag for entry in entries for flag in entry.flags) == MEANT
    assert max(Counter(one.case_id for one in cases).values()) == 3
    for one in cases:
        gone = one.paid + one.credited + one.rejected + one.written_off
        assert one.original == one.disputed + gone
    assert for_agency(world)


def test_it_is_recorded_in_office_hours_of_the_year(year: tuple[TenantSession, World]) -> None:
    session, _ = year
    recorded = [entry.at.astimezone(session.ledger.zone) for entry in all_of_it(session)]
    assert recorded == sorted(recorded)
    assert START <= recorded[0].date() <= recorded[-1].date() <= END
    assert {moment.isoweekday() for moment in recorded} == {1, 2, 3, 4, 5}
    assert {moment.hour for moment in recorded} <= set(range(7, 18))


def test_it_equals_a_fresh_fold_and_proves_whole(
    year: tuple[TenantSession, World],
) -> None:
    session, _ = year
    level(session)
    with session.pool.connection() as conn:
        for model in READ_MODELS:
            assert check(conn, "demo", model, AT) > 0
        assert verify(conn, "demo").entries == session.ledger.head()
        todo = {
            row.item.action for row in agenda.list_due("demo", END, scope=EVERYTHING).fetch(conn)
        }
        kept = {
            documents.fetch(conn, "demo", entry.event.sha256)
            for entry in all_of_it(session)
            if isinstance(entry.event, DocumentAttached)
        }
    assert len(todo) >= 5
    assert len(kept) >= 3


def test_the_same_seed_is_the_same_year_for_ever(
    year: tuple[TenantSession, World], postgres: str
) -> None:
    """Entry by entry, and in every read model and report; sentences of ours have their own file."""
    desk, _ = year
    level(desk)
    with desk.pool.connection() as conn:
        entries = conn.execute(
            "select position, book_id, line, topic, state::json from entry"
            " where tenant_id = %s order by position",
            [desk.tenant],
        ).fetchall()
        shown, sentences = rows(conn, desk.tenant)
    name = conninfo_to_dict(str(desk.pool.conninfo))["dbname"]
    url = make_conninfo(postgres, dbname=name)
    assert_sample("demo_entries.json.xz", entries)
    assert_sample("demo_rows.json.xz", shown)
    assert_sample("demo_reports.json.xz", reports(url, desk.tenant, str(END)))
    assert_sample("demo_sentences.json.xz", sentences)


def test_the_year_is_simulated_the_same_for_ever(year: tuple[TenantSession, World]) -> None:
    """Message by message, by the rules as shipped; without the sentences that say why."""
    desk, _ = year
    level(desk)
    messages = [
        (one.verdict, one.debtor, one.sent) for one in simulate(desk, shipped(), START, END)
    ]
    assert_sample("demo_simulation.json.xz", messages)


def test_twice_is_once(year: tuple[TenantSession, World]) -> None:
    session, _ = year
    once = all_of_it(session)
    live(session.ledger, SEED, INVOICES, nobody)
    assert all_of_it(session) == once


@pytest.mark.parametrize("day", [40, 300])
def test_stopped_half_way_it_goes_on_to_the_same_ledger(
    empty_demo: TenantSession, day: int
) -> None:
    _live_until(empty_demo, day)
    half = all_of_it(empty_demo)
    world = live(empty_demo.ledger, SEED, INVOICES, nobody)
    assert all_of_it(empty_demo)[: len(half)] == half
    assert 0 < len(half) < empty_demo.ledger.head()
    for id_, state in world.books.items():
        lines = empty_demo.ledger.history(id_)
        assert replay(kind_of_event(lines[0].event), id_, lines).state == state, id_


def _live_until(session: TenantSession, day: int) -> None:
    gone = 0

    def day_over(days: int) -> None:
        nonlocal gone
        gone += days
        if gone >= day:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        live(session.ledger, SEED, INVOICES, day_over)


def test_another_seed_is_another_year(year: tuple[TenantSession, World]) -> None:
    session, _ = year
    with pytest.raises(Refused, match="is registered already"):
        live(session.ledger, SEED + 1, INVOICES, nobody)


def test_too_few_invoices_for_a_year(empty_demo: TenantSession) -> None:
    with pytest.raises(ValueError, match="a year needs at least"):
        live(empty_demo.ledger, SEED, 10, nobody)
    assert empty_demo.ledger.head() == 0


def test_the_command_shows_it_all_in_100_columns_and_hands_off_once(
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DOSSIER_DATABASE_URL", database)
    demo(SEED, INVOICES, tmp_path / "handoff")
    first = capsys.readouterr().out
    assert max(len(line) for line in first.splitlines() if str(tmp_path) not in line) <= 100
    for title in TITLES:
        assert f"\n{title}" in first
    assert "is handed off to" in first
    assert (tmp_path / "handoff" / "manifest.json").exists()

    demo(SEED, INVOICES, tmp_path / "handoff")
    again = capsys.readouterr().out
    assert "by an earlier run of the demo" in again
    assert again.partition("\nHand-off\n")[0] == first.partition("\nHand-off\n")[0]
    _is_served(database, again)
    monkeypatch.chdir(tmp_path)
    _runs_by_itself(database, again)


def _is_served(url: str, said: str) -> None:
    """The demo's last words hold: the year is there over HTTP, with a key as they make it."""
    [tenant] = set(re.findall(r"--tenant (\S+) user add", said))
    asked = re.findall(r"http://127\.0\.0\.1:8000(/v1\S+)\"", said)
    assert len(asked) == 4
    cli = CliUser(url, tenant)
    key = cli("user", "add", "anna", "--role", "collector").ok().out.strip()
    with serving(cli, key=key) as served:
        kinds = ["text/csv" if "ageing" in path else "application/json" for path in asked]
        answers = [
            served.http.get(path, headers={"Accept": kind})
            for path, kind in zip(asked, kinds, strict=True)
        ]
    assert [answer.status_code for answer in answers] == [200] * 4
    agenda, cases, ageing, contacts = answers
    assert len(agenda.json()) == len(cases.json()) == 3
    assert {one["status"] for one in cases.json()} == {"open"}
    assert ageing.text.startswith("currency,bucket,")
    assert len(contacts.json()) > 10


def _runs_by_itself(url: str, said: str) -> None:
    """So do those about the clock: the playbook is applied, and reminders would be sent."""
    cli, told = CliUser(url, None), list[str]()
    for line in said.partition("\nAutomatic follow-up\n")[2].splitlines():
        _, *typed = shlex.split(line, comments=True)
        typed, file = (typed[:-2], typed[-1]) if ">" in typed else (typed, os.devnull)
        told.append(cli(*typed).ok().out)
        Path(file).write_text(told[-1])
    _, _, tried, struck, sent, why = told
    assert "first reminder" in tried
    assert re.search(r"Reminders of resolvers: \d", struck)
    assert "Subject: " in sent
    assert "By version 1 of the playbook" in why


def test_a_folder_that_is_something_else_stays(
    tmp_path: Path, year: tuple[TenantSession, World]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    played, world = year
    said = handed_off(played, world, for_agency(world), tmp_path)
    assert isinstance(said, str)
    assert "is no hand-off" in said
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_accounts_have_true_check_digits() -> None:
    made = iban("D-1001")
    turned = "".join(str(int(sign, 36)) for sign in made[4:] + made[:4])
    assert int(turned) % 97 == 1


def test_a_page_of_pdf_says_where_its_parts_begin() -> None:
    content = pdf("note.pdf", "Delivery (note)").content
    start = int(content.split(b"startxref\n")[1].split(b"\n")[0])
    assert content[start : start + 4] == b"xref"
    assert rb"Delivery \(note\)" in content
