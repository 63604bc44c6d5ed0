"""What the wholesaler's debtors do: complain, promise, pay, move; and what Anna does about it."""

from functools import partial

from commands.execute import execute
from commands.payments.payments import ReceivePayment
from commands.several_invoices import divided
from support.end_to_end import text_of
from support.http_clients import refused
from support.wholesaler import Calendar, Wholesaler, happens
from support.wholesaler_books import debtors
from support.wholesaler_disputes import LEA, SAM

DAYS: Calendar = {}
on = partial(happens, DAYS)


@on("09-01", 6)
def the_firm_begins(firm: Wholesaler) -> None:
    firm.case.http.applies_the_playbook()
    for one in debtors():
        firm.case.anna.record("/debtors", one)
    account = {"iban": "NL91ABNA0417164300"}
    us = {"name": "Korenaar B.V.", "contact": "Anna", "phone": "030 123 45 67"}
    firm.case.pat.record("/creditor", {**us, "bank_accounts": [account]})


# The complaint that is answered late


@on("09-04")
def the_bakery_complains(firm: Wholesaler) -> None:
    firm.answers("F-1001", "De prijs op F-1001 klopt niet, we hadden 10 % korting afgesproken.")


@on("09-04", 18)
def the_receipt_promises_silence(firm: Wholesaler) -> None:
    receipt = text_of(firm.last("F-1001"))
    assert "Geachte Bakkerij De Korenbloem," in receipt
    assert "Tot u van ons hoort, krijgt u hierover geen herinneringen." in receipt


@on("09-07")
@on("09-14")
@on("09-21")
@on("09-28")
def nobody_has_answered_the_bakery(firm: Wholesaler) -> None:
    """It is the first of its equals, above all that came later."""
    assert firm.actions("F-1001") == ["answer debtor"]
    rows = firm.agenda()
    [(place, waits)] = [(n, row) for n, row in enumerate(rows) if row["invoice"] == "F-1001"]
    assert all(row["priority"] > waits["priority"] for row in rows[:place])
    assert place <= 1


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


@on("09-07", 18)
def the_reminder_that_was_refused_is_no_step(firm: Wholesaler) -> None:
    assert firm.messages("F-1024") == [("09-01", "invoice copy")]
    assert firm.topics("F-1024")[-1] == "email-failed.v1"
    assert firm.next_by_clock("F-1024") == "first reminder"


@on("09-25")
def adler_has_a_new_address(firm: Wholesaler) -> None:
    new = {"email": "buchhaltung@adler.example", "why": "They phoned."}
    firm.case.anna.record("/debtors/K-201/corrections", new)


@on("10-07")
def adler_pays(firm: Wholesaler) -> None:
    firm.pays("F-1024", "B-1007", "780.00")


@on("09-08")
def the_reminder_to_lenoir_comes_back(firm: Wholesaler) -> None:
    """The letter takes its place on the same day, and the next step counts from it."""
    firm.comes_back("F-1039")
    assert firm.topics("F-1039")[-1] == "email-failed.v1"
    assert firm.next_by_clock("F-1039") == "first reminder"


# The consumer


@on("09-18")
@on("10-01")
def the_consumer_has_their_fourteen_days(firm: Wholesaler) -> None:
    assert firm.messages("F-1022") == [("09-01", "first reminder"), ("09-11", "14-day letter")]
    assert firm.actions("F-1022") == []


@on("10-06")
def the_consumer_pays(firm: Wholesaler) -> None:
    firm.pays("F-1022", "B-1006", "89.95")


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
    """They gave no words of their own, so none are quoted."""
    asked = text_of(firm.last("F-1016", SAM))
    assert "Betaling B-0921 was zoveel te laag." in asked
    assert "> " not in asked
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
