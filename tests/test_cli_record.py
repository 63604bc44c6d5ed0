"""``dossier record``: every command there is, by hand, with its own fields as options."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from api.cli.kit.fields import option
from api.cli.record import OF_THE_FILE
from commands import COMMANDS
from ledger.database import documents
from ledger.database.pool import Pool
from support.cli import CliUser

INVOICE = {"amount": "1210", "due_on": "2026-03-01", "on": "2026-02-01", "debtor": "D-7"}


def entries(cli: CliUser, number: str = "A-1") -> list[dict[str, object]]:
    found: list[dict[str, object]] = cli("history", number, "--json").ok().json
    return found


def topics(cli: CliUser, number: str = "A-1") -> list[object]:
    return [entry["topic"] for entry in entries(cli, number)]


def register(cli: CliUser, number: str = "A-1") -> None:
    cli.record("register-invoice", invoice=number, **INVOICE).ok()


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_command_has_its_fields_as_options_and_an_example(
    verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    told = CliUser("").record(verb, "--help").ok().out
    fields = set(COMMANDS[verb].model_fields)
    if verb == "attach-document":
        fields = fields - set(OF_THE_FILE) | {"file"}
    for name in fields | {"by", "json"}:
        assert f"{option(name)} " in told
    assert f"Example: dossier record {verb} --" in told
    assert "PydanticUndefined" not in told
    assert "None" not in told


@pytest.mark.parametrize("verb", sorted(set(COMMANDS) - {"attach-document"}))
def test_every_required_field_is_asked_for(verb: str) -> None:
    """All of them are in the example; without the last one nothing is done."""
    required = [name for name, f in COMMANDS[verb].model_fields.items() if f.is_required()]
    CliUser("").record(verb).misused("Missing option", option(required[0]))


def test_a_whole_life_by_hand(cli: CliUser) -> None:
    both = ["A-1", "A-2"]
    cli.record("register-debtor", debtor="D-7", name="Bakery Jansen").ok()
    for number in both:
        register(cli, number)
    why = "Agreed 10 % less."
    opened = cli.record("open-dispute", "--json", invoice=both, reason="price", comment=why)
    first, second = opened.ok().json["entries"]
    assert first["event"]["case_id"] == second["event"]["case_id"]
    assert second["position"] == first["position"] + 1 == opened.json["position"]
    cli.record("assign-resolver", invoice=both, resolver="sam@workshop").ok()
    cli.record("remind-resolver", invoice=both).ok()
    resolved = {"outcome": "credited", "credited": 121, "root_cause": "pricing"}
    cli.record("resolve-dispute", invoice=both, **resolved).refused("one invoice at a time", code=2)
    for number in both:
        cli.record("resolve-dispute", invoice=number, **resolved).ok()
        cli.record("issue-credit-note", invoice=number, credit_note=f"C{number}", amount=121)
        cli.record("receive-payment", invoice=number, reference="P", amount=1089).ok()
        told = cli("contact-log", number).ok().out
        for words in (why, "sam@workshop", "pricing", "1089.00"):
            assert words in told
    rows = cli("invoices", "--json").ok().json
    assert [(row["status"], row["open_amount"]) for row in rows] == [("paid", "0.00")] * 2


def test_amounts_are_read_as_people_write_them(cli: CliUser) -> None:
    cli.record("register-invoice", invoice="A-1", **INVOICE | {"amount": "1.210,00"}).ok()
    cli.record("receive-payment", invoice="A-1", reference="P-1", amount="€ 1.000,-").ok()
    cli.record("receive-payment", invoice="A-1", reference="P-2", amount="1,010").refused(
        "--amount: 1,010 can be 1010.00 or 1.01: write one of these.", code=2
    )
    cli("dispute", "A-1", "--reason", "price", "--comment", "No.", "--contested", "1.050").refused(
        "--contested: 1.050 can be 1050.00 or 1.05", code=2
    )
    said = ("--reason", "price", "--comment", "No.", "--contested", "100,50", "--json")
    [opened, *_] = cli("dispute", "A-1", *said).ok().json
    assert opened["event"]["contested"] == "100.50"
    line = '{"number":"1","description":"Flour","amount":"1.210,00"}'
    cli.record("register-invoice", invoice="A-2", lines=line, **INVOICE).refused(
        "--lines 0 amount: 1.210,00 is not an amount; write 1210.00", code=2
    )


def test_one_payment_over_several_invoices_is_one_payment(cli: CliUser) -> None:
    cli.record("register-debtor", debtor="D-7", name="Bakery Jansen").ok()
    numbers = ["M1", "M2", "M3"]
    for day, number in zip(("2026-03-03", "2026-03-01", "2026-03-02"), numbers, strict=True):
        facts = INVOICE | {"amount": "200", "due_on": day}
        cli.record("register-invoice", invoice=number, **facts).ok()
    paid = cli.record("receive-payment", invoice=numbers, reference="BANK-9", amount="500").ok()
    for words in ("200.00 on invoice M2", "200.00 on invoice M3", "100.00 on invoice M1"):
        assert words in paid.out
    again = cli.record("receive-payment", invoice=numbers, reference="BANK-9", amount="500").ok()
    assert "Nothing to write" in again.out
    cli.record("receive-payment", invoice=numbers, reference="BANK-9", amount="400").refused(
        "--amount: Payment BANK-9 is recorded already, with amount 500.00"
    )
    more = cli.record("receive-payment", invoice=numbers, reference="BANK-10", amount="150").ok()
    assert "100.00 on invoice M1" in more.out
    assert "50.00 waits with debtor D-7" in more.out
    assert (
        "Nothing to write"
        in cli.record("receive-payment", invoice=numbers, reference="BANK-10", amount="150")
        .ok()
        .out
    )
    rows = cli("invoices", "--json").ok().json
    assert {(row["number"], row["open_amount"]) for row in rows} == {(n, "0.00") for n in numbers}
    tasks = cli("agenda", "--json").ok().json
    assert ("unallocated money", "50.00") in [(task["action"], task["amount"]) for task in tasks]


def test_an_amount_is_split_as_stated(cli: CliUser) -> None:
    both = ["A-1", "A-2"]
    for number in both:
        register(cli, number)
    payment = {"invoice": both, "reference": "B-1", "amount": "500"}
    for split, words in (
        (["A-1=300,A-3=200"], "A-3 is not one of the invoices"),
        (["A-1=300,A-2=201"], "add up to 500.00 at most, not 501.00"),
        (["A-1=300,A-2=199"], "1.00 would be left"),
    ):
        cli.record("receive-payment", **payment, split=split).refused(words)
    cli.record("receive-payment", **payment, split="A-1").refused("INVOICE=AMOUNT", code=2)
    cli.record("receive-payment", **payment, split=["A-1=299,50,A-2=200,50"]).ok()
    credit = {"invoice": both, "credit_note": "C-1", "amount": "2000"}
    cli.record("issue-credit-note", **credit).refused("Only 1920.00 is open")
    cli.record("issue-credit-note", **credit | {"amount": "20"}, split="A-1=12;A-2=8").ok()
    cli.record("write-off", invoice=both, amount="2000", why="Gone.").refused("Only 1900.00")
    off = cli.record("write-off", invoice=both, amount="1000", why="Gone.").ok().out
    assert "898.50 on invoice A-1" in off
    assert "101.50 on invoice A-2" in off
    cli.record("write-off", invoice=both, split="A-1=1", why="Gone.").refused("--amount", code=2)
    cli.record("make-promise", invoice=both, promised_for="2099-01-01", amount=5).refused(
        "--amount for one invoice at a time", code=2
    )


def test_one_invoice_that_cannot_be_disputed_leaves_the_others_as_they_were(
    cli: CliUser,
) -> None:
    register(cli)
    both = ["A-1", "nope"]
    cli.record("open-dispute", invoice=both, reason="price", comment="x").refused("nope")
    assert topics(cli) == ["invoice-registered.v1"]


def test_what_follows_by_the_playbook_follows_when_it_is_asked_for(
    cli: CliUser, tmp_path: Path
) -> None:
    playbook = tmp_path / "playbook.yaml"
    playbook.write_text(cli("playbook", "show").ok().out, "utf-8")
    cli("playbook", "apply", playbook, "--why", "The rules as shipped.").ok()
    cli.record("register-debtor", debtor="D-7", name="Jansen", email="jan@b.example").ok()
    for number, more, told in (("A-1", [], 0), ("A-2", ["--run"], 2)):
        register(cli, number)
        cli.record("open-dispute", invoice=number, reason="price", comment="Less.").ok()
        sam = "sam@seller.example"
        cli.record("assign-resolver", *more, invoice=number, resolver=sam).ok()
        cli.record("resolve-dispute", *more, invoice=number, outcome="rejected").ok()
        assert len(cli("postman", "list", "--json").ok().json) == told


def test_who_says_so_is_recorded(cli: CliUser) -> None:
    register(cli)
    said = {"by": "eva@sales", "because": "She phoned."}
    cli.record("add-note", invoice="A-1", text="Call on Monday.", **said).ok()
    assert entries(cli)[-1]["by"] == "eva@sales"


def test_the_answer_names_position_topic_and_what_looks_odd(cli: CliUser) -> None:
    register(cli)
    said = cli.record("receive-payment", invoice="A-1", reference="P", amount=0).ok()
    assert said.out == "2  payment-received.v1  (looks odd: zero_amount)\n"


def test_the_same_again_writes_nothing(cli: CliUser) -> None:
    register(cli)
    again = cli.record("register-invoice", invoice="A-1", **INVOICE).ok()
    assert again.out == "Nothing to write: it was so already.\n"
    in_json = cli.record("register-invoice", "--json", invoice="A-1", **INVOICE).ok()
    assert in_json.json == {"position": 0, "entries": []}
    assert len(entries(cli)) == 1


def test_an_attached_file_is_kept_byte_for_byte(cli: CliUser, pool: Pool, tmp_path: Path) -> None:
    register(cli)
    content = bytes(range(256)) * 99
    letter = tmp_path / "a letter é.pdf"
    letter.write_bytes(content)
    cli.record("attach-document", invoice="A-1", file=letter).ok()
    address = sha256(content).hexdigest()
    assert entries(cli)[-1]["data"] == {
        "sha256": address,
        "name": "a letter é.pdf",
        "media_type": "application/pdf",
        "size": len(content),
    }
    with pool.connection() as conn:
        assert documents.fetch(conn, "default", address) == content


def test_a_document_of_an_unknown_invoice_is_not_kept(
    cli: CliUser, pool: Pool, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("x")
    cli.record("attach-document", invoice="nope", file=letter).refused("no invoice nope")
    with pool.connection() as conn:
        assert conn.execute("select count(*) from document").fetchone() == (0,)


def test_an_item_of_the_agenda_is_done_or_put_off(cli: CliUser) -> None:
    register(cli)
    cli.record("finish-item", invoice="A-1", on="2026-03-02", text="Left a message.").ok()
    put_off = {"until": "2026-03-20", "why": "On holiday."}
    cli.record("postpone-item", invoice="A-1", on="2026-03-02", **put_off).ok()
    assert cli("agenda", "--on", "2026-03-19", "--json").ok().json == []
    [row] = cli("agenda", "--on", "2026-03-20", "--json").ok().json
    assert (row["item"], row["status"], row["due_on"]) == ("debtor", "open", "2026-03-20")
    cli.record("finish-item", invoice="A-1", item="promise").refused("no item promise")


def test_a_dispute_over_lines_is_said_in_json(cli: CliUser) -> None:
    lines = '{"number": "1", "description": "Chairs", "quantity": "4", "amount": "800"}'
    cli.record("register-invoice", invoice="A-1", lines=lines, **INVOICE).ok()
    said = {"invoice": "A-1", "reason": "price", "comment": "One too many."}
    cli.record("open-dispute", lines='{"number": "9"}', **said).refused("--lines", "line 9")
    one = '{"number": "1", "quantity": "1"}'
    cli.record("open-dispute", lines=one, tax="42", **said).ok()
    [row] = cli("disputes", "--json").ok().json
    assert row["disputed"] == "242.00"


def test_instalments_are_said_in_json(cli: CliUser) -> None:
    dues = [{"due_on": "2026-03-01", "amount": "100"}, {"due_on": "2026-04-01", "amount": "200.5"}]
    said = [json.dumps(due) for due in dues]
    cli.record("register-invoice", invoice="A-1", amount="300.50", instalments=said).ok()
    [row] = cli("invoices", "--json").ok().json
    assert row["due_dates"] == ["2026-03-01", "2026-04-01"]
    assert row["due_amounts"] == ["100.00", "200.50"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": "1,210"}, ("--amount: ", "1210.00 or 1.21")),
        ({"amount": "-1"}, ("--amount: ", "below 0")),
        ({"amount": ""}, ("--amount: ", "not an amount")),
        ({"due_on": "01/03/2026"}, ("--due-on: ", "date", "'01/03/2026'")),
        ({"due_on": "2026-02-30"}, ("--due-on: ", "2026-02-30")),
        ({"currency": "eur"}, ("--currency: ", "three letters", "'eur'")),
        ({"instalments": "x"}, ("--instalments", "JSON")),
        ({"instalments": "3"}, ("--instalments 0: ",)),
        ({"instalments": '{"due_on":"x","amount":1}'}, ("--instalments 0 due_on: ", "'x'")),
        ({"instalments": '{"due_on":"2026-03-01","amount":1}'}, ("either due_on or instalments",)),
    ],
)
def test_a_bad_value_is_named_with_the_rule(said: dict[str, str], words: tuple[str, ...]) -> None:
    """No database is asked for it."""
    wish = {"invoice": "A-1", **INVOICE, **said}
    CliUser("").record("register-invoice", **wish).refused(*words, code=2)


def test_a_bad_choice_is_answered_with_the_choices() -> None:
    asked = CliUser("").record("open-dispute", invoice="A-1", reason="nope", comment="x")
    asked.misused("--reason", "'nope' is not one of", "quantity_short")


def test_an_unknown_invoice_is_named(cli: CliUser) -> None:
    cli.record("add-note", invoice="nope", text="x").refused("There is no invoice nope.")


def test_a_refusal_names_the_option_to_change(cli: CliUser) -> None:
    register(cli)
    asked = cli.record("receive-payment", invoice="A-1", reference="P", amount="1.2345")
    asked.refused("--amount: 1.2345 has more than the 2 decimals of EUR.")


def test_a_file_that_is_not_there_is_named() -> None:
    asked = CliUser("").record("attach-document", invoice="A-1", file="/nope.pdf")
    asked.misused("--file", "/nope.pdf", "does not exist")


def test_markup_in_what_people_say_is_text(cli: CliUser) -> None:
    register(cli)
    cli.record("add-note", invoice="A-1", text="[red]see [/red] [bold]x").ok()
    assert "[red]see [/red] [bold]x" in cli("contact-log", "A-1").ok().out
    cli.record("add-note", invoice="[red]x[/red]", text="x").refused("[red]x[/red]")
