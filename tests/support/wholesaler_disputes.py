"""The wholesaler's disputes: resolvers who answer and are replaced, approvers, a reopened case."""

from functools import partial

from support.end_to_end import text_of
from support.http_clients import refused
from support.wholesaler import Calendar, Wholesaler, happens

DAYS: Calendar = {}
SAM, KIM = "sam@korenaar.example", "kim@korenaar.example"
LEA, MAX, PAT = "lea@korenaar.example", "max@korenaar.example", "pat@korenaar.example"
APPROVERS = [
    {"approver": LEA, "up_to": "500"},
    {"approver": MAX, "up_to": "1500"},
    {"approver": PAT},
]
on = partial(happens, DAYS)


@on("09-02")
def it_names_who_solves_and_who_approves(firm: Wholesaler) -> None:
    rules = firm.case.read("/playbook")["rules"]
    rules["disputes"]["resolvers"] = [{"resolver": SAM}]
    rules["approvers"] = APPROVERS
    rules["short_payments"] = {"disputes": "with a reason"}
    firm.case.pat.record("/playbook", {"rules": rules, "why": "Our own people."})


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
    assert f"Voorgesteld door: {LEA}" in text_of(firm.last("F-1042", MAX))
    firm.on_case("F-1042", "decide-credit", by=MAX, decision="approve")
    firm.credits("F-1042", "C-2", "143.00")


@on("10-20")
def petit_pays(firm: Wholesaler) -> None:
    firm.pays("F-1042", "B-1020", "572.00")


# The approval up the limits, and the credit note that nobody approved


@on("09-14")
def the_hotel_rings(firm: Wholesaler) -> None:
    call = {"channel": "phone", "text": "De helft van de levering op F-1010 is kapot."}
    firm.case.anna.record("/inbox", call | {"who": "Els", "invoices": ["F-1010"]})
    firm.disputes("F-1010", "damaged", call["text"], contested="1200.00")


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
