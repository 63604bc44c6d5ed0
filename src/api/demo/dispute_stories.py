"""The life of a dispute: raised, asked about, answered late, decided, told, paid or not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from api.demo.case import Case
from api.demo.payment_stories import bounces, pays
from api.demo.sample_documents import Paper, mail, pdf
from api.demo.texts import APPROVER, OUTCOME, STILL_NO, TEAMS
from api.demo.virtual_clock import Story, World
from commands.command import Command
from commands.disputes.approvals import ApproveCredit, RefuseCredit
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import RecordOutcomeNotice, ReopenDispute, VoidDispute
from commands.disputes.resolvers import RecordAnswer, UpdateDisputeComment
from commands.invoices.contacts import LogContact
from ledger.facts.codes import Answer, Channel, Direction, Outcome, Reason
from ledger.facts.invoice.dispute import Dispute

CENT = Decimal("0.01")


def dispute(world: World, case: Case, numbers: Sequence[str]) -> Story:
    """Over one invoice or several of one debtor."""
    dice = world.random(f"case/{numbers[0]}")
    case_id = world.id("case", *numbers)
    world.plans[case_id] = case
    yield world.after(dice.randint(2, 6), dice)
    yield from _copy_asked(world, case, numbers, dice)
    _raise(world, case, case_id, numbers, dice)
    if "voided" in case.turns:
        yield world.after(1, dice)
        why = "Opened on the wrong invoice; it is about last month's."
        world.tell(_collector(world, numbers), VoidDispute(invoice=numbers[0], why=why))
        yield from pays(world, numbers[0], dice)
        return
    if "bounced" in case.turns:
        yield from bounces(world, numbers[0], dice)
    yield from _answered(world, case, case_id, numbers, dice)
    yield from _ended(world, case_id, numbers, dice)
    if "reopened" in case.turns:
        yield world.after(5, dice)
        _reopen(world, case, case_id, numbers[0], dice)
        yield from _answered(world, world.plans[case_id], case_id, numbers, dice)
        yield from _ended(world, case_id, numbers, dice)
    for number in numbers:
        yield from pays(world, number, dice, soonest=4)


def _case(world: World, number: str, case_id: UUID) -> Dispute:
    return world.invoice(number).disputes[case_id]


def _collector(world: World, numbers: Sequence[str]) -> str:
    return world.invoice(numbers[0]).collector


def _copy_asked(world: World, case: Case, numbers: Sequence[str], dice: Random) -> Story:
    """Some hear of it only after the invoice came due."""
    if case.reason in (Reason.INVOICE_NOT_RECEIVED, Reason.PROOF_REQUIRED, Reason.ALREADY_PAID):
        due = world.invoice(numbers[0]).due_on
        yield world.after((due - world.today).days + 6, dice)


def _raise(world: World, case: Case, case_id: UUID, numbers: Sequence[str], dice: Random) -> None:
    """The contact, its papers and the opening are one act, in one transaction."""
    who, firm = _collector(world, numbers), world.firm(numbers[0])
    contact_id = world.id("raised", *numbers)
    papers = _papers(world, case, numbers[0])
    heard = Channel.PHONE if dice.random() < 0.4 and not papers else Channel.EMAIL
    commands = list[Command]()
    for number in numbers:
        commands += [paper.attached_to(number) for paper in papers]
        commands.append(
            LogContact(
                invoice=number,
                channel=heard,
                direction=Direction.IN,
                who=firm.person,
                summary=case.comment,
                time=world.now.astimezone(world.ledger.zone) if heard is Channel.PHONE else None,
                message_id=_message_id(case_id, firm.domain) if heard is Channel.EMAIL else None,
                documents=tuple(paper.attached_to(number).sha256 for paper in papers),
                contact_id=contact_id,
            )
        )
        commands.append(_opening(world, case, case_id, number, contact_id, heard))
    world.tell(who, *commands, papers=papers)


def _opening(
    world: World, case: Case, case_id: UUID, number: str, contact_id: UUID, heard: Channel
) -> OpenDispute:
    coded = "code" in case.turns
    share = case.share and (world.invoice(number).open_amount * case.share).quantize(CENT)
    late = timedelta(days=1 if heard is Channel.EMAIL else 0)  # a mail is read the day after
    return OpenDispute(
        invoice=number,
        reason=case.reason,
        comment=case.comment,
        contested=share,
        raised_on=max(world.today - late, world.invoice(number).issued_on),
        case_id=case_id,
        contact_id=contact_id,
        original_code="DEL" if coded else None,
        original_list="OPStatusReason" if coded else None,
    )


def _papers(world: World, case: Case, number: str) -> list[Paper]:
    firm = world.firm(number)
    if "statement" in case.turns:
        to, subject = "debiteuren@korenaar.example", f"Factuur {number}"
        return [mail(f"bericht-{number}.eml", firm.email, to, subject, case.comment)]
    if "photo" not in case.turns:
        return []
    lines = (f"Delivery note {number}", firm.name, f"{firm.town}, {world.today}", case.comment)
    return [pdf(f"delivery-note-{number}.pdf", *lines)]


def _message_id(case_id: UUID, domain: str) -> str:
    return f"<{case_id.hex[:12]}@{domain}>"


def _answered(
    world: World, case: Case, case_id: UUID, numbers: Sequence[str], dice: Random
) -> Story:
    """Whoever is asked answers in his own time, or says it is for somebody else."""
    if "comment" in case.turns:
        yield world.after(1, dice)
        came_on = world.invoice(numbers[0]).issued_on
        better = f"{case.comment} Châssis n° 7741-B, livré le {came_on}."
        world.tell(
            _collector(world, numbers),
            *(UpdateDisputeComment(invoice=n, case_id=case_id, comment=better) for n in numbers),
        )
    yield from _asked(world, case_id, numbers, dice)
    if "not mine" in case.turns:
        yield world.after(dice.randint(1, 4), dice)
        _answer(world, case_id, numbers, Answer.NOT_MINE, f"Please ask {TEAMS[case.team]}.")
        while _case(world, numbers[0], case_id).resolver != TEAMS[case.team]:
            yield world.after(1, dice)
    if "never" in case.turns:
        return
    late, week = "late" in case.turns, "a week" in case.turns
    patience = dice.randint(17, 32) if late else 6 if week else dice.randint(1, 9)
    yield world.after(patience, dice)
    if "moved" in case.turns:
        again = world.today + timedelta(days=dice.randint(6, 12))
        wait = "Waiting for the carrier; will know by then."
        _answer(world, case_id, numbers, Answer.NOT_SOLVED, wait, (again - world.today).days)
        yield world.after((again - world.today).days - 1, dice)
    _answer(world, case_id, numbers, Answer.SOLVED, case.reply)


def _asked(world: World, case_id: UUID, numbers: Sequence[str], dice: Random) -> Story:
    while not all(_case(world, number, case_id).resolver for number in numbers):
        yield world.after(1, dice)


def _answer(
    world: World,
    case_id: UUID,
    numbers: Sequence[str],
    answer: Answer,
    text: str,
    more_days: int | None = None,
) -> None:
    day = None if more_days is None else world.today + timedelta(days=more_days)
    world.tell(
        _case(world, numbers[0], case_id).resolver,
        *(
            RecordAnswer(invoice=n, case_id=case_id, answer=answer, text=text, follow_up_on=day)
            for n in numbers
        ),
    )


def _ended(world: World, case_id: UUID, numbers: Sequence[str], dice: Random) -> Story:
    """The approver looks at what is asked; the debtor is told some days after the decision."""
    while any(_case(world, number, case_id).is_open for number in numbers):
        yield world.after(1, dice)
        for number in numbers:
            one = _case(world, number, case_id)
            if one.is_open and one.credit_requested is not None and dice.random() < 0.5:
                _approve(world, number, one)
    if world.invoice(numbers[0]).cancelled:
        return
    yield world.after(dice.randint(1, 4), dice)
    firm = world.firm(numbers[0])
    for number in numbers:
        told = LogContact(
            invoice=number,
            channel=Channel.EMAIL,
            direction=Direction.OUT,
            who=firm.person,
            summary=OUTCOME[firm.language].format(number=number),
            contact_id=world.id("outcome", case_id, number, world.now),
        )
        notice = RecordOutcomeNotice(invoice=number, case_id=case_id, channel=Channel.EMAIL)
        world.tell(_collector(world, numbers), told, notice)


def _approve(world: World, number: str, one: Dispute) -> None:
    case = world.plans[one.case_id]
    if "refused" in case.turns:
        world.refused.add(world.id(number, one.case_id, one.reopened))
        world.tell(APPROVER, RefuseCredit(invoice=number, case_id=one.case_id, why=case.reply))
    else:
        world.tell(APPROVER, ApproveCredit(invoice=number, case_id=one.case_id))


def _reopen(world: World, case: Case, case_id: UUID, number: str, dice: Random) -> None:
    """He does not accept the refusal, and half of it is given after all."""
    firm, why = world.firm(number), "The debtor does not accept the refusal."
    half, reply = Decimal("0.5"), "As a gesture half of it is credited."
    world.plans[case_id] = replace(
        case, outcome=Outcome.CREDITED, credit=half, reply=reply, turns=()
    )
    said = LogContact(
        invoice=number,
        channel=Channel.EMAIL,
        direction=Direction.IN,
        who=firm.person,
        summary=STILL_NO[firm.language],
        contact_id=world.id("again", number),
    )
    world.tell(
        _collector(world, [number]), said, ReopenDispute(invoice=number, case_id=case_id, why=why)
    )
