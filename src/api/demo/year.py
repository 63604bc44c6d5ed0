"""The demo year: debtors, invoices and their stories, and the collectors."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from msgspec.structs import replace as but

from api.demo import payment_stories, rare_stories
from api.demo.automatic import clock, postman
from api.demo.bank import statements
from api.demo.inbox import mails
from api.demo.payment_stories import iban
from api.demo.people import collector
from api.demo.planning import Order, plan
from api.demo.texts import (
    BY_NUMBER,
    COLLECTORS,
    CONSUMER,
    FIRMS,
    MANAGER,
    OURS,
    OWN,
    POSTCODES,
    WARES,
    Firm,
)
from api.demo.virtual_clock import Story, World, play
from commands.creditor import DescribeCreditor, OwnAccount
from commands.debtors.registration import RecordCreditCheck, RegisterDebtor
from commands.invoices.delivery import RecordDelivery, RecordSending
from commands.invoices.registration import BilledLine, Due, RegisterInvoice
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Channel
from ledger.policy.playbook.in_force import shipped
from ledger.store.ledger import Ledger

CENT = Decimal("0.01")
VAT = {"NL": Decimal("1.09")}  # food; none within the Union


def live(ledger: Ledger, seed: int, invoices: int, day_over: Callable[[int], None]) -> World:
    """Record the year in the ledger; entries that exist already stay as they are.

    Raises ``ValueError`` when there are too few invoices for all stories.
    """
    world = World(ledger, seed)
    orders = plan(world.random("plan"), invoices)
    stories: list[Story] = [_debtors(world)]
    stories += [_begin(world, order) for order in orders]
    stories += [collector(world, who) for who in COLLECTORS]
    last = [clock(world), postman(world), mails(world), statements(world)]
    play(world, [*stories, *last], day_over)
    return world


def _debtors(world: World) -> Story:
    """Begin the year: the firm, its playbook, its debtors."""
    rules = but(shipped(), wording=None)  # the shipped wording, without a copy of it
    account = OwnAccount(iban=iban("D-0001"))
    us = DescribeCreditor(
        name="Korenaar B.V.",
        address="Stationsplein 1\n3511 ED Utrecht",
        email=OWN,
        sender_name="Korenaar debiteurenbeheer",
        language="nl",
        silent=True,  # no mail leaves the machine
        contact="Anna",
        phone="+31 30 555 0100",
        bank_accounts=(account,),
        letter_foot=f"KvK 00000000\n{OURS}",
    )
    world.run(MANAGER, us, ApplyPlaybook(rules=rules, why="The shipped rules, to begin with."))
    for nth, firm in enumerate((*FIRMS, CONSUMER), 1):
        private = firm is CONSUMER
        world.run(
            "erp",
            RegisterDebtor(
                debtor=firm.number,
                name=firm.name,
                email=None if private else firm.email,
                segment="consumer" if private else None,
                phone=f"+00 555 {firm.number[2:]}",
                address=f"Markt {nth}\n{POSTCODES[firm.town]} {firm.town}",
                language=firm.language,
                country=firm.country,
            ),
        )
    first = RecordCreditCheck(
        debtor=FIRMS[0].number, result="pays within terms", limit=Decimal(50_000), source="broker"
    )
    world.run("erp", first)
    yield from ()


def _begin(world: World, order: Order) -> Story:
    """Register, send and deliver the invoices of an order, then run its story."""
    dice = world.random(order.numbers[0])
    yield world.clock(order.issued_on, dice.randint(10, 15), dice.randint(0, 59))
    commands = [_invoice(world, order, number, dice) for number in order.numbers]
    channel, to = _sent_to(order.firm)
    sent = [RecordSending(invoice=n, channel=channel, to=to) for n in order.numbers]
    world.run("erp", *commands, *sent)
    world.numbers += order.numbers
    yield world.now + timedelta(minutes=dice.randint(1, 9))
    if order.role.plot is not rare_stories.came_back:
        arrived = [RecordDelivery(invoice=n, channel=channel, to=to) for n in order.numbers]
        world.run("postman", *arrived)
    yield from order.role.plot(world, order.numbers, dice)


def _sent_to(firm: Firm) -> tuple[Channel, str]:
    if firm is CONSUMER:
        return Channel.LETTER, firm.town
    return (Channel.E_INVOICE if firm.country == "BE" else Channel.EMAIL), firm.email


def _invoice(world: World, order: Order, number: str, dice: Random) -> RegisterInvoice:
    unit = _unit(order.role.ware, dice)
    lines = tuple(_lines(unit, order.role.ware, dice))
    net = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
    amount = (net * VAT.get(order.firm.country, Decimal(1))).quantize(CENT)
    issued_on = world.today
    soon = dice.random() < 0.3 or order.firm is CONSUMER
    due_on = issued_on + timedelta(days=14 if soon else 30)
    slowly = amount > 8000 and order.role.plot is payment_stories.alone
    return RegisterInvoice(
        invoice=number,
        amount=amount,
        due_on=None if slowly else due_on,
        instalments=tuple(_instalments(amount, due_on)) if slowly else (),
        debtor=order.firm.number,
        business_unit=unit,
        collector=COLLECTORS[[*BY_NUMBER].index(order.firm.number) % 2],
        purchase_order=f"PO-{dice.randint(10000, 99999)}" if dice.random() < 0.7 else None,
        lines=lines,
    )


def _unit(ware: str, dice: Random) -> str:
    """Return the business unit that sells the ware, else a random unit."""
    for unit, wares in WARES.items():
        if ware and any(each.name.startswith(ware) for each in wares):
            return unit
    return "equipment" if dice.random() < 0.25 else "ingredients"


def _lines(unit: str, ware: str, dice: Random) -> Iterator[BilledLine]:
    wares = dice.sample(WARES[unit], k=dice.randint(1, 3))
    first = [each for each in WARES[unit] if ware and each.name.startswith(ware)]
    for nth, sold in enumerate(dict.fromkeys([*first, *wares]), 1):
        quantity = Decimal(dice.randint(max(1, sold.most // 3), sold.most))
        yield BilledLine(
            number=str(nth),
            description=sold.name,
            quantity=quantity,
            unit=sold.unit,
            unit_price=sold.price,
            amount=quantity * sold.price,
        )


def _instalments(amount: Decimal, first: date) -> Sequence[Due]:
    third = (amount / 3).quantize(CENT)
    parts = (third, third, amount - 2 * third)
    return [
        Due(due_on=first + timedelta(days=30 * nth), amount=part) for nth, part in enumerate(parts)
    ]
