"""``dossier clock``: one run of what the worker does every few minutes."""

from datetime import datetime
from typing import Annotated

import typer
from typer import Option

from api.cli.kit.options import Json
from api.cli.kit.output import as_json, errors, screen
from api.cli.kit.session import caught_up_session
from api.clock.tick import TickReport, run_if_leader
from api.session import TenantSession
from ledger.policy import business_days

app = typer.Typer()


@app.command(epilog="Example: `dossier clock --at 2026-10-08T09:00+02:00`")
def clock(
    at: Annotated[str | None, Option(help="Local time to assume; now if left out.")] = None,
    json: Json = False,
) -> None:
    """Run today's tasks: end holds, judge promises, remind resolvers, escalate, follow up."""
    with caught_up_session() as opened:
        then = _moment(at, opened) if at else opened.clock()
        report = run_if_leader(TenantSession(opened.pool, opened.ledger, lambda: then))
        playbook, rules = opened.playbook()
        day = opened.ledger.today(then)
    if report is None:
        errors.print("Another clock is running, and does the same.")
    elif json:
        as_json(report)
    else:
        screen.print(f"{day}: {_summary(report)}", markup=False, soft_wrap=True)
    if not playbook.known:
        errors.print(
            "No message is sent before a playbook is applied: dossier playbook show >"
            " playbook.yaml, and dossier playbook apply playbook.yaml",
            soft_wrap=True,
        )
    elif not business_days.is_business_day(day, rules.calendar):
        errors.print(f"{day} is not a working day: no message is sent.")


def _moment(text: str, session: TenantSession) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--at: {text!r} is not a time such as 2026-10-08T09:00") from None
    return at if at.tzinfo else at.replace(tzinfo=session.ledger.zone)


def _summary(report: TickReport) -> str:
    unreachable = ", ".join(report.unreachable)
    return (
        f"Messages to debtors: {report.messages}, with steps: {report.steps}."
        f" Reminders of resolvers: {report.reminders}, of approvers: {report.approvals}."
        f" Escalations: {report.escalations}. Pauses decided again: {report.pauses}."
        f" Collectors assigned: {report.collectors}."
        f" Promises judged: {report.promises}."
        f" Holds ended: {report.holds}." + (f" Unreachable: {unreachable}." if unreachable else "")
    )
