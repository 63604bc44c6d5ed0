"""Lists of debtors: master data in bulk, corrections of what differs, the full list."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from api.importing.formats.debtor_layouts import debtor_layout
from api.importing.formats.debtor_list import DebtorPlan
from api.importing.formats.layout import Layout
from api.importing.line_commands import CannotImport
from api.importing.options import Format, ImportOptions
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.importing.summary import Summary
from api.session import TenantSession
from commands.context import Context
from commands.debtors.registration import CorrectDebtor
from commands.execute import execute
from ledger.facts.books import DEBTOR
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import ContactPerson
from ledger.facts.entry import Entry
from ledger.policy.anomalies import Flag
from ledger.policy.postal_address import address_lines
from ledger.policy.tasks.debtor import debtor_tasks
from support.cli import CliUser

AS_OF = date(2026, 3, 1)
LAYOUT = debtor_layout(None, {})
HEADER = "number,name,email,street,postcode,city,country,language,vat_id,segment,collector"
SMITH = "007,Smith BV,jo@smith.nl,Kade 1,3511 AB,Utrecht,NL,nl,NL123456789B01,business,anna"


def smith(number: int) -> str:
    return SMITH.replace("007", f"{number:03}")


@pytest.fixture
def bring_debtors(session: TenantSession, tmp_path: Path) -> Any:
    """Imports these rows; with ``as_of`` they are all debtors."""

    def bring_in(
        *rows: str,
        layout: Layout = LAYOUT,
        header: str = HEADER,
        end: str = "\n",
        dry: bool = False,
        **how: Any,
    ) -> Summary:
        path = tmp_path / "customers.csv"
        path.write_bytes(("\n".join([header, *rows]) + end).encode(layout.encoding))
        options = Options(layout, by="anna", dry=dry)
        return import_file(session, Source(str(path)), options, **how)

    return bring_in


def debtor(session: TenantSession, number: str = "007") -> Debtor:
    return session.ledger.book(DEBTOR, number).state


def history(session: TenantSession, number: str = "007") -> list[Entry]:
    return session.ledger.history(session.ledger.id_of(DEBTOR, number))


def rejects(summary: Summary) -> list[tuple[int, str | None]]:
    lines = Path(summary.rejects or "").read_text("utf-8").splitlines()
    return [(reject["line"], reject["field"]) for reject in map(json.loads, lines)]


def test_a_row_registers_a_debtor(session: TenantSession, bring_debtors: Any) -> None:
    summary = bring_debtors(SMITH)
    assert (summary.imported, summary.debtors, summary.corrected, summary.odd) == (1, 1, 0, 0)
    found = debtor(session)
    assert (found.name, found.address) == ("Smith BV", "Kade 1\n3511 AB Utrecht")
    assert (found.email, found.country, found.language) == ("jo@smith.nl", "NL", "nl")
    assert (found.vat_id, found.segment, found.collector) == ("NL123456789B01", "business", "anna")


def test_the_same_file_writes_nothing_and_another_what_differs(
    session: TenantSession, bring_debtors: Any
) -> None:
    bring_debtors(SMITH, smith(8))
    again = bring_debtors(SMITH, smith(8))
    assert (again.entries, again.already_there) == (0, 2)
    summary = bring_debtors(SMITH.replace("jo@", "ann@"), smith(8))
    assert (summary.entries, summary.corrected, summary.already_there) == (1, 1, 1)
    event = history(session)[-1].event
    assert (event.topic, event.email) == ("debtor-corrected.v1", "ann@smith.nl")
    assert (event.name, event.address, event.vat_id, event.persons) == (None, None, None, None)
    assert event.why == "customers.csv:2 lists it so."
    bring_debtors(SMITH, smith(8))
    assert debtor(session).email == "jo@smith.nl"


def test_an_empty_cell_leaves_a_detail_as_it_is(session: TenantSession, bring_debtors: Any) -> None:
    bring_debtors(SMITH)
    assert bring_debtors("007,,,,,,,,,,").entries == 0
    assert bring_debtors("007", header="number").entries == 0
    assert debtor(session).name == "Smith BV"


def test_what_is_odd_is_flagged_and_not_refused(session: TenantSession, bring_debtors: Any) -> None:
    summary = bring_debtors("007,Smith,no mail,,,,NL,,NL12,,")
    assert (summary.rejected, summary.odd) == (0, 1)
    assert history(session)[0].flags == (Flag.ODD_VAT_ID,)
    [task] = debtor_tasks(debtor(session))
    assert len(task.why) == 3  # mail address, VAT number, and nothing can be sent


def test_rows_that_cannot_be_are_rejected_with_the_file_s_own_field(bring_debtors: Any) -> None:
    layout = debtor_layout(None, {"number": "Klant", "country": "Land", "language": "Taal"})
    rows = ("1,NL,nl", "1,NL,nl", ",NL,nl", "2,N1,nl", "3,NL,x", "4,NL,nl", "5,nl,nl-NL")
    summary = bring_debtors(*rows, layout=layout, header="Klant,Land,Taal")
    assert (summary.imported, summary.rejected) == (3, 4)
    assert rejects(summary) == [(3, "Klant"), (4, "Klant"), (5, "Land"), (6, "Taal")]


def test_contacts_of_the_debtor(session: TenantSession, bring_debtors: Any) -> None:
    header = "number,contact1_name,contact1_role,contact1_email,contact2_name,contact2_phone"
    bring_debtors("007,Ann,purchasing,ann@smith.nl,Bob,06-1", header=header)
    ann = ContactPerson(name="Ann", role="purchasing", email="ann@smith.nl")
    assert debtor(session).persons == (ann, ContactPerson(name="Bob", phone="06-1"))
    row = "007,Ann,purchasing,ann@smith.nl,Bob,06-1"
    assert bring_debtors(row, header=header).entries == 0


def test_a_table_of_sap_in_the_words_of_excel(session: TenantSession, bring_debtors: Any) -> None:
    layout = replace(debtor_layout("sap-kna1", {}), encoding="cp1252")
    header = "sep=;\nKUNNR;NAME1;STRAS;PSTLZ;ORT01;LAND1;SPRAS;STCEG;SMTP_ADDR;BUSAB"
    bring_debtors(
        "0000000017;Bäcker & Söhne;Hauptstr. 5;80331;München;DE;D;DE123456789;b@b.de;A1",
        layout=layout,
        header=header,
    )
    found = debtor(session, "0000000017")
    assert (found.name, found.address) == ("Bäcker & Söhne", "Hauptstr. 5\n80331 München")
    assert (found.language, found.collector) == ("de", "A1")


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("", "Kade 1\n1234 Town"),
        ("XX", "Kade 1\n1234 Town"),
        ("NL", "Kade 1\n1234 Town"),
        ("GB", "Kade 1\nTown\n1234"),
        ("US", "Kade 1\nTown, 1234"),
    ],
)
def test_an_address_has_the_order_of_its_country(country: str, lines: str) -> None:
    assert address_lines("Kade 1", "1234", "Town", country) == lines
    assert address_lines("", "", "Town", country) == "Town"


def test_a_list_of_open_items_without_names_keeps_them(
    session: TenantSession, bring_debtors: Any, tmp_path: Path
) -> None:
    bring_debtors(SMITH)
    path = tmp_path / "items.csv"
    path.write_text("No,Customer,Open,Due,Date\nF-1,007,5.00,2026-02-01,2026-01-01\n", "utf-8")
    columns = ["invoice=No", "debtor=Customer", "open_amount=Open", "due=Due", "issued=Date"]
    given = ImportOptions(format=Format.OPEN_ITEMS, map=columns)
    import_file(session, Source(str(path)), Options(given.form(), by="anna"))
    assert debtor(session).name == "Smith BV"
    assert len(history(session)) == 1


def test_a_dry_run_counts_and_writes_nothing(session: TenantSession, bring_debtors: Any) -> None:
    bring_debtors(SMITH)
    summary = bring_debtors(
        SMITH.replace("jo@", "ann@"), smith(8), "9,a,b,c,d,e,Nowhere,", dry=True
    )
    assert (summary.debtors, summary.corrected, summary.rejected) == (1, 1, 1)
    assert not debtor(session, "008").known
    assert debtor(session).email == "jo@smith.nl"


# the full list


def test_a_full_list_notes_who_is_missing_and_removes_nobody(
    session: TenantSession, bring_debtors: Any
) -> None:
    bring_debtors(*map(smith, range(10)))
    plans = list[DebtorPlan]()

    def look(planned: DebtorPlan) -> bool:
        plans.append(planned)
        return True

    rows = [smith(0).replace("Utrecht", "Leiden"), *map(smith, range(1, 9)), smith(11)]
    summary = bring_debtors(*rows, as_of=AS_OF, confirm=look)
    [planned] = plans
    assert (planned.known, planned.new, planned.changed, planned.same) == (10, 1, 1, 8)
    assert (planned.missing, planned.lines) == (["009"], 11)
    assert (summary.missing, summary.entries, summary.closed) == (1, 3, 0)
    event = history(session, "009")[-1].event
    assert event.text == "customers.csv of 2026-03-01 does not list this debtor."
    again = bring_debtors(*rows, as_of=AS_OF)
    assert (again.missing, again.entries) == (1, 0)


def test_nothing_is_written_before_the_plan_is_agreed_to(
    session: TenantSession, bring_debtors: Any
) -> None:
    bring_debtors(SMITH)
    with pytest.raises(CannotImport, match="Nothing was written"):
        bring_debtors(SMITH, smith(8), as_of=AS_OF, confirm=lambda _: False)
    assert not debtor(session, "008").known


def test_half_a_list_is_refused_unless_told(session: TenantSession, bring_debtors: Any) -> None:
    bring_debtors(*map(smith, range(10)))
    with pytest.raises(CannotImport, match="5 of the 10 debtors"):
        bring_debtors(*map(smith, range(5)), as_of=AS_OF)
    assert bring_debtors(*map(smith, range(5)), as_of=AS_OF, close_most=True).missing == 5


@pytest.mark.parametrize(
    ("last", "end"), [("9,Smith,,,,,Nowhere,,,,", "\n"), ('009,"Smith,,,,,,,,,', "\n"), ("009", "")]
)
def test_a_broken_list_notes_nobody(
    session: TenantSession, bring_debtors: Any, last: str, end: str
) -> None:
    bring_debtors(*map(smith, range(10)))
    rows = [*map(smith, range(8)), last]
    summary = bring_debtors(*rows, as_of=AS_OF, end=end, close_most=True)
    assert (summary.rejected, summary.missing, summary.entries) == (1, 0, 0)
    assert summary.left_open >= 1
    assert bring_debtors(*rows, as_of=AS_OF, end=end, close_anyway=True, close_most=True).missing


def test_a_list_of_an_earlier_day_is_refused_beside_open_items(
    session: TenantSession, bring_debtors: Any
) -> None:
    bring_debtors(SMITH, as_of=AS_OF)
    with pytest.raises(CannotImport, match="is older"):
        bring_debtors(SMITH, as_of=date(2026, 2, 28))


def test_what_a_person_corrected_since_is_kept_where_the_list_is_silent(
    session: TenantSession, bring_debtors: Any
) -> None:
    bring_debtors("007,Smith", header="number,name")
    found = CorrectDebtor(debtor="007", why="Asked.", email="ann@smith.nl", collector="bram")
    at = datetime.fromisoformat("2026-03-01T09:00:00+00:00")
    execute(session.ledger, [found], Context("anna", at))
    bring_debtors("007,Smith", header="number,name")
    assert (debtor(session).email, debtor(session).collector) == ("ann@smith.nl", "bram")


def test_over_the_command_line(cli: CliUser, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"{HEADER}\n{SMITH}\n", "utf-8")
    dry = cli("import", str(path), "--format", "debtors", "--dry-run")
    assert "nothing was written" in dry.ok().err
    full = ("import", str(path), "--format", "debtors", "--full-list", "--as-of", "2026-03-01")
    assert "Full list of debtors" in cli(*full, "--yes").ok().out
    assert cli(*full, "--yes", "--json").ok().json["already_there"] == 1
