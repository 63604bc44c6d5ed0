"""Recording of a command, and what is printed of it."""

from api.cli.kit.output import errors
from api.cli.kit.session import acting
from api.session import TenantSession
from commands.command import Command
from commands.execute import execute


def record(opened: TenantSession, command: Command, by: str | None, because: str | None) -> None:
    """Execute the command, and say whether it changed anything."""
    done = execute(opened.ledger, [command], opened.context(**acting(by, because)))
    errors.print("On record." if done.entries else "This is how it is already.")
