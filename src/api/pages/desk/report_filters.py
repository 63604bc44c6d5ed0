"""What a report is narrowed to, which is its address: business unit, collector and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

Name = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Narrowing:
    """The filters of a report, empty where nothing is chosen."""

    business_unit: str = ""
    collector: str = ""
    on: date | None = None

    @property
    def of_rows(self) -> dict[str, str]:
        """The filters that are columns of the rows."""
        given = {"business_unit": self.business_unit, "collector": self.collector}
        return {name: value for name, value in given.items() if value}

    @property
    def given(self) -> dict[str, str]:
        """All that is chosen, as the parameters of the address."""
        return self.of_rows | ({"on": self.on.isoformat()} if self.on else {})

    def address(self, path: str, **more: str) -> str:
        """Return the address of a page that is narrowed alike; an empty value removes one."""
        kept = {name: value for name, value in (self.given | more).items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path

    def without(self, path: str, more: Mapping[str, str]) -> dict[str, str]:
        """Return the address without each of the filters."""
        return {name: self.address(path, **{**more, name: ""}) for name in self.given}


def _narrowing(business_unit: Name = "", collector: Name = "", on: Name = "") -> Narrowing:
    """Read the filters; a day that is none counts as not given."""
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        day = None
    return Narrowing(business_unit.strip(), collector.strip(), day)


Narrowed = Annotated[Narrowing, Depends(_narrowing)]
