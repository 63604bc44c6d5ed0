"""Every event in plain English: what the contact log says of it."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as for_all
from msgspec.structs import replace as but

from ledger.facts import debtor_events as dev
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import (
    Answer,
    Channel,
    Direction,
    MoneyKind,
    Outcome,
    Part,
    PercentOf,
    Purpose,
    Reason,
    RootCause,
    TaskKind,
)
from ledger.facts.invoice.approval import ApprovalMissing, ApprovedAfterwards
from ledger.facts.invoice.dispute_endings import (
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
    OutcomeNotified,
)
from ledger.facts.invoice.dispute_handling import (
    ApproverReminded,
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeCommentUpdated,
    DisputeEscalated,
    DisputePauseChanged,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.dispute_opening import (
    DisputedAmountReduced,
    DisputedAmountRestored,
    DisputeOpened,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up import (
    EmailFailed,
    EmailSent,
    FollowUpScheduled,
    ItemDone,
    ItemPostponed,
    LetterFailed,
    LetterPrinted,
    ReminderSent,
    StepTaken,
    StepWithdrawn,
)
from ledger.facts.invoice.handoff import HandedOff, Recalled
from ledger.facts.invoice.holds import FollowUpHeld, FollowUpHoldExpired, FollowUpResumed
from ledger.facts.invoice.original import OriginalNamed
from ledger.facts.invoice.parts import DisputedLine, Instalment, InvoiceLine
from ledger.facts.invoice.payments import (
    ClosedPerErp,
    CreditNoteIssued,
    InterestCharged,
    InterestWaived,
    LateFeeCharged,
    LateFeeWaived,
    PaymentReceived,
    PaymentReversed,
    SettledPerErp,
    WrittenOff,
)
from ledger.facts.invoice.promises import PromiseBroken, PromiseKept, PromiseMade, PromiseWithdrawn
from ledger.facts.invoice.registration import (
    CollectorAssigned,
    DeliveryFailed,
    DocumentAttached,
    InvoiceCancelled,
    InvoiceCorrected,
    InvoiceDelivered,
    InvoiceRegistered,
    InvoiceSent,
    NoteAdded,
)
from ledger.facts.invoice.taking_up import ItemTakenUp
from projections.contact_log.message_sentences import TITLES
from projections.contact_log.sentences import sentence
from support.contact_log_examples import ID, ON, called, eur, registered
from support.given import day
from support.histories import happened


def opened(contested: str | None = "40.00", **more: Any) -> DisputeOpened:
    return DisputeOpened(
        on=ON,
        case_id=ID,
        reason=Reason.QUALITY_OR_SERVICE,
        raised_on=day("2026-02-27"),
        contested=contested and eur(contested),  # type: ignore[arg-type]
        disputed=eur(contested or "121"),
        comment="Two are broken.",
        **more,
    )


def resolved(outcome: Outcome, cause: RootCause | None, *amounts: str) -> DisputeResolved:
    credited, paid, rejected = map(eur, amounts)
    return DisputeResolved(
        on=ON,
        case_id=ID,
        outcome=outcome,
        root_cause=cause,
        credited=credited,
        paid=paid,
        rejected=rejected,
        explanation="One was.",
    )


def held(amount: str | None, until: str | None, *by: str, note: str = "") -> FollowUpHeld:
    return FollowUpHeld(
        on=ON,
        hold_id=ID,
        amount=eur(amount) if amount else None,
        reason="Merger",
        until=day(until) if until else None,
        release_by=by,
        note=note,
    )


def resumed(hold: UUID | None, case: UUID | None) -> FollowUpResumed:
    return FollowUpResumed(on=ON, hold_id=hold, case_id=case, next_step_on=NEXT)


NEXT = day("2026-03-09")
SHA = "3f2a" * 16
OF_INVOICES: list[tuple[InvoiceEvent, str]] = [
    (
        registered(),
        "Invoice F1 of EUR 121.00 was registered: issued on 2026-03-02, due on 2026-04-01,"
        " debtor 0042, collector anna.",
    ),
    (
        InvoiceRegistered(
            on=ON,
            number="F2",
            debtor="",
            business_unit="North",
            collector="",
            amount=eur("100"),
            currency="EUR",
            instalments=(Instalment(ON, eur("60")), Instalment(NEXT, eur("40"))),
            purchase_order="PO-1",
            lines=(InvoiceLine("1", "Chair"),),
        ),
        "Invoice F2 of EUR 100.00 was registered: issued on 2026-03-02, due in 2 instalments"
        " (60.00 on 2026-03-02 and 40.00 on 2026-03-09), debtor not known, business unit North,"
        " purchase order PO-1, 1 line.",
    ),
    (
        InvoiceCorrected(on=ON, why="VAT was wrong", amount=eur("119.5"), debtor="0043"),
        "The invoice was corrected to amount 119.50, debtor 0043: “VAT was wrong”.",
    ),
    (
        CollectorAssigned(on=ON, collector="", playbook=2, why="as no rule names one"),
        "The collector was taken away, as no rule names one.",
    ),
    (InvoiceCancelled(on=ON, why="Twice"), "The invoice was cancelled: “Twice”."),
    (InvoiceSent(on=ON), "The invoice was sent."),
    (
        InvoiceSent(on=ON, channel=Channel.LETTER, to="Dam 1", charge=eur("3.5")),
        "The invoice was sent by letter to Dam 1; 3.50 was charged for sending it.",
    ),
    (
        InvoiceDelivered(on=ON, channel=Channel.E_INVOICE),
        "The invoice was delivered by e-invoice.",
    ),
    (
        DeliveryFailed(on=ON, why="mailbox full", channel=Channel.EMAIL, to="a@b.nl"),
        "The invoice could not be delivered by e-mail to a@b.nl: “mailbox full”.",
    ),
    (
        ReminderSent(on=ON, step=2, channel=Channel.WHATSAPP, open_amount=eur("121")),
        "Payment reminder 2 for 121.00 was sent by WhatsApp.",
    ),
    (
        StepTaken(on=ON, step="final notice", times=2, planned_on=ON, message="m", playbook=1),
        "The follow-up step “final notice” was taken again (time 2) as planned.",
    ),
    (
        StepTaken(on=NEXT, step="first", times=1, planned_on=ON, message="m", playbook=1),
        "The follow-up step “first” was taken; it was planned for 2026-03-02.",
    ),
    (
        StepWithdrawn(on=ON, step="final notice", message="m", why="A-1 is paid"),
        "The follow-up step “final notice” was withdrawn before it was sent: “A-1 is paid”.",
    ),
    (
        EmailSent(
            on=ON,
            message="m",
            purpose=Purpose.REMINDER,
            to=("ap@x.nl", "cfo@x.nl"),
            subject="Reminder",
            message_id="<m@seller.example>",
            document=SHA,
            open_amount=eur("121"),
        ),
        "A reminder to pay 121.00 was sent by e-mail to ap@x.nl and cfo@x.nl, with the subject"
        " “Reminder”, kept as document 3f2a3f2a3f2a….",
    ),
    (
        EmailSent(
            on=ON,
            message="m",
            purpose=Purpose.INVOICE_COPY,
            to=("ap@x.nl",),
            subject="Copy",
            message_id="<m@seller.example>",
            document=SHA,
            open_amount=eur("121"),
            attached=("a1" * 32, "b2" * 32),
        ),
        "A notice of when the invoice is due was sent by e-mail to ap@x.nl, with the subject"
        " “Copy”, kept as document 3f2a3f2a3f2a…, with the invoice attached"
        " (document a1a1a1a1a1a1… and b2b2b2b2b2b2…).",
    ),
    (
        EmailFailed(on=ON, message="m", purpose=Purpose.OUTCOME, to=("x@x.nl",), why="No such"),
        "The outcome of the dispute could not be delivered by e-mail to x@x.nl: “No such”.",
    ),
    (
        LetterPrinted(
            on=ON,
            message="m",
            purpose=Purpose.REMINDER,
            to=("Bakkerij Jansen", "Dorpsstraat 1"),
            subject="Reminder",
            document=SHA,
            open_amount=eur("121"),
        ),
        "A reminder to pay 121.00 was printed as a letter to Bakkerij Jansen, Dorpsstraat 1, with"
        f" the subject “Reminder”, kept as document {SHA[:12]}….",
    ),
    (
        LetterFailed(on=ON, message="m", purpose=Purpose.REMINDER, to=("Street 1",), why="Gone"),
        "A reminder to pay could not be sent by letter to Street 1: “Gone”.",
    ),
    (called(time="14:05+01:00"), "Phone call from Jan at 14:05+01:00: “Will pay.”"),
    (called(awaits_answer=True), "Phone call from Jan, who waits for an answer: “Will pay.”"),
    (NoteAdded(on=ON, text="Ask “Piet”."), "Note: “Ask \u2018Piet\u2019.”"),
    (
        DocumentAttached(on=ON, sha256=SHA, name="f1.pdf", media_type="text/plain", size=1),
        f"Document “f1.pdf” was attached: text/plain, 1 byte, SHA-256 fingerprint {SHA}.",
    ),
    (
        OriginalNamed(on=ON, sha256=SHA, name="f1.pdf"),
        "Document “f1.pdf” was named as the invoice itself.",
    ),
    (
        OriginalNamed(on=ON, sha256=SHA, name="f1.pdf", replaces="b" * 64),
        "Document “f1.pdf” was named as the invoice itself instead of the one before.",
    ),
    (
        held("40.00", "2026-03-09", "anna", "bob", note="Ask."),
        "Follow-up of 40.00 of the invoice is paused until 2026-03-09: “Merger”; note: “Ask.”;"
        " only anna or bob may release it.",
    ),
    (held(None, None), "Follow-up of the invoice is paused until further notice: “Merger”."),
    (
        but(held(None, "2026-03-09"), reason="reply"),
        "Follow-up of the invoice is paused until 2026-03-09, as the debtor replied.",
    ),
    (
        but(held(None, None), ticket="zammad/4711"),
        "Follow-up of the invoice is paused until further notice: “Merger”;"
        " it waits for ticket zammad/4711.",
    ),
    (
        FollowUpHoldExpired(on=NEXT, hold_id=ID),
        "The hold ended because its end date was reached.",
    ),
    (
        resumed(ID, None),
        "The hold was released and follow-up continues, with the next step on 2026-03-09.",
    ),
    (
        resumed(None, ID),
        "The dispute ended and follow-up continues, with the next step on 2026-03-09.",
    ),
    (
        FollowUpScheduled(on=ON, next_step_on=NEXT, step="Call"),
        "The next step was planned for 2026-03-09: “Call”.",
    ),
    (
        HandedOff(on=ON, handoff_id=ID, agency="Incasso BV", claim=eur("121")),
        "The file was handed off to Incasso BV to collect 121.00.",
    ),
    (
        Recalled(on=ON, handoff_id=ID, why="Paid to us"),
        "The file was taken back from the collection agency: “Paid to us”.",
    ),
]
OF_DISPUTES: list[tuple[InvoiceEvent, str]] = [
    (
        opened(),
        "The debtor disputes part of the invoice, 40.00, since 2026-02-27"
        " for the reason quality or service: “Two are broken.”",
    ),
    (
        opened(rests_whole=True),
        "The debtor disputes part of the invoice, 40.00, since 2026-02-27 for the reason quality or"
        " service; follow-up of the whole invoice is paused until it is solved: “Two are broken.”",
    ),
    (
        opened(None, original_code="A9", original_list="AAK"),
        "The debtor disputes the whole invoice, 121.00, since 2026-02-27 for the reason quality"
        " or service; the debtor's own code is A9 from list AAK: “Two are broken.”",
    ),
    (
        opened("3.63", percent=eur("3.00"), percent_of=PercentOf.ORIGINAL),
        "The debtor disputes 3 % of the invoice, 3.63, since 2026-02-27"
        " for the reason quality or service: “Two are broken.”",
    ),
    (
        opened("4.00", percent=eur("10"), percent_of=PercentOf.OPEN),
        "The debtor disputes 10 % of what was open, 4.00, since 2026-02-27"
        " for the reason quality or service: “Two are broken.”",
    ),
    (
        opened(
            lines=(DisputedLine("2", eur("20")), DisputedLine("5", eur("10"), eur("2"))),
            shipping=eur("5"),
            tax=eur("5"),
        ),
        "The debtor disputes line 2 (20.00), line 5 (quantity 2, 10.00), shipping (5.00) and"
        " tax (5.00) of the invoice, 40.00, since 2026-02-27"
        " for the reason quality or service: “Two are broken.”",
    ),
    (
        DisputedAmountReduced(on=ON, case_id=ID, part=Part.WRITTEN_OFF, amount=eur("5")),
        "5.00 of the disputed amount was written off.",
    ),
    (
        DisputedAmountRestored(on=ON, case_id=ID, part=Part.PAID, amount=eur("5")),
        "5.00 that was paid is disputed again.",
    ),
    (
        ResolverAssigned(
            on=ON, case_id=ID, resolver="Maria", expected="Was it?", follow_up_on=NEXT
        ),
        "Maria was asked to solve the dispute, with follow-up on 2026-03-09: “Was it?”",
    ),
    (
        ResolverChanged(
            on=ON, case_id=ID, resolver="Omar", previous="Maria", why="Ill", follow_up_on=None
        ),
        "Omar was asked to solve the dispute in place of Maria: “Ill”.",
    ),
    (
        ResolverAssigned(
            on=ON, case_id=ID, resolver="Maria", expected="Was it?", follow_up_on=None, why="Hers."
        ),
        "Maria was asked to solve the dispute; why: “Hers.”: “Was it?”",
    ),
    (
        ResolverChanged(
            on=ON,
            case_id=ID,
            resolver="Omar",
            previous="Maria",
            why="Ill",
            follow_up_on=None,
            expected="Was it?",
        ),
        "Omar was asked to solve the dispute in place of Maria; the question: “Was it?”: “Ill”.",
    ),
    (
        ResolverReminded(
            on=ON,
            case_id=ID,
            resolver="Omar",
            times=2,
            follow_up_on=NEXT,
            channel=Channel.EMAIL,
        ),
        "Omar was reminded by e-mail to solve the dispute (reminder 2), with follow-up on"
        " 2026-03-09.",
    ),
    (
        ResolverReminded(on=ON, case_id=ID, resolver="Omar", times=2, follow_up_on=NEXT),
        "Omar was reminded to solve the dispute (reminder 2), with follow-up on 2026-03-09.",
    ),
    (
        ResolverReminded(
            on=ON, case_id=ID, resolver="Omar", times=1, follow_up_on=NEXT, unsent="no address"
        ),
        "Reminder 1 of Omar to solve the dispute was recorded, with follow-up on 2026-03-09;"
        " nothing was sent: no address.",
    ),
    (
        ResolverAnswered(
            on=ON, case_id=ID, resolver="Omar", answer=Answer.IN_WORDS, text="40 bags came."
        ),
        "Omar answered: “40 bags came.”",
    ),
    (
        ResolverAnswered(on=ON, case_id=ID, resolver="Omar", answer=Answer.SOLVED, text="Yes"),
        "Omar answered that the dispute is solved: “Yes”.",
    ),
    (
        ResolverAnswered(on=ON, case_id=ID, resolver="Omar", answer=Answer.NOT_MINE, text=""),
        "Omar answered that somebody else has to solve the dispute.",
    ),
    (
        FollowUpDateMoved(on=ON, case_id=ID, follow_up_on=NEXT, why="Holiday"),
        "Follow-up of the dispute was moved to 2026-03-09: “Holiday”.",
    ),
    (
        DisputeCommentUpdated(on=ON, case_id=ID, comment="Three are"),
        "The comment on the dispute was changed: “Three are”.",
    ),
    (
        DisputeEscalated(on=ON, case_id=ID, to="the director", why="No answer"),
        "The dispute was escalated to the director: “No answer”.",
    ),
    (
        DisputePauseChanged(on=ON, case_id=ID, rests_whole=True, playbook=3),
        "Follow-up of the whole invoice pauses, by version 3 of the playbook.",
    ),
    (
        DisputePauseChanged(on=ON, case_id=ID, rests_whole=False, playbook=4),
        "Follow-up of only the disputed amount pauses, by version 4 of the playbook.",
    ),
    (
        CreditRequested(on=ON, case_id=ID, amount=eur("40"), approver="Eva"),
        "A credit of 40.00 was requested from Eva.",
    ),
    (
        CreditPassedOn(
            on=ON,
            case_id=ID,
            amount=eur("40"),
            approver="Omar",
            previous="Eva",
            limit=eur("25"),
            decide_by=NEXT,
        ),
        "The credit of 40.00 exceeds the approval limit of Eva (25.00), so Omar has to approve it.",
    ),
    (
        ApproverReminded(on=ON, case_id=ID, approver="Omar", times=2, decide_by=NEXT),
        "Omar was reminded to approve or refuse the credit (reminder 2),"
        " with follow-up on 2026-03-09.",
    ),
    (CreditApproved(on=ON, case_id=ID, amount=eur("40")), "A credit of 40.00 was approved."),
    (
        CreditRefused(on=ON, case_id=ID, why="Used"),
        "The requested credit was refused: “Used”.",
    ),
    (
        resolved(Outcome.CREDITED, RootCause.ORDER_ENTRY, "30", "0", "10"),
        "The dispute was resolved with a credit (30.00 credited, 10.00 still to be paid,"
        " cause: order entry): “One was.”",
    ),
    (
        resolved(Outcome.REJECTED, RootCause.NONE_FOUND, "0", "0", "40"),
        "The dispute was resolved by rejecting the objection (40.00 still to be paid,"
        " no cause found): “One was.”",
    ),
    (
        resolved(Outcome.WITHDRAWN, None, "0", "0", "0"),
        "The dispute was resolved because the debtor withdrew it: “One was.”",
    ),
    (
        OutcomeNotified(on=ON, case_id=ID, channel=Channel.EMAIL),
        "The debtor was informed of the outcome of the dispute by e-mail.",
    ),
    (
        OutcomeNotified(on=ON, case_id=None),
        "The debtor was informed of the outcome of a dispute that is not on file.",
    ),
    (
        DisputeReopened(on=ON, case_id=ID, why="New photo", disputed=eur("10")),
        "The dispute was reopened over 10.00: “New photo”.",
    ),
    (
        DisputeVoided(on=ON, case_id=ID, why="Other invoice", rejected=eur("40")),
        "The dispute was voided because it was a mistake; 40.00 is no longer disputed:"
        " “Other invoice”.",
    ),
]
OF_AGENDA: list[tuple[InvoiceEvent | dev.DebtorEvent, str]] = [
    (
        ItemDone(on=ON, item="debtor", action=TaskKind.CHASE_DEBTOR, due_on=ON, text="No answer"),
        "The task chase debtor, due since 2026-03-02, was completed: “No answer”.",
    ),
    (
        ItemPostponed(
            on=ON, item="debtor", action=TaskKind.CHASE_DEBTOR, due_on=ON, until=NEXT, why="Away"
        ),
        "The task chase debtor, due since 2026-03-02, was postponed to 2026-03-09: “Away”.",
    ),
    (
        ItemTakenUp(on=ON, item="debtor"),
        "The task “debtor” was taken up again.",
    ),
    (
        dev.DebtorItemTakenUp(on=ON, item="R2"),
        "The task “R2” was taken up again.",
    ),
    (
        dev.DebtorItemPostponed(
            on=ON, item="R2", action=TaskKind.ALLOCATE_MONEY, due_on=ON, until=NEXT, why="Ask him"
        ),
        "The task unallocated money, due since 2026-03-02, was postponed to 2026-03-09: “Ask him”.",
    ),
]
OF_MONEY: list[tuple[InvoiceEvent, str]] = [
    (
        PaymentReceived(on=ON, reference="R1", amount=eur("0")),
        "Payment of 0.00 was received: reference R1.",
    ),
    (
        PaymentReceived(
            on=ON,
            reference="R1",
            amount=eur("9"),
            method="iDEAL",
            payer_name="Jan",
            payer_iban="NL",
        ),
        "Payment of 9.00 was received from Jan: reference R1, method iDEAL, account NL.",
    ),
    (
        PaymentReceived(
            on=ON,
            reference="R1",
            amount=eur("9"),
            remittance="Less 10 %.",
            reason_code="5",
            reason_list="4465",
        ),
        "Payment of 9.00 was received: reference R1, reason code 5 of list 4465: “Less 10 %.”",
    ),
    (
        PaymentReversed(on=ON, reference="R1", amount=eur("9"), why="bounced"),
        "Payment R1 of 9.00 was reversed: “bounced”.",
    ),
    (
        CreditNoteIssued(on=ON, number="C1", amount=eur("40"), case_id=ID),
        "Credit note C1 of 40.00 was issued for the dispute.",
    ),
    (WrittenOff(on=ON, amount=eur("1.005"), why="Small"), "1.005 was written off: “Small”."),
    (LateFeeCharged(on=ON, amount=eur("40"), why=""), "A late fee of 40.00 was charged."),
    (
        LateFeeWaived(on=ON, amount=eur("40"), why="Sorry"),
        "A late fee of 40.00 was waived: “Sorry”.",
    ),
    (
        InterestCharged(on=ON, amount=eur("1.2"), why="8 % a year"),
        "Interest of 1.20 was charged: “8 % a year”.",
    ),
    (
        InterestWaived(on=ON, amount=eur("1.2"), why="Sorry"),
        "Interest of 1.20 was waived: “Sorry”.",
    ),
    (
        PromiseMade(
            on=ON, promise_id=ID, amount=eur("81"), promised_for=NEXT, grace_days=3, who="Jan"
        ),
        "Jan promised to pay 81.00 by 2026-03-09, with 3 days of grace.",
    ),
    (
        PromiseMade(on=ON, promise_id=ID, amount=eur("81"), promised_for=NEXT, grace_days=0),
        "The debtor promised to pay 81.00 by 2026-03-09.",
    ),
    (PromiseKept(on=ON, promise_id=ID), "The promise to pay was kept."),
    (
        PromiseBroken(on=ON, promise_id=ID, paid=eur("0")),
        "The promise to pay was broken.",
    ),
    (
        PromiseBroken(on=ON, promise_id=ID, paid=eur("20")),
        "The promise to pay was broken, though 20.00 of it was paid.",
    ),
    (
        PromiseWithdrawn(on=ON, promise_id=ID, why="Disputed now"),
        "The promise to pay was withdrawn: “Disputed now”.",
    ),
    (
        ApprovalMissing(on=ON, line=4, amount=eur("20"), who="anna"),
        "20.00 was given away by anna without approval (line 4).",
    ),
    (
        ApprovedAfterwards(on=ON, line=4, amount=eur("20")),
        "20.00 that was given away (line 4) was approved afterwards.",
    ),
    (
        SettledPerErp(on=ON, amount=eur("20"), source="open.csv line 3"),
        "The creditor's accounts list 20.00 less as open, which counts as settled:"
        " “open.csv line 3”.",
    ),
    (
        ClosedPerErp(on=ON, amount=eur("20"), source="open.csv"),
        "The creditor's accounts no longer list the invoice as open, so the remaining 20.00 counts"
        " as settled: “open.csv”.",
    ),
]
OF_DEBTORS: list[tuple[dev.DebtorEvent, str]] = [
    (
        dev.DebtorRegistered(
            on=ON, number="0042", name="Jansen BV", email="a@b.nl", segment="consumer"
        ),
        "Debtor 0042 was registered: name Jansen BV, e-mail a@b.nl, segment consumer.",
    ),
    (
        dev.DebtorUnreachable(on=ON, step="First reminder", channels=(Channel.LETTER,)),
        "The follow-up step “First reminder” was due but could not be sent by letter:"
        " the debtor's contact details are not known.",
    ),
    (
        dev.DebtorCorrected(on=ON, why="Moved", address="Dam 1"),
        "The debtor's details were corrected to address Dam 1: “Moved”.",
    ),
    (
        dev.DebtorContactLogged(
            on=ON,
            contact_id=ID,
            channel=Channel.VISIT,
            direction=Direction.OUT,
            who="",
            summary="Shut.",
        ),
        "Visit to the debtor: “Shut.”",
    ),
    (
        dev.DebtorAnswered(on=ON, text="It is about an invoice."),
        "What the debtor wrote needs no answer any more: “It is about an invoice.”",
    ),
    (
        dev.DebtorAddressRefused(on=ON, address="jan@bakery.example", why="5.1.1"),
        "Mail to jan@bakery.example was refused or came back: “5.1.1”: nothing more is sent to"
        " this address.",
    ),
    (dev.DebtorNoteAdded(on=ON, text="Moves."), "Note: “Moves.”"),
    (
        dev.CreditChecked(
            on=ON, result="rated B", limit=eur("500"), currency="EUR", source="Broker"
        ),
        "The debtor's credit was checked: rated B, credit limit EUR 500.00, according to Broker.",
    ),
    (
        dev.DebtorHeld(on=ON, hold_id=ID, reason="Merger", until=NEXT, release_by=()),
        "Follow-up of all invoices of the debtor is paused until 2026-03-09: “Merger”.",
    ),
    (
        dev.DebtorResumed(on=ON, hold_id=ID, why="Merged"),
        "Follow-up of all invoices of the debtor continues: “Merged”.",
    ),
    (
        dev.MoneyReceived(on=ON, reference="R2", amount=eur("50"), currency="EUR"),
        "Payment of EUR 50.00 without an invoice number was received: reference R2.",
    ),
    (
        dev.MoneyAllocated(on=ON, reference="R2", invoice="F1", amount=eur("30")),
        "30.00 of payment R2 was allocated to invoice F1.",
    ),
    (
        dev.MoneyReceived(
            on=ON,
            reference="G1",
            amount=eur("30"),
            currency="EUR",
            kind=MoneyKind.CREDIT_NOTE,
            source="open.csv:7",
        ),
        "Credit note of EUR 30.00 without an invoice number was issued: reference G1.",
    ),
    (
        dev.MoneyAllocated(
            on=ON, reference="G1", invoice="F1", amount=eur("30"), kind=MoneyKind.CREDIT_NOTE
        ),
        "30.00 of credit note G1 was allocated to invoice F1.",
    ),
    (
        dev.MoneySettledPerErp(on=ON, reference="G1", amount=eur("5"), source="open.csv:7"),
        "5.00 of G1 is no longer open in the ERP, according to open.csv:7.",
    ),
    (
        dev.DebtorCollectorAssigned(on=ON, collector="anna", playbook=2, why="by rule 1"),
        "anna became the collector, by rule 1.",
    ),
    (
        dev.DebtorCorrected(
            on=ON,
            why="New",
            persons=(dev.ContactPerson(name="Ann", role="buyer", email="a@b.nl"),),
            collector="anna",
        ),
        "The debtor's details were corrected to contact Ann (buyer, a@b.nl), collector anna:"
        " “New”.",
    ),
    (
        dev.MoneyReversed(on=ON, reference="R2", amount=eur("20"), why="Returned: AC04"),
        "20.00 of payment R2 was taken back: “Returned: AC04”.",
    ),
    (
        dev.MoneyReturned(on=ON, reference="R2", amount=eur("20"), why="Too much"),
        "20.00 of payment R2 was returned to the payer: “Too much”.",
    ),
]
ALL: list[tuple[Any, str]] = [*OF_INVOICES, *OF_DISPUTES, *OF_AGENDA, *OF_MONEY, *OF_DEBTORS]


@pytest.mark.parametrize(("event", "words"), ALL, ids=lambda one: getattr(one, "topic", ""))
def test_an_event_in_words(event: Any, words: str) -> None:
    assert sentence(event) == words


def test_every_event_is_in_the_table_above() -> None:
    missing = (INVOICE.events | DEBTOR.events) ^ {type(event) for event, _ in ALL}
    assert missing == set(), "add an example and its sentence to a table of this file"


def test_every_purpose_of_a_mail_has_words() -> None:
    assert set(TITLES) == set(Purpose)


@for_all(happened)
def test_any_event_makes_a_whole_sentence(told: tuple[UUID, Any]) -> None:
    words = sentence(told[1])
    assert len(words) > len(".")
    assert words.endswith((".", ".”", "?”", "!”"))
    assert words == words.rstrip()
    assert "None" not in words
