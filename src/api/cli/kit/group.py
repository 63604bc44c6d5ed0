"""The root of the commands: a value that typer refuses is explained in our words."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typer import BadParameter
from typer.core import TyperGroup

from commands.field_texts import DATE, reason, shown

OF_FORMATS = "does not match the format"  # typer's, of a date


class ExplainingGroup(TyperGroup):
    """A group of commands with our texts for values of the wrong kind."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BadParameter as error:
            if isinstance(error.__cause__, ValidationError):
                error.message = _text(error.__cause__.errors(include_url=False)[0])
            raise


def _text(fault: ErrorDetails) -> str:
    if fault["type"] == "value_error" and OF_FORMATS in fault["msg"]:
        return DATE.format(given=shown(fault["input"]))
    return reason(fault)
