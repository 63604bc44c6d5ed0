"""Rate limits of the public form: for each sender, and for all together."""

from dataclasses import dataclass, field

from api.http.auth.rate_limit import TokenBucket, network

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
        self.each.setdefault(network(host), TokenBucket(EACH)).take()
        self.all.setdefault(tenant, TokenBucket(ALL)).take()
