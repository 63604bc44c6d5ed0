"""Promises to pay: kept, broken, partially kept, withdrawn, and still open at the end."""

from datetime import timedelta
from random import Random

from api.demo.payment_stories import CENT, pays, receive, reminded
from api.demo.texts import PROMISE
from api.demo.virtual_clock import END, Story, World
from commands.follow_up.promises import MakePromise, WithdrawPromise
from ledger.facts.codes import Channel, Direction


def keeps(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield from reminded(world, numbers[0], dice, 1)
    yield from _promises(world, numbers[0], dice, 10)
    yield world.after(8, dice)
    receive(world, numbers[0], world.invoice(numbers[0]).open_amount)


def breaks(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """The first promise is broken, the second is kept."""
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
    yield from reminded(world, numbers[0], dice, 1)
    yield from _promises(world, numbers[0], dice, 14)
    yield world.after(3, dice)
    why = "The owner wants to pay all invoices of the month at once."
    world.run(world.invoice(numbers[0]).collector, WithdrawPromise(invoice=numbers[0], why=why))
    yield from pays(world, numbers[0], dice, soonest=15)


def broke_last_week(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((END - world.today).days - 14, dice)
    yield from _promises(world, numbers[0], dice, 6)


def promised_for_july(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((END - world.today).days - 7, dice)
    yield from _promises(world, numbers[0], dice, 12)


def promised_till_now(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((END - world.today).days - 11, dice)
    day = END - timedelta(days=3)
    yield from _promises(world, numbers[0], dice, (day - world.today).days)


def _promises(world: World, number: str, dice: Random, days: int) -> Story:
    invoice, firm = world.invoice(number), world.firm(number)
    day = world.today + timedelta(days=days)
    channel = Channel.PHONE if dice.random() < 0.6 else Channel.EMAIL
    text = PROMISE[firm.language].format(amount=f"EUR {invoice.open_amount:.2f}", day=day)
    contact_id, promise_id = (world.id(name, number, day) for name in ("promised", "promise"))
    contact = world.contact(number, channel, Direction.IN, text, contact_id, time=world.local_time)
    promise = MakePromise(invoice=number, promised_for=day, who=firm.person, promise_id=promise_id)
    world.run(invoice.collector, contact, promise)
    yield world.now + timedelta(minutes=5)
