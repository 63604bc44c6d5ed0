"""Payments: on time, late, in part, too much, nothing at all, and reversed."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from api.demo.sample_documents import pdf
from api.demo.texts import MANAGER
from api.demo.virtual_clock import END, Story, World
from commands.debtors.money import AllocateMoney, ReceiveMoney, ReturnMoney, ReverseMoney
from commands.follow_up.tasks import PostponeDebtorTask, TakeUpDebtorTask
from commands.payments.payments import ReceivePayment, ReversePayment, WriteOff

CENT = Decimal("0.01")


def pays(world: World, number: str, dice: Random, soonest: int = 0) -> Story:
    """Pay what is open, except late fees, around the usual day of this debtor."""
    invoice = world.invoice(number)
    usual = (invoice.due_on - world.today).days + world.firm(number).slow + dice.randint(-3, 4)
    yield world.after(max(usual, soonest), dice)
    invoice = world.invoice(number)
    if invoice.open_amount > invoice.late_fees:
        receive(world, number, invoice.open_amount - invoice.late_fees)
    if len(invoice.instalments) > 1 and world.invoice(number).open_amount > 0:
        yield from pays(world, number, dice, soonest=5)


def receive(world: World, number: str, amount: Decimal, method: str = "bank transfer") -> str:
    """Record a payment from the bank's file, and return its reference."""
    firm, reference = world.firm(number), f"B-{world.today:%y%m%d}-{number}"
    payment = ReceivePayment(
        invoice=number,
        reference=reference,
        amount=amount,
        method=method,
        payer_name=firm.name,
        payer_iban=iban(firm.number) if firm.country == "NL" else None,
    )
    world.run("bank", payment)
    return reference


def iban(number: str) -> str:
    """Return an IBAN with valid check digits (ISO 13616, mod 97) at a fictitious bank."""
    account = f"DEMO{int(number[2:]):010d}"
    digits = "".join(str(int(sign, 36)) for sign in f"{account}NL00")
    return f"NL{98 - int(digits) % 97:02d}{account}"


def alone(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """The usual invoice: paid and nothing else; instalments are paid separately."""
    if len(world.invoice(numbers[0]).instalments) == 1:
        yield from pays(world, numbers[0], dice)
        return
    for due in world.invoice(numbers[0]).instalments:
        yield world.after((due.due_on - world.today).days + dice.randint(-2, 4), dice)
        receive(world, numbers[0], due.amount)


def in_parts(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    invoice = world.invoice(numbers[0])
    yield world.after((invoice.due_on - world.today).days + 1, dice)
    receive(world, numbers[0], (invoice.amount / 2).quantize(CENT))
    yield from reminded(world, numbers[0], dice, 1)
    yield from pays(world, numbers[0], dice, soonest=3)


def reminded(world: World, number: str, dice: Random, times: int) -> Story:
    while world.invoice(number).reminders < times:
        yield world.after(1, dice)


def too_much(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """An overpayment: two digits were exchanged."""
    invoice = world.invoice(numbers[0])
    yield world.after((invoice.due_on - world.today).days - 1, dice)
    receive(world, numbers[0], invoice.amount + 270)


def nothing_at_all(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A test of a payment run, then the real payment."""
    yield world.after((world.invoice(numbers[0]).due_on - world.today).days - 4, dice)
    receive(world, numbers[0], Decimal("0.00"))
    yield from pays(world, numbers[0], dice, soonest=2)


def two_cents_short(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    number = numbers[0]
    yield world.after((world.invoice(number).due_on - world.today).days, dice)
    receive(world, number, world.invoice(number).open_amount - Decimal("0.02"))
    yield world.after(1, dice)
    who = world.invoice(number).collector
    world.run(who, WriteOff(invoice=number, why="Difference of two cents, not worth a stamp."))


def debited(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    yield world.after((world.invoice(numbers[0]).due_on - world.today).days, dice)
    yield from _reversed(world, numbers[0], world.invoice(numbers[0]).open_amount, dice)
    yield from pays(world, numbers[0], dice, soonest=12)


def bounces(world: World, number: str, dice: Random) -> Story:
    yield world.after(2, dice)
    half = (world.invoice(number).open_amount / 2).quantize(CENT)
    yield from _reversed(world, number, half, dice)


def _reversed(world: World, number: str, amount: Decimal, dice: Random) -> Story:
    reference = receive(world, number, amount, "SEPA direct debit")
    yield world.after(4, dice)
    why = "MD06: refund asked for by the debtor"
    world.run("bank", ReversePayment(invoice=number, reference=reference, why=why))


def single_transfer(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A transfer for two invoices, without an invoice number and a little too much."""
    first, firm = world.invoice(numbers[0]), world.firm(numbers[0])
    yield world.after((first.due_on - world.today).days + 1, dice)
    claims = {number: world.invoice(number).open_amount for number in numbers}
    reference = _money(world, firm.number, sum(claims.values()) + Decimal("12.50"))
    yield world.after(4, dice)
    for number, amount in claims.items():
        allocation = AllocateMoney(
            debtor=firm.number, reference=reference, invoice=number, amount=amount
        )
        world.run(first.collector, allocation)
    yield world.after(2, dice)
    back = ReturnMoney(
        debtor=firm.number, reference=reference, amount=Decimal("12.50"), why="Paid too much."
    )
    world.run("femke", back)


def lost_money(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A payment of a round amount in the last week, without a known purpose."""
    yield world.after((END - world.today).days - 4, dice)
    debtor, on = world.firm(numbers[0]).number, world.today
    reference = _money(world, debtor, Decimal("1500.00"))
    twice = _money(world, debtor, Decimal("1500.00"), " (2)")
    yield world.after(0, dice)
    world.run("femke", ReverseMoney(debtor=debtor, reference=twice, why="Recorded twice."))
    why = "Asked them by mail what it is for."
    until, wrong = on + timedelta(days=3), on + timedelta(days=30)
    world.run(MANAGER, PostponeDebtorTask(debtor=debtor, item=reference, until=wrong, why=why))
    world.run(MANAGER, TakeUpDebtorTask(debtor=debtor, item=reference))
    world.run(MANAGER, PostponeDebtorTask(debtor=debtor, item=reference, until=until, why=why))


def _money(world: World, debtor: str, amount: Decimal, nth: str = "") -> str:
    reference = f"B-{world.today:%y%m%d}-{debtor}{nth}"
    name, method = world.debtor(debtor).name, "bank transfer"
    receipt = ReceiveMoney(
        debtor=debtor, reference=reference, amount=amount, method=method, payer_name=name
    )
    world.run("bank", receipt)
    return reference


def never(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Nothing is paid, although the debtor signed for the goods."""
    yield world.after(2, dice)
    number, firm = numbers[0], world.firm(numbers[0])
    signed = f"Received in good order: {firm.person}, {world.today}"
    paper = pdf(f"signed-delivery-note-{number}.pdf", f"Delivery {number}", firm.name, signed)
    world.run("lars", paper.attached_to(number), papers=[paper])
