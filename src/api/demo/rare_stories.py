"""Rare stories: holds, waived fees, bankruptcy, the collection agency, mistakes."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from api.demo.payment_stories import CENT, pays, receive, reminded
from api.demo.texts import AGENCY, ASKS_COPY, MANAGER
from api.demo.virtual_clock import END, Story, World
from commands.debtors.contacts import AddDebtorNote, LogDebtorContact
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.registration import CorrectDebtor
from commands.follow_up.holds import HoldFollowUp, ReleaseHold
from commands.handoffs import HandOff, RecallHandOff
from commands.invoices.contacts import AddNote
from commands.invoices.delivery import RecordDelivery, RecordDeliveryFailure, RecordSending
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.charges import ChargeInterest, ChargeLateFee, WaiveInterest, WaiveLateFee
from commands.payments.payments import WriteOff
from ledger.facts.codes import Channel, Direction


def came_back(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    number, firm = numbers[0], world.firm(numbers[0])
    why = "550 5.1.1 mailbox does not exist"
    failed = RecordDeliveryFailure(invoice=number, why=why, channel=Channel.EMAIL, to=firm.email)
    world.run("postman", failed)
    yield world.after(2, dice)
    new, who = f"facturen@{firm.domain}", world.invoice(number).collector
    world.run(who, CorrectDebtor(debtor=firm.number, why="New address by phone.", email=new))
    world.run(who, RecordSending(invoice=number, channel=Channel.EMAIL, to=new))
    yield world.after(0, dice)
    world.run("postman", RecordDelivery(invoice=number, channel=Channel.EMAIL, to=new))
    yield from pays(world, number, dice)


def asks_a_copy(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    number, firm = numbers[0], world.firm(numbers[0])
    yield world.after(9, dice)
    text = ASKS_COPY[firm.language].format(number=number)
    contact_id = world.id("copy", number)
    asked = world.contact(number, Channel.WHATSAPP, Direction.IN, text, contact_id)
    note = AddNote(invoice=number, text="Copy sent; they book by the month.")
    world.run(world.invoice(number).collector, asked, note)
    yield from pays(world, number, dice)


def held(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Follow-up pauses during a takeover and continues by a task of the agenda."""
    yield from reminded(world, numbers[0], dice, 1)
    yield from _hold(world, numbers[0], dice, "Takeover: the new owner asks for time", 14)
    yield world.after(24, dice)
    yield from pays(world, numbers[0], dice, soonest=1)


def held_in_part(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A third is held until goods are weighed; the manager releases the hold."""
    number = numbers[0]
    invoice = world.invoice(number)
    yield world.after(4, dice)
    hold = HoldFollowUp(
        invoice=number,
        reason="Weighing of the last pallet",
        until=invoice.due_on + timedelta(days=20),
        amount=(invoice.open_amount / 3).quantize(CENT),
        release_by=(MANAGER,),
        hold_id=world.id("hold", number),
    )
    world.run(invoice.collector, hold)
    yield world.after(9, dice)
    world.run(MANAGER, ReleaseHold(invoice=number, hold_id=hold.hold_id))
    yield from pays(world, number, dice, soonest=3)


def hold_is_over(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((END - world.today).days - 15, dice)
    yield from _hold(world, numbers[0], dice, "Waits for the yearly settlement", 12)


def _hold(world: World, number: str, dice: Random, reason: str, days: int) -> Story:
    until = world.today + timedelta(days=days)
    hold = HoldFollowUp(
        invoice=number, reason=reason, until=until, hold_id=world.id("hold", number, until)
    )
    world.run(world.invoice(number).collector, hold)
    yield world.after(1, dice)


def debtor_rests(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    firm, who = world.firm(numbers[0]), world.invoice(numbers[0]).collector
    yield world.after(20, dice)
    call = LogDebtorContact(
        debtor=firm.number,
        channel=Channel.PHONE,
        direction=Direction.IN,
        who=firm.person,
        summary="Wasserschaden in der Backstube, zwei Wochen geschlossen. Bittet um Aufschub.",
        time=world.local_time,
        contact_id=world.id("flood", firm.number),
    )
    hold = HoldDebtor(
        debtor=firm.number,
        reason="Water damage, closed for two weeks",
        until=world.today + timedelta(days=28),
        hold_id=world.id("flood hold", firm.number),
    )
    note = AddDebtorNote(debtor=firm.number, text="Good customer since 2011; be kind.")
    world.run(who, call, hold, note)
    yield world.after(21, dice)
    why = "The bakery is open again."
    world.run(who, ReleaseDebtor(debtor=firm.number, hold_id=hold.hold_id, why=why))
    yield from pays(world, numbers[0], dice, soonest=6)


def charged(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Fee and interest after the final notice; both are waived after the payment."""
    number = numbers[0]
    yield from reminded(world, number, dice, 3)
    yield world.after(6, dice)
    invoice, who = world.invoice(number), world.invoice(number).collector
    days = (world.today - invoice.due_on).days
    interest = (invoice.amount * Decimal("0.1015") * days / 365).quantize(CENT)
    why = f"Statutory commercial interest, 10.15 % a year over {days} days"
    fee = ChargeLateFee(
        invoice=number, amount=Decimal(40), why="Compensation, Directive 2011/7/EU art. 6"
    )
    world.run(who, ChargeInterest(invoice=number, amount=interest, why=why), fee)
    yield world.after(11, dice)
    invoice = world.invoice(number)
    receive(world, number, invoice.open_amount - invoice.interest - invoice.late_fees)
    waiver = "Agreed with the owner: principal at once, the rest is let go."
    yield world.after(2, dice)
    waived = [WaiveInterest(invoice=number, why=waiver), WaiveLateFee(invoice=number, why=waiver)]
    world.run(MANAGER, *waived)


def bankrupt(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    number = numbers[0]
    yield from reminded(world, number, dice, 3)
    yield world.after(12, dice)
    text = "Faillissement uitgesproken; curator meldt dat er niets te verdelen valt."
    world.run(world.invoice(number).collector, AddNote(invoice=number, text=text))
    yield world.after(9, dice)
    world.run(MANAGER, WriteOff(invoice=number, why="Bankrupt; VAT is claimed back."))


def wrong_date(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    number = numbers[0]
    yield world.after(3, dice)
    due = world.invoice(number).issued_on + timedelta(days=45)
    why = "Terms of this customer are 45 days."
    world.run("femke", CorrectInvoice(invoice=number, due_on=due, why=why))
    yield from pays(world, number, dice)


def wrong_customer(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after(2, dice)
    world.run("femke", CancelInvoice(invoice=numbers[0], why="Made out to the wrong customer."))


def to_agency(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """The debtor pays us after a letter of the agency."""
    yield from _handed_off(world, numbers[0], dice)
    yield world.after(19, dice)
    receive(world, numbers[0], world.invoice(numbers[0]).open_amount)


def to_agency_and_back(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield from _handed_off(world, numbers[0], dice)
    yield world.after(8, dice)
    why = "The owner called and pays within two weeks."
    world.run(MANAGER, RecallHandOff(invoice=numbers[0], why=why))
    yield world.after(11, dice)
    receive(world, numbers[0], world.invoice(numbers[0]).open_amount)


def _handed_off(world: World, number: str, dice: Random) -> Story:
    yield from reminded(world, number, dice, 4)
    yield world.after(14, dice)
    command = HandOff(invoice=number, agency=AGENCY, handoff_id=world.id("handed off", number))
    world.run(MANAGER, command)
