"""Two months of a wholesaler, lived by the clock over real SMTP, IMAP, HTTP and printed letters."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from commands.execute import execute
from commands.payments.payments import ReceivePayment
from commands.several_invoices import divided
from support.end_to_end import link_in, open_end_to_end, text_of
from support.http_clients import refused
from support.imap import ImapServer
from support.smtp import SmtpServer
from support.wholesaler import DAY, Wholesaler
from support.wholesaler_books import debtors

FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
SAM, KIM = "sam@korenaar.example", "kim@korenaar.example"
LEA, MAX, PAT = "lea@korenaar.example", "max@korenaar.example", "pat@korenaar.example"
APPROVERS = [
    {"approver": LEA, "up_to": "500"},
    {"approver": MAX, "up_to": "1500"},
    {"approver": PAT},
]
Happening = Callable[[Wholesaler], None]
HAPPENINGS: dict[str, list[Happening]] = {}


@pytest.fixture
def wholesaler(
    database: str,
    smtp: SmtpServer,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Wholesaler]:
    monkeypatch.setenv("DOSSIER_ADDRESS", "Korenaar B.V.\nKade 1\n3511 AA Utrecht")
    monkeypatch.setenv("DOSSIER_LETTERS", str(tmp_path))
    with open_end_to_end(database, smtp, imap, monkeypatch.setenv) as case:
        yield Wholesaler(case, tmp_path, FIRST)


def test_two_months(wholesaler: Wholesaler) -> None:
    while wholesaler.today <= LAST:
        for happening in HAPPENINGS.pop(f"{wholesaler.today:%m-%d} early", []):
            wholesaler.case.on(str(wholesaler.today), 6)
            happening(wholesaler)
        if wholesaler.today.weekday() == 0 or wholesaler.today == FIRST:
            wholesaler.case.on(str(wholesaler.today), 7)
            wholesaler.imports()
        wholesaler.run(8)
        for happening in HAPPENINGS.pop(f"{wholesaler.today:%m-%d}", []):
            wholesaler.case.on(str(wholesaler.today), 10)
            happening(wholesaler)
            wholesaler.post()
        wholesaler.run(17)
        for happening in HAPPENINGS.pop(f"{wholesaler.today:%m-%d} late", []):
            happening(wholesaler)
        wholesaler.today += DAY
    assert not HAPPENINGS
    print(*wholesaler.sent, sep="\n")


def _logs(entry: dict[str, str]) -> bool:
    return entry["topic"] == "contact-logged.v1"


def on(day: str) -> Callable[[Happening], Happening]:
    """Let it happen on that day at ten, or at six in the morning if it is early."""

    def added(happening: Happening) -> Happening:
        HAPPENINGS.setdefault(day, []).append(happening)
        return happening

    return added


@on("09-01 early")
def the_firm_begins(firm: Wholesaler) -> None:
    firm.case.http.applies_the_playbook()
    for one in debtors():
        firm.case.anna.record("/debtors", one)
    account = {"iban": "NL91ABNA0417164300"}
    us = {"name": "Korenaar B.V.", "contact": "Anna", "phone": "030 123 45 67"}
    firm.case.pat.record("/creditor", {**us, "bank_accounts": [account]})


@on("09-02")
def it_names_who_solves_and_who_approves(firm: Wholesaler) -> None:
    rules = firm.case.read("/playbook")["rules"]
    rules["disputes"]["resolvers"] = [{"resolver": SAM}]
    rules["approvers"] = APPROVERS
    rules["short_payments"] = {"disputes": "with a reason"}
    firm.case.pat.record("/playbook", {"rules": rules, "why": "Our own people."})


# The complaint that is answered late


@on("09-04")
def the_bakery_complains(firm: Wholesaler) -> None:
    firm.answers("F-1001", "De prijs op F-1001 klopt niet, we hadden 10 % korting afgesproken.")


@on("09-04 late")
def the_receipt_promises_silence(firm: Wholesaler) -> None:
    receipt = text_of(firm.last("F-1001"))
    assert "Tot u van ons hoort, krijgt u hierover geen herinneringen." in receipt


@on("09-07")
@on("09-14")
@on("09-21")
@on("09-28")
def nobody_has_answered_the_bakery(firm: Wholesaler) -> None:
    rows = firm.agenda()
    [place] = [n for n, row in enumerate(rows) if row["invoice"] == "F-1001"]
    firm.places.append((rows[place]["priority"], place))
    assert firm.actions("F-1001") == ["answer debtor"]


@on("10-02")
def anna_answers_the_bakery(firm: Wholesaler) -> None:
    assert firm.messages("F-1001") == [("09-03", "first reminder"), ("09-04", "receipt")]
    call = {"channel": "phone", "direction": "out", "who": "Piet", "summary": "The price stands."}
    firm.case.anna.record("/invoices/F-1001/contacts", call)


@on("10-12")
def the_bakery_pays(firm: Wholesaler) -> None:
    firm.pays("F-1001", "B-1012", "1210.00")


# The address that is dead at SMTP, and the one whose mail comes back


@on("09-05")
def the_mailbox_of_adler_is_closed(firm: Wholesaler) -> None:
    firm.case.smtp.refused["info@adler.example"] = "550 5.1.1 no such user"


@on("09-25")
def adler_has_a_new_address(firm: Wholesaler) -> None:
    new = {"email": "buchhaltung@adler.example", "why": "They phoned."}
    firm.case.anna.record("/debtors/K-201/corrections", new)


@on("10-07")
def adler_pays(firm: Wholesaler) -> None:
    firm.pays("F-1024", "B-1007", "780.00")


@on("09-08")
def the_reminder_to_lenoir_comes_back(firm: Wholesaler) -> None:
    firm.comes_back("F-1039")


# The consumer


@on("09-18")
def the_consumer_has_their_fourteen_days(firm: Wholesaler) -> None:
    assert firm.messages("F-1022") == [("09-01", "first reminder"), ("09-11", "14-day letter")]


@on("10-06")
def the_consumer_pays(firm: Wholesaler) -> None:
    firm.pays("F-1022", "B-1006", "89.95")


# A resolver who answers on the page, and one who answers in prose


@on("09-09")
def huber_misses_sacks(firm: Wholesaler) -> None:
    words = "Es wurden nur 30 statt 40 Säcke geliefert."
    firm.answers("F-1027", words)
    firm.disputes("F-1027", "quantity_short", words, contested="242.00")


@on("09-11")
def sam_answers_on_the_page(firm: Wholesaler) -> None:
    firm.fills_in("F-1027", SAM, answer="solved", outcome="credited", credited="242,00")


@on("09-14")
def lea_approves_what_is_within_her_limit(firm: Wholesaler) -> None:
    firm.on_case("F-1027", "decide-credit", by=LEA, decision="approve")


@on("09-15")
def anna_decides_for_huber(firm: Wholesaler) -> None:
    firm.credits("F-1027", "C-1", "242.00")


@on("09-24")
def huber_pays(firm: Wholesaler) -> None:
    firm.pays("F-1027", "B-0924", "726.00")


@on("09-10")
def cornflower_got_it_late(firm: Wholesaler) -> None:
    words = "The delivery came two weeks late and we lost customers."
    firm.answers("F-1051", words)
    firm.disputes("F-1051", "late_delivery", words, resolver=KIM)


@on("09-15")
def kim_answers_in_prose(firm: Wholesaler) -> None:
    words = "Promised for 1 August, delivered on 14 August: the carrier had a strike."
    topics = firm.answers("F-1051", words, to=KIM)
    assert "resolver-answered.v1" in topics
    assert firm.actions("F-1051") == ["judge answer"]


@on("09-21")
def anna_judges_it(firm: Wholesaler) -> None:
    why = "We were two weeks late, by a strike; the price stands."
    firm.on_case("F-1051", "resolve", outcome="rejected", explanation=why)


@on("10-02")
def cornflower_pays(firm: Wholesaler) -> None:
    firm.pays("F-1051", "B-1002", "1452.00")


# The resolver who is replaced, and the dispute that is reopened


@on("09-08")
def petit_got_something_else(firm: Wholesaler) -> None:
    words = "Vous avez livré le mauvais article : de la farine T65 au lieu de T55."
    firm.answers("F-1042", words)
    asked = {"expected": "Qu'avons-nous livré ?", "follow_up_on": "2026-09-18"}
    firm.disputes("F-1042", "wrong_item", words, resolver=SAM, **asked)


@on("09-10")
def kim_takes_over_from_sam(firm: Wholesaler) -> None:
    firm.on_case("F-1042", "assign", resolver=KIM, why="Sam is on leave.")
    [part] = firm.case.read(f"/disputes/{firm.cases['F-1042']}")["parts"]
    assert (part["resolver"], part["follow_up_on"]) == (KIM, "2026-09-18")


@on("09-11")
def kim_reads_the_question(firm: Wholesaler) -> None:
    asked = text_of(firm.last("F-1042", KIM))
    assert "Qu'avons-nous livré ?" in asked
    assert "18" in asked
    assert "Sam is on leave." in asked
    firm.fills_in("F-1042", KIM, answer="not_solved", text="I ask.", follow_up_on="2026-09-22")


@on("09-22")
def petit_is_told_no(firm: Wholesaler) -> None:
    why = "La T65 a été commandée le 20 juillet."
    firm.on_case("F-1042", "resolve", outcome="rejected", explanation=why)


@on("09-24")
def petit_objects(firm: Wholesaler) -> None:
    firm.answers("F-1042", "Nous ne sommes pas d'accord : voici notre commande.")
    assert firm.actions("F-1042") == ["reopen dispute"]


@on("09-30")
def anna_reopens_it(firm: Wholesaler) -> None:
    firm.on_case("F-1042", "reopen", why="Their order says T55.")


@on("10-05")
def lea_asks_for_a_credit_and_may_not_approve_it(firm: Wholesaler) -> None:
    firm.on_case("F-1042", "request-credit", by=LEA, amount="143.00")
    path = f"/disputes/{firm.cases['F-1042']}/decide-credit"
    refused(firm.person(LEA).post(path, {"decision": "approve"}), 409, "refused")
    refused(firm.case.anna.post(path, {"decision": "approve"}), 409, "refused")


@on("10-06")
def max_approves_it(firm: Wholesaler) -> None:
    firm.on_case("F-1042", "decide-credit", by=MAX, decision="approve")
    firm.credits("F-1042", "C-2", "143.00")


@on("10-20")
def petit_pays(firm: Wholesaler) -> None:
    firm.pays("F-1042", "B-1020", "572.00")


# The approval up the limits, and the credit note that nobody approved


@on("09-14")
def the_hotel_rings(firm: Wholesaler) -> None:
    call = {"channel": "phone", "text": "De helft van de levering op F-1010 is kapot."}
    logged = firm.case.anna.record("/inbox", call | {"who": "Els", "invoices": ["F-1010"]})
    [contact] = {one["data"]["contact_id"] for one in logged["entries"] if _logs(one)}
    firm.disputes("F-1010", "damaged", call["text"], contested="1200.00", contact_id=contact)


@on("09-24")
def sam_proposes_to_credit_it(firm: Wholesaler) -> None:
    firm.fills_in("F-1010", SAM, answer="solved", outcome="credited", credited="1.200,00")


@on("09-25")
def lea_approves_as_far_as_she_may(firm: Wholesaler) -> None:
    firm.on_case("F-1010", "decide-credit", by=LEA, decision="approve")
    assert firm.actions("F-1010") == []  # the approver has until the day that the mail names


@on("09-29")
def max_approves_the_rest(firm: Wholesaler) -> None:
    firm.on_case("F-1010", "decide-credit", by=MAX, decision="approve")
    firm.credits("F-1010", "C-3", "1200.00")


@on("10-21")
def the_hotel_pays(firm: Wholesaler) -> None:
    firm.pays("F-1010", "B-1021", "1220.00")


@on("09-17")
def the_erp_credited_without_asking(firm: Wholesaler) -> None:
    note = {"credit_note": "C-ERP", "amount": "89.00", "unapproved": True}
    entry, *_ = firm.case.anna.record("/invoices/F-1048/credit-notes", note)["entries"]
    assert "beyond_approval" in entry["flags"]
    firm.erp["F-1048"].open_amount -= 89
    assert "approve afterwards" in firm.actions("F-1048")


@on("09-18")
def lea_approves_it_afterwards(firm: Wholesaler) -> None:
    firm.person(LEA).record("/invoices/F-1048/approvals", {})
    assert "approve afterwards" not in firm.actions("F-1048")


# Money


@on("09-25")
def one_payment_for_three_invoices(firm: Wholesaler) -> None:
    numbers = ["F-1013", "F-1014", "F-1015"]
    paid = ReceivePayment(invoice=numbers[0], reference="B-0925", amount=500)
    plan = partial(divided, command=paid, numbers=numbers, stated={})
    execute(firm.case.session.ledger, plan, firm.case.session.context("anna"))
    for number in numbers:
        firm.erp[number].open_amount *= 0
        assert firm.open_amount(number) == 0


@on("09-21")
def the_cheese_shop_pays_too_little(firm: Wholesaler) -> None:
    code = {"reason_code": "QTY", "reason_list": "OPStatusReason"}
    made = firm.pays("F-1016", "B-0921", "600.00", **code)
    firm.opened("F-1016", made)


@on("09-25")
def sam_credits_the_cheese(firm: Wholesaler) -> None:
    firm.fills_in("F-1016", SAM, answer="solved", outcome="credited", credited="40,50")


@on("09-28")
def lea_approves_the_cheese(firm: Wholesaler) -> None:
    firm.on_case("F-1016", "decide-credit", by=LEA, decision="approve")
    firm.credits("F-1016", "C-4", "40.50")


# Questions, promises and holds


@on("09-02")
def the_cafe_waits_for_its_new_account(firm: Wholesaler) -> None:
    hold = {"reason": "They change banks.", "until": "2026-09-18"}
    firm.case.anna.record("/invoices/F-1007/holds", hold)


@on("09-28")
def the_cafe_pays(firm: Wholesaler) -> None:
    firm.pays("F-1007", "B-0928", "902.50")


@on("09-11")
def the_mill_promises(firm: Wholesaler) -> None:
    firm.answers("F-1054", "We will pay it on 25 September.")
    promise = {"promised_for": "2026-09-25", "who": "Mr Miller"}
    firm.case.anna.record("/invoices/F-1054/promises", promise)
    thanks = {"channel": "phone", "direction": "out", "who": "Mr Miller", "summary": "Thanked."}
    firm.case.anna.record("/invoices/F-1054/contacts", thanks)


@on("09-24")
def the_mill_pays(firm: Wholesaler) -> None:
    firm.pays("F-1054", "B-0924", "612.00")


@on("09-09")
def the_harbour_promises(firm: Wholesaler) -> None:
    call = {"channel": "phone", "direction": "in", "who": "Ann", "summary": "Pays on the 16th."}
    firm.case.anna.record("/invoices/F-1057/contacts", call)
    firm.case.anna.record("/invoices/F-1057/promises", {"promised_for": "2026-09-16"})


@on("09-22")
def the_promise_is_broken(firm: Wholesaler) -> None:
    assert "broken promise" in firm.actions("F-1057")


@on("10-13")
def the_harbour_pays(firm: Wholesaler) -> None:
    firm.pays("F-1057", "B-1013", "907.50")


@on("09-10")
def krueger_wants_a_copy(firm: Wholesaler) -> None:
    firm.answers("F-1030", "Bitte senden Sie uns eine Kopie der Rechnung F-1030.")


@on("09-16")
def anna_sends_the_copy(firm: Wholesaler) -> None:
    sent = {"channel": "e-mail", "direction": "out", "who": "Frau Krüger", "summary": "The copy."}
    firm.case.anna.record("/invoices/F-1030/contacts", sent)


@on("09-29")
def krueger_pays(firm: Wholesaler) -> None:
    firm.pays("F-1030", "B-0929", "557.20")


@on("09-11")
def the_lake_is_on_holiday(firm: Wholesaler) -> None:
    away = {"Auto_Submitted": "auto-replied"}
    firm.answers("F-1048", "Je suis absente jusqu'au 20 septembre.", **away)
    assert firm.actions("F-1048") == []


# The agency


@on("10-07")
def the_lindenhof_writes(firm: Wholesaler) -> None:
    firm.answers("F-1033", "Wir prüfen das noch.")


@on("10-09")
def it_is_handed_off_all_the_same(firm: Wholesaler) -> None:
    given = {"invoices": ["F-1033"], "agency": "Incasso Wien"}
    problem = refused(firm.case.anna.post("/handoffs", given), 409, "refused", "/override")
    assert problem["code"] == "hand-off-not-ready"
    assert "is not answered" in problem["detail"]
    firm.case.anna.record("/handoffs", given | {"override": "They write this every month."})
