"""How money comes: in time, late, in parts, too much, nothing at all, and back again."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from api.demo.sample_documents import pdf
from api.demo.texts import MANAGER
from api.demo.virtual_clock import END, Story, World
from commands.debtors.money import AllocateMoney, ReceiveMoney, ReturnMoney
from commands.follow_up.tasks import PostponeDebtorTask
from commands.payments.payments import ReceivePayment, ReversePayment, WriteOff

CENT = Decimal("0.01")


def pays(world: World, number: str, dice: Random, soonest: int = 0) -> Story:
    """All that is open, around the due date as this debtor does; never the late fee."""
    invoice = world.invoice(number)
    usual = (invoice.due_on - world.today).days + world.firm(number).slow + dice.randint(-3, 4)
    yield world.after(max(usual, soonest), dice)
    invoice = world.invoice(number)
    if invoice.open_amount > invoice.late_fees:
        receive(world, number, invoice.open_amount - invoice.late_fees)
    if len(invoice.instalments) > 1 and world.invoice(number).open_amount > 0:
        yield from pays(world, number, dice, soonest=5)


def receive(
    world: World,
    number: str,
    amount: Decimal,
    method: str = "bank transfer",
    on: date | None = None,
) -> str:
    """As the bank's file of the morning says; the payment's reference."""
    firm, reference = world.firm(number), f"B-{world.today:%y%m%d}-{number}"
    world.tell(
        "bank",
        ReceivePayment(
            invoice=number,
            reference=reference,
            amount=amount,
            method=method,
            payer_name=firm.name,
            payer_iban=iban(firm.number) if firm.country == "NL" else None,
            on=on,
        ),
    )
    return reference


def iban(number: str) -> str:
    """An account at a bank that does not exist, with true check digits (ISO 13616, mod 97)."""
    account = f"DEMO{int(number[2:]):010d}"
    digits = "".join(str(int(sign, 36)) for sign in f"{account}NL00")
    return f"NL{98 - int(digits) % 97:02d}{account}"


def alone(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Most invoices: paid, and that is all. Instalments are paid one by one."""
    if len(world.invoice(numbers[0]).instalments) == 1:
        yield from pays(world, numbers[0], dice)
        return
    for due in world.invoice(numbers[0]).instalments:
        yield world.after((due.due_on - world.today).days + dice.randint(-2, 4), dice)
        receive(world, numbers[0], due.amount)


def in_parts(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Half of it when due, and the rest when reminded."""
    invoice = world.invoice(numbers[0])
    yield world.after((invoice.due_on - world.today).days + 1, dice)
    receive(world, numbers[0], (invoice.amount / 2).quantize(CENT))
    yield from reminded(world, numbers[0], dice, 1)
    yield from pays(world, numbers[0], dice, soonest=3)


def reminded(world: World, number: str, dice: Random, times: int) -> Story:
    while world.invoice(number).reminders < times:
        yield world.after(1, dice)


def too_much(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Two digits were exchanged."""
    invoice = world.invoice(numbers[0])
    yield world.after((invoice.due_on - world.today).days - 1, dice)
    receive(world, numbers[0], invoice.amount + 270)


def nothing_at_all(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A payment run that was tried out, and the true one."""
    yield world.after((world.invoice(numbers[0]).due_on - world.today).days - 4, dice)
    receive(world, numbers[0], Decimal("0.00"))
    yield from pays(world, numbers[0], dice, soonest=2)


def two_cents_short(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    number = numbers[0]
    yield world.after((world.invoice(number).due_on - world.today).days, dice)
    receive(world, number, world.invoice(number).open_amount - Decimal("0.02"))
    yield world.after(1, dice)
    who = world.invoice(number).collector
    world.tell(who, WriteOff(invoice=number, why="Difference of two cents, not worth a stamp."))


def debited(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A direct debit that comes back; then it is paid by hand."""
    yield world.after((world.invoice(numbers[0]).due_on - world.today).days, dice)
    yield from _back(world, numbers[0], world.invoice(numbers[0]).open_amount, dice)
    yield from pays(world, numbers[0], dice, soonest=12)


def bounces(world: World, number: str, dice: Random) -> Story:
    """Half is paid in the midst of a dispute, and is taken back."""
    yield world.after(2, dice)
    half = (world.invoice(number).open_amount / 2).quantize(CENT)
    yield from _back(world, number, half, dice)


def _back(world: World, number: str, amount: Decimal, dice: Random) -> Story:
    reference = receive(world, number, amount, "SEPA direct debit")
    yield world.after(4, dice)
    why = "MD06: refund asked for by the debtor"
    world.tell("bank", ReversePayment(invoice=number, reference=reference, why=why))


def one_sum(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """One transfer for two invoices, without a number and a little too much."""
    first, firm = world.invoice(numbers[0]), world.firm(numbers[0])
    yield world.after((first.due_on - world.today).days + 1, dice)
    claims = {number: world.invoice(number).open_amount for number in numbers}
    reference = _money(world, firm.number, sum(claims.values()) + Decimal("12.50"))
    yield world.after(4, dice)
    for number, amount in claims.items():
        world.tell(
            first.collector,
            AllocateMoney(debtor=firm.number, reference=reference, invoice=number, amount=amount),
        )
    yield world.after(2, dice)
    back = ReturnMoney(
        debtor=firm.number, reference=reference, amount=Decimal("12.50"), why="Paid too much."
    )
    world.tell("femke", back)


def lost_money(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """A round sum in the last week, and nobody knows yet what for."""
    yield world.after((END - world.today).days - 4, dice)
    debtor, on = world.firm(numbers[0]).number, world.today
    reference = _money(world, debtor, Decimal("1500.00"))
    yield world.after(0, dice)
    why = "Asked them by mail what it is for."
    until = on + timedelta(days=3)
    world.tell(MANAGER, PostponeDebtorTask(debtor=debtor, item=reference, until=until, why=why))


def _money(world: World, debtor: str, amount: Decimal) -> str:
    reference = f"B-{world.today:%y%m%d}-{debtor}"
    world.tell(
        "bank",
        ReceiveMoney(
            debtor=debtor,
            reference=reference,
            amount=amount,
            method="bank transfer",
            payer_name=world.debtor(debtor).name,
        ),
    )
    return reference


def never(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
    """Nothing comes, whoever calls, though they signed for the goods."""
    yield world.after(2, dice)
    number, firm = numbers[0], world.firm(numbers[0])
    signed = f"Received in good order: {firm.person}, {world.today}"
    paper = pdf(f"signed-delivery-note-{number}.pdf", f"Delivery {number}", firm.name, signed)
    world.tell("lars", paper.attached_to(number), papers=[paper])
