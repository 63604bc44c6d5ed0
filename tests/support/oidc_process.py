"""A process that is a provider of sign-ins for the tests, and prints its port.

It is oidc-provider-mock, which here also checks PKCE, and forges a token when a test wants so.
"""

import hashlib
import json
import sys
import warnings
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import Any

import flask
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server

with warnings.catch_warnings():  # it uses what authlib will drop
    warnings.simplefilter("ignore")
    import oidc_provider_mock

ENDS_AFTER = timedelta(minutes=2)  # an ID token
ENDS = {"no-way-out": None, "unsafe-way-out": "http://acme.example/out"}
challenges: dict[str, str] = {}  # by the code that was given for it
forging: dict[str, str] = {}  # how the next ID token is forged


def main() -> None:
    app = oidc_provider_mock.app(require_nonce=True, access_token_max_age=ENDS_AFTER)
    app.before_request(check_verifier)
    app.after_request(remember_or_forge)
    app.add_url_rule("/forging/<how>", view_func=forge, methods=["PUT"])
    server = make_server("localhost", 0, app, threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


def check_verifier() -> Any:
    given = flask.request.form
    if flask.request.path == "/oauth2/token":
        hashed = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if challenges.get(given.get("code", ""), "") != _text(hashed):
            return flask.jsonify({"error": "invalid_grant"}), 400
    return None


def remember_or_forge(answer: flask.Response) -> flask.Response:
    asked = flask.request
    if asked.path == "/oauth2/authorize" and asked.args.get("code_challenge_method") == "S256":
        _, _, code = answer.headers.get("Location", "").partition("code=")
        challenges[code.partition("&")[0]] = asked.args["code_challenge"]
    if asked.path.startswith("/.well-known/") and forging.get("how") in ENDS:
        content = json.loads(answer.get_data())
        content["end_session_endpoint"] = ENDS[forging.pop("how")]
        answer.set_data(json.dumps(content))
    if asked.path == "/oauth2/token" and forging and answer.status_code == 200:
        content = json.loads(answer.get_data())
        content["id_token"] = forged(content["id_token"], forging.pop("how"))
        answer.set_data(json.dumps(content))
    return answer


def forge(how: str) -> Any:
    forging["how"] = how
    return "", 204


def forged(token: str, how: str) -> str:
    """Return the token with other claims, or another signature."""
    header, body, _ = token.split(".")
    if how == "unsigned":
        return ".".join([_text(json.dumps({"alg": "none"}).encode()), body, ""])
    claims, signed = json.loads(_bytes(body)), json.loads(_bytes(header))
    if how == "by-our-secret":
        return jwt.encode(signed | {"alg": "HS256"}, claims, OctKey.import_key("hush" * 16))
    return jwt.encode(signed, claims, RSAKey.generate_key(2048))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


if __name__ == "__main__":
    main()
