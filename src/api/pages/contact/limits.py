"""How often strangers may write: each a little, and all of them together not too much."""

from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from api.http.auth.rate_limit import TokenBucket

EACH, ALL = 5, 60  # messages a minute: from one address, and to one tenant
REMEMBERED = 10_000  # addresses


@dataclass
class Limits:
    """One for the process."""

    each: dict[str, TokenBucket] = field(default_factory=dict)
    all: dict[str, TokenBucket] = field(default_factory=dict)

    def take(self, tenant: str, host: str) -> None:
        """Raises ``Problem``."""
        if len(self.each) > REMEMBERED:
            self.each.clear()
        self.each.setdefault(_network(host), TokenBucket(EACH)).take()
        self.all.setdefault(tenant, TokenBucket(ALL)).take()


def _network(host: str) -> str:
    """Who has one address of IPv6 has a whole /64 of them."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return address.exploded[:19] if isinstance(address, IPv6Address) else host
