"""The story of a dispute: raised, assigned, answered, decided, and then paid or not."""

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
from ledger.facts.codes import Answer, Channel, Direction, Outcome, Reason
from ledger.facts.invoice.state import Dispute

CENT = Decimal("0.01")


def dispute(case: Case, world: World, numbers: Sequence[str], dice: Random) -> Story:
    dice = world.random(f"case/{numbers[0]}")
    case_id = world.id("case", *numbers)
    world.plans[case_id] = case
    yield world.after(dice.randint(2, 6), dice)
    if case.reason in (Reason.INVOICE_NOT_RECEIVED, Reason.PROOF_REQUIRED, Reason.ALREADY_PAID):
        due = world.invoice(numbers[0]).due_on  # the debtor objects only after a reminder
        yield world.after((due - world.today).days + 6, dice)
    _raise(world, case, case_id, numbers, dice)
    if "voided" in case.turns:
        yield world.after(1, dice)
        why = "Opened on the wrong invoice; it is about last month's."
        world.run(_collector(world, numbers), VoidDispute(invoice=numbers[0], why=why))
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


def _raise(world: World, case: Case, case_id: UUID, numbers: Sequence[str], dice: Random) -> None:
    """Record the contact, its documents and the opening in one transaction."""
    firm = world.firm(numbers[0])
    contact_id = world.id("raised", *numbers)
    papers = _papers(world, case, numbers[0])
    channel = Channel.PHONE if dice.random() < 0.4 and not papers else Channel.EMAIL
    commands = list[Command]()
    for number in numbers:
        attachments = [paper.attached_to(number) for paper in papers]
        contact = world.contact(
            number,
            channel,
            Direction.IN,
            case.comment,
            contact_id,
            time=world.local_time if channel is Channel.PHONE else None,
            message_id=f"<{case_id.hex[:12]}@{firm.domain}>" if channel is Channel.EMAIL else None,
            documents=tuple(attachment.sha256 for attachment in attachments),
        )
        opening = _opening(world, case, case_id, number, contact_id, channel)
        commands += [*attachments, contact, opening]
    world.run(_collector(world, numbers), *commands, papers=papers)


def _opening(
    world: World, case: Case, case_id: UUID, number: str, contact_id: UUID, channel: Channel
) -> OpenDispute:
    coded = "code" in case.turns
    share = case.share and (world.invoice(number).open_amount * case.share).quantize(CENT)
    late = timedelta(days=1 if channel is Channel.EMAIL else 0)  # a mail is read the day after
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


def _answered(
    world: World, case: Case, case_id: UUID, numbers: Sequence[str], dice: Random
) -> Story:
    """The resolver answers after some days, or names another team."""
    if "comment" in case.turns:
        yield world.after(1, dice)
        came_on = world.invoice(numbers[0]).issued_on
        better = f"{case.comment} Châssis n° 7741-B, livré le {came_on}."
        updates = [
            UpdateDisputeComment(invoice=n, case_id=case_id, comment=better) for n in numbers
        ]
        world.run(_collector(world, numbers), *updates)
    while not all(_case(world, number, case_id).resolver for number in numbers):
        yield world.after(1, dice)
    if "not mine" in case.turns:
        yield world.after(dice.randint(1, 4), dice)
        _answer(
            world, case_id, numbers, Answer.NOT_MINE, f"Please ask {TEAMS[case.question.team]}."
        )
        while _case(world, numbers[0], case_id).resolver != TEAMS[case.question.team]:
            yield world.after(1, dice)
    if "never" in case.turns:
        return
    late, week = "late" in case.turns, "a week" in case.turns
    yield world.after(dice.randint(17, 32) if late else 6 if week else dice.randint(1, 9), dice)
    if "moved" in case.turns:
        again = world.today + timedelta(days=dice.randint(6, 12))
        wait = "Waiting for the carrier; will know by then."
        _answer(world, case_id, numbers, Answer.NOT_SOLVED, wait, (again - world.today).days)
        yield world.after((again - world.today).days - 1, dice)
    _answer(world, case_id, numbers, Answer.SOLVED, case.reply)


def _answer(
    world: World,
    case_id: UUID,
    numbers: Sequence[str],
    answer: Answer,
    text: str,
    more_days: int | None = None,
) -> None:
    day = None if more_days is None else world.today + timedelta(days=more_days)
    answers = [
        RecordAnswer(invoice=n, case_id=case_id, answer=answer, text=text, follow_up_on=day)
        for n in numbers
    ]
    world.run(_case(world, numbers[0], case_id).resolver, *answers)


def _ended(world: World, case_id: UUID, numbers: Sequence[str], dice: Random) -> Story:
    """The approver decides on the credit; the debtor is notified some days after the decision."""
    while any(_case(world, number, case_id).is_open for number in numbers):
        yield world.after(1, dice)
        for number in numbers:
            part = _case(world, number, case_id)
            asked = part.is_open and part.credit_requested is not None
            if asked and dice.random() < 0.5 and "undecided" not in world.plans[case_id].turns:
                _approve(world, number, part)
    if world.invoice(numbers[0]).cancelled:
        return
    yield world.after(dice.randint(1, 4), dice)
    firm = world.firm(numbers[0])
    mailed = all(_case(world, number, case_id).settled_on for number in numbers)
    for number in () if mailed and dice.random() < 0.8 else numbers:
        text = OUTCOME[firm.language].format(number=number)
        contact_id = world.id("outcome", case_id, number, world.now)
        mail_sent = world.contact(number, Channel.EMAIL, Direction.OUT, text, contact_id)
        notice = RecordOutcomeNotice(invoice=number, case_id=case_id, channel=Channel.EMAIL)
        world.run(_collector(world, numbers), mail_sent, notice)


def _approve(world: World, number: str, part: Dispute) -> None:
    case = world.plans[part.case_id]
    if "refused" in case.turns:
        world.refused.add(world.id(number, part.case_id, part.reopened))
        world.run(APPROVER, RefuseCredit(invoice=number, case_id=part.case_id, why=case.reply))
    else:
        world.run(APPROVER, ApproveCredit(invoice=number, case_id=part.case_id))


def _reopen(world: World, case: Case, case_id: UUID, number: str, dice: Random) -> None:
    """The debtor does not accept the rejection, and half of the amount is credited after all."""
    end = replace(case.end, outcome=Outcome.CREDITED, credit=Decimal("0.5"))
    reply = "As a gesture half of it is credited."
    world.plans[case_id] = replace(case, end=end, reply=reply, turns=())
    text, contact_id = STILL_NO[world.firm(number).language], world.id("again", number)
    contact = world.contact(number, Channel.EMAIL, Direction.IN, text, contact_id)
    why = "The debtor does not accept the refusal."
    reopening = ReopenDispute(invoice=number, case_id=case_id, why=why)
    world.run(_collector(world, [number]), contact, reopening)
