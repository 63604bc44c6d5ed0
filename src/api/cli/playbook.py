"""``dossier playbook``: show, apply and compare the rules."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace as but
from typer import Argument, Option

from api.cli.kit.options import Because, By
from api.cli.kit.output import as_json, errors
from api.cli.kit.session import acting, caught_up_session, tenant_session
from api.clock.tick import assign_collectors, decide_pauses
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.hidden_rules import hidden_rules
from ledger.policy.playbook.in_force import together, wording
from ledger.policy.playbook.yaml_file import diff_lines, read, schema, to_yaml

app = typer.Typer()
playbook = typer.Typer(
    no_args_is_help=True, help="Rules: who solves what by when, and the dunning steps."
)
app.add_typer(playbook, name="playbook")
TheFile = Annotated[Path, Argument(help="A playbook in YAML.")]


@playbook.command(epilog="Example: `dossier playbook show > playbook.yaml`")
def show(
    as_schema: Annotated[bool, Option("--schema", help="Print the file's JSON Schema.")] = False,
    words: Annotated[
        bool, Option("--wording", help="With the shipped words that sound like a dispute.")
    ] = False,
) -> None:
    """Print the rules in force, as a file that `apply` accepts."""
    if as_schema:
        return as_json(schema())
    with tenant_session() as opened:
        book, rules = opened.playbook()
    if words:
        rules = but(rules, wording=wording(rules), together=together(rules))
    since = f"version {book.version}, since {book.applied_on}" if book.known else "as shipped"
    typer.echo(f"# The playbook in force: {since}.\n{to_yaml(rules)}", nl=False)


@playbook.command(epilog="Example: `dossier playbook apply playbook.yaml --why 'shorter terms'`")
def apply(
    file: TheFile,
    why: Annotated[str, Option(help="What is different, and why.")] = "",
    by: By = None,
    because: Because = None,
) -> None:
    """Apply these rules from today."""
    command = ApplyPlaybook(rules=read(file), why=why)
    with caught_up_session() as opened:
        _warn(opened.playbook()[1], command.rules)
        done = execute(opened.ledger, [command], opened.context(**acting(by, because)))
        decided, assigned = decide_pauses(opened), assign_collectors(opened)
    if done.entries:
        errors.print(f"In force: version {done.entries[-1].event.version} of the playbook.")
        if decided:
            errors.print(f"{decided:,} open disputes pause otherwise from now on.")
        if assigned:
            errors.print(f"{assigned:,} debtors and invoices have another collector.")
    else:
        errors.print("These rules are in force already.")


@playbook.command(epilog="Example: `dossier playbook diff playbook.yaml`")
def diff(file: TheFile) -> None:
    """Show how a file differs from the rules in force. Exit code 1 when it differs."""
    given = read(file)
    with tenant_session() as opened:
        _, rules = opened.playbook()
    _warn(rules, given)
    lines = diff_lines(rules, given)
    for line in lines:
        typer.echo(line)
    raise typer.Exit(1 if lines else 0)


def _warn(before: Rules, after: Rules) -> None:
    for warning in hidden_rules(before, after):
        errors.print(f"Warning: {warning}.", markup=False)
