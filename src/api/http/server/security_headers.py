"""The headers of every answer that tell a browser, and what stands between, to be careful."""

from starlette.types import Message, Scope

Pairs = list[tuple[bytes, bytes]]
CAREFUL: Pairs = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
NOTHING = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
DOCS = (  # Swagger UI starts itself by a script in the page, and draws with data: images
    b"content-security-policy",
    b"default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    b" img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    b" frame-ancestors 'none'",
)
TLS = (b"strict-transport-security", b"max-age=31536000")


def add_to(message: Message, scope: Scope) -> None:
    """Add what the answer does not say itself."""
    headers: Pairs = message["headers"]
    present = {name for name, _ in headers}
    headers += [pair for pair in CAREFUL if pair[0] not in present]
    if NOTHING[0] not in present:
        headers.append(DOCS if scope["path"].startswith("/docs") else NOTHING)
    if scope["scheme"] == "https":
        headers.append(TLS)
