"""Promises to pay: kept, broken, kept by half, taken back, and still open at the end."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from api.demo.payment_stories import CENT, pays, receive, reminded
from api.demo.texts import PROMISE
from api.demo.virtual_clock import END, Story, World
from commands.follow_up.promises import MakePromise, WithdrawPromise
from commands.invoices.contacts import LogContact
from ledger.facts.codes import Channel, Direction


def keeps(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield from reminded(world, numbers[0], dice, 1)
    yield from _promises(world, numbers[0], dice, 10)
    yield world.after(8, dice)
    receive(world, numbers[0], world.invoice(numbers[0]).open_amount)


def breaks(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """And promises again, and keeps that."""
    yield from reminded(world, numbers[0], dice, 2)
    yield from _promises(world, numbers[0], dice, 7)
    yield world.after(16, dice)
    yield from _promises(world, numbers[0], dice, 6)
    yield world.after(5, dice)
    receive(world, numbers[0], world.invoice(numbers[0]).open_amount)


def keeps_half(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield from reminded(world, numbers[0], dice, 1)
    yield from _promises(world, numbers[0], dice, 8)
    yield world.after(7, dice)
    receive(world, numbers[0], (world.invoice(numbers[0]).open_amount / 2).quantize(CENT))
    yield from pays(world, numbers[0], dice, soonest=21)


def takes_back(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """The owner wants to talk first; nobody broke his word."""
    yield from reminded(world, numbers[0], dice, 1)
    yield from _promises(world, numbers[0], dice, 14)
    yield world.after(3, dice)
    why = "The owner wants to pay all invoices of the month at once."
    world.tell(world.invoice(numbers[0]).collector, WithdrawPromise(invoice=numbers[0], why=why))
    yield from pays(world, numbers[0], dice, soonest=15)


def broke_last_week(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((END - world.today).days - 14, dice)
    yield from _promises(world, numbers[0], dice, 6)


def promised_for_july(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((END - world.today).days - 7, dice)
    yield from _promises(world, numbers[0], dice, 12)


def promised_till_now(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """His days of grace end on the last day."""
    yield world.after((END - world.today).days - 11, dice)
    day = END - timedelta(days=3)
    yield from _promises(world, numbers[0], dice, (day - world.today).days)


def _promises(world: World, number: str, dice: Random, days: int) -> Story:
    """By phone or by mail, as the collector writes it down."""
    invoice, firm = world.invoice(number), world.firm(number)
    day = world.today + timedelta(days=days)
    channel = Channel.PHONE if dice.random() < 0.6 else Channel.EMAIL
    said = LogContact(
        invoice=number,
        channel=channel,
        direction=Direction.IN,
        who=firm.person,
        summary=PROMISE[firm.language].format(amount=_plain(invoice.open_amount), day=day),
        time=world.now.astimezone(world.ledger.zone),
        contact_id=world.id("promised", number, day),
    )
    promise = MakePromise(
        invoice=number,
        promised_for=day,
        who=firm.person,
        promise_id=world.id("promise", number, day),
    )
    world.tell(invoice.collector, said, promise)
    yield world.now + timedelta(minutes=5)


def _plain(amount: Decimal) -> str:
    return f"EUR {amount:.2f}"
