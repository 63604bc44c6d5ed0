"""Rules that assign collectors: by whom, when, and never over what a person assigned."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as whatever
from hypothesis import strategies as st
from msgspec.structs import replace as but

from api.clock.otherwise import tally_of
from api.clock.tick import assign_collectors
from commands.debtors.registration import CorrectDebtor, RegisterDebtor
from commands.invoices.registration import CorrectInvoice, RegisterInvoice
from commands.payments.payments import ReceivePayment
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor_events import DebtorCollectorAssigned
from ledger.facts.invoice.registration import CollectorAssigned
from ledger.facts.playbook_rules import Collector, Segment
from ledger.policy.collectors import collector_of_debtor, collector_of_invoice
from ledger.policy.playbook.checks import check_playbook
from ledger.policy.refusal import Refused
from ledger.policy.visibility import EVERYTHING
from projections import agenda
from projections.collector_queries import count_otherwise, debtors_otherwise, invoices_otherwise
from support.clock_case import LADDER, RULES, ClockCase
from support.creditor import Creditor, new_creditor
from support.given import day

ANNA = Collector("anna", letters="A-K")
BRAM = Collector("bram")
TWO = but(RULES, collectors=(ANNA, BRAM))


def collectors(case: ClockCase) -> tuple[str, str]:
    return case.state().collector, case.owes("D-7").collector or ""


def test_a_debtor_and_an_invoice_that_appear_get_the_collector_of_the_rules(
    clock_case: ClockCase,
) -> None:
    clock_case.execute(ApplyPlaybook(rules=TWO))
    clock_case.debtor(name="Émile & Zn")
    clock_case.invoice()
    assert clock_case.tick("2026-09-02").collectors == 2
    assert collectors(clock_case) == ("anna", "anna")
    assigned = clock_case.ledger.history(clock_case.id_of("A-1"))[-1]
    assert assigned.by == "clock"
    assert assigned.event == CollectorAssigned(
        on=day("2026-09-02"), collector="anna", playbook=2, why="by rule /collectors/0"
    )
    assert clock_case.tick().collectors == 0


def test_a_new_playbook_moves_what_rules_assigned_and_an_entry_says_so(owing: ClockCase) -> None:
    owing.execute(ApplyPlaybook(rules=TWO))
    assert owing.tick("2026-09-02").collectors == 2  # D-7 begins with a letter of A to K
    other = but(RULES, collectors=(but(BRAM, from_number="D-1", to_number="D-99"),))
    owing.worker.catch_up()
    assert tally_of(owing.session, other).collectors == 1  # what the simulation shows
    owing.execute(ApplyPlaybook(rules=other))
    assert assign_collectors(owing.session) == 2
    assert collectors(owing) == ("bram", "bram")
    owing.execute(ApplyPlaybook(rules=RULES))
    assert owing.tick().collectors == 2
    assert collectors(owing) == ("", "")
    event = owing.ledger.history(owing.owes("D-7").id)[-1].event
    assert isinstance(event, DebtorCollectorAssigned)
    assert (event.collector, event.why) == ("", "as no rule names one")
    assert owing.tick().collectors == 0


def test_what_a_person_assigned_is_never_overruled(owing: ClockCase) -> None:
    owing.invoice("A-2", collector="carl")
    owing.execute(ApplyPlaybook(rules=TWO))
    owing.tick("2026-09-02")
    assert (owing.state("A-1").collector, owing.state("A-2").collector) == ("anna", "carl")
    owing.execute(CorrectInvoice(invoice="A-1", why="She knows them.", collector="dora"))
    owing.execute(CorrectDebtor(debtor="D-7", why="She knows them.", collector="eva"))
    owing.invoice("A-3")
    assert owing.tick().collectors == 1
    assert [owing.state(number).collector for number in ("A-1", "A-2", "A-3")] == [
        *("dora", "carl", "eva")  # what is new gets the debtor's own
    ]
    owing.execute(ApplyPlaybook(rules=but(RULES, collectors=(BRAM,))))
    assert owing.tick().collectors == 0
    assert owing.owes("D-7").collector == "eva"


def test_a_corrected_debtor_moves_with_their_open_invoices(owing: ClockCase) -> None:
    rules = but(RULES, collectors=(but(ANNA, letters="", country="BE"), BRAM))
    owing.invoice("A-2")
    owing.execute(ReceivePayment(invoice="A-2", reference="R", amount=100))
    owing.execute(ApplyPlaybook(rules=rules))
    owing.tick("2026-09-02")
    assert (*collectors(owing), owing.state("A-2").collector) == ("bram", "bram", "")
    owing.execute(CorrectDebtor(debtor="D-7", why="They moved.", country="BE"))
    owing.tick()
    assert collectors(owing) == ("anna", "anna")


def test_the_agenda_is_the_collectors_also_about_the_debtor(clock_case: ClockCase) -> None:
    clock_case.execute(ApplyPlaybook(rules=TWO))
    clock_case.debtor(email="no mail")
    clock_case.invoice()
    clock_case.tick("2026-10-05")
    clock_case.worker.catch_up()
    with clock_case.session.pool.connection() as conn:
        found = agenda.list_due(
            clock_case.ledger.tenant, day("2026-10-05"), {"collector": "anna"}, scope=EVERYTHING
        ).fetch(conn)
    assert {view.item.invoice for view in found} == {"", "A-1"}


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        ((BRAM, ANNA), "collectors/0"),
        ((Collector("anna", letters="K-A"),), "collectors/0/letters"),
        ((Collector("anna", from_number="1000", to_number="999"),), "collectors/0/to_number"),
        ((Collector("anna", segment="public"),), "collectors/0/segment"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(rules: Any, place: str) -> None:
    with pytest.raises(Refused) as refused:
        check_playbook(but(RULES, collectors=rules))
    assert refused.value.field == f"rules/{place}"


# the read models find what the policy decides

texts = st.sampled_from
rules_ = st.builds(
    Collector,
    texts(["anna", "bram", "carl"]),
    segment=texts(["", "", "business", "consumer"]),
    business_unit=texts(["", "", "north"]),
    country=texts(["", "", "NL", "BE"]),
    language=texts(["", "", "nl"]),
    letters=texts(["", "", "A-K", "L-Z"]),
    from_number=texts(["", "", "D-5", "D-10"]),
    to_number=texts(["", "", "D-9", "D-100"]),
    from_amount=st.none() | st.integers(0, 200).map(Decimal),
)
segments = st.builds(
    Segment,
    texts(["business", "consumer"]),
    business_unit=texts(["", "north"]),
    country=texts(["", "BE"]),
    vat_id=texts(["any", "known", "unknown"]),
)
debtors_ = st.fixed_dictionaries(
    {"name": texts(["Émile", "kees", "Øystein", "3M", "zorg", "ßo"])},
    optional={
        "country": texts(["NL", "BE"]),
        "language": texts(["nl", "de"]),
        "segment": texts(["business", "consumer", "public"]),
        "vat_id": texts(["NL1", ""]),
        "collector": texts(["eva", ""]),
    },
)
invoices_ = st.fixed_dictionaries(
    {"amount": st.integers(1, 250), "business_unit": texts(["", "north"])},
    optional={"collector": texts(["", "fons"])},
)


@whatever(
    rules=st.lists(rules_, max_size=3),
    cases=st.lists(segments, max_size=2),
    known=st.lists(st.tuples(debtors_, invoices_), min_size=1, max_size=4),
    registered=st.booleans(),
)
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_queries_find_what_the_policy_decides(
    pool: Pool, rules: Any, cases: Any, known: Sequence[Any], registered: bool
) -> None:
    ladders = {"business": LADDER, "consumer": LADDER}
    given = but(RULES, ladders=ladders, segments=tuple(cases), collectors=tuple(rules))
    numbers = [f"D-{n}" for n in (4, 9, 10, 101)]
    with new_creditor(pool) as creditor:
        for number, (facts, billed) in zip(numbers, known, strict=False):
            if registered or number != "D-9":
                creditor.execute(RegisterDebtor(debtor=number, **facts))
            dates = {"on": "2026-01-01", "due_on": "2026-02-01"}
            about = {"invoice": f"F-{number}", "debtor": number}
            creditor.execute(RegisterInvoice(**dates, **about, **billed))
        with creditor.reading() as conn:
            found = debtors_otherwise(creditor.tenant, given).fetch(conn)
            also = invoices_otherwise(creditor.tenant, given).fetch(conn)
            [many] = count_otherwise(creditor.tenant, given).fetch(conn)
        assert [*found] == [n for n in sorted(numbers) if _debtor_moves(creditor, n, given)]
        moving = [f"F-{n}" for n in sorted(numbers) if _invoice_moves(creditor, n, given)]
        assert ([*also], many) == (moving, len(moving))


def _debtor_moves(creditor: Creditor, number: str, rules: Any) -> bool:
    state = creditor.ledger.book(DEBTOR, number).state
    return state.known and not state.collector and collector_of_debtor(state, rules).collector != ""


def _invoice_moves(creditor: Creditor, number: str, rules: Any) -> bool:
    state = creditor.ledger.book(INVOICE, f"F-{number}").state
    owner = creditor.ledger.book(DEBTOR, number).state
    wanted = collector_of_invoice(state, owner, rules).collector
    return state.known and not state.collector and wanted != ""
