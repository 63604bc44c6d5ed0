"""The limit on requests per minute: a token bucket for each key."""

import time
from dataclasses import dataclass, field

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
        now = time.monotonic()
        self.left = min(self.a_minute, self.left + (now - self.at) * self.a_minute / 60)
        self.at = now
        full_in = int((self.a_minute - self.left) * 60 / self.a_minute)
        current().headers |= {
            "RateLimit-Policy": f'"key";q={self.a_minute};w=60',
            "RateLimit": f'"key";r={max(int(self.left) - 1, 0)};t={full_in}',
        }
        if self.left < 1:
            raise Problem(
                "too-many-requests",
                f"At most {self.a_minute} requests a minute.",
                headers={"Retry-After": str(max(int(60 / self.a_minute), 1))},
            )
        self.left -= 1
