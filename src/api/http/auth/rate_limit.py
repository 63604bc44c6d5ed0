"""The limit on requests per minute: a token bucket for each key, and for each address."""

import time
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from api.environment import limit
from api.http.server.middleware import current
from api.http.server.problems import Problem

PER_MINUTE = limit("DOSSIER_RATE_LIMIT")  # requests of a key


@dataclass
class TokenBucket:
    """A number of requests, refilled evenly over a minute."""

    a_minute: int
    left: float = field(init=False)
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.left = self.a_minute

    def take(self) -> None:
        """Take one, and tell in the answer how many are left. Raises ``Problem`` if none is."""
        self._refill()
        full_in = int((self.a_minute - self.left) * 60 / self.a_minute)
        current().headers |= {
            "RateLimit-Policy": f'"key";q={self.a_minute};w=60',
            "RateLimit": f'"key";r={max(int(self.left) - 1, 0)};t={full_in}',
        }
        self.require()
        self.left -= 1

    def require(self) -> None:
        """Raise ``Problem`` if none is left."""
        self._refill()
        if self.left < 1:
            raise Problem(
                "too-many-requests",
                f"At most {self.a_minute} requests a minute.",
                headers={"Retry-After": str(max(int(60 / self.a_minute), 1))},
            )

    def _refill(self) -> None:
        now = time.monotonic()
        self.left = min(self.a_minute, self.left + (now - self.at) * self.a_minute / 60)
        self.at = now


def network(host: str) -> str:
    """Return the address; of IPv6 the /64, as anyone who has an address has all of it."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return address.exploded[:19] if isinstance(address, IPv6Address) else host
