"""Rate limits of the public form: for each sender, and for all together."""

from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from api.http.auth.rate_limit import TokenBucket

EACH, ALL = 5, 60  # messages a minute: from an address, and to a tenant
REMEMBERED = 10_000  # addresses


@dataclass
class Limits:
    each: dict[str, TokenBucket] = field(default_factory=dict)
    all: dict[str, TokenBucket] = field(default_factory=dict)

    def take(self, tenant: str, host: str) -> None:
        """Count a message. Raises ``Problem`` above a limit."""
        if len(self.each) > REMEMBERED:
            self.each.clear()
        self.each.setdefault(network_of(host), TokenBucket(EACH)).take()
        self.all.setdefault(tenant, TokenBucket(ALL)).take()


def network_of(host: str) -> str:
    """Return the address; of IPv6 the /64, as anyone who has an address has all of it."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return address.exploded[:19] if isinstance(address, IPv6Address) else host
