"""What the OpenAPI document promises is kept, whatever is asked: schemathesis, with every role."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast
from unittest.mock import patch

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CheckContext, CheckFunction
from schemathesis.core.failures import ServerError
from schemathesis.core.transport import Response
from schemathesis.generation.case import Case
from schemathesis.generation.modes import GenerationMode
from schemathesis.python import asgi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.http.auth.keys import Role
from api.http.server import state
from support.postgres import new_database
from support.routes import create_samples, every_route
from support.served import bearer, make_key

EXAMPLES = 12  # of each operation
PLENTY = 1_000_000  # requests a minute
SOON = 0.01  # seconds that a read waits for a position which was never written


def no_fault_of_ours(_: CheckContext, response: Response, case: Case[Any]) -> bool | None:
    """503 is said of a position that was made up; no other 5xx is right."""
    if response.status_code >= 500 and response.status_code != 503:
        raise ServerError(operation=case.operation.label, status_code=response.status_code)
    return None


CHECKS: list[CheckFunction] = [
    no_fault_of_ours,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


class SchemaCase(NamedTuple):
    """The document under test, and what is there to be asked for."""

    schema: Any
    url: str
    ids: dict[str, str]
    bodies: dict[str, Any]  # the document's own examples, by operation


@pytest.fixture(scope="module")
def schema_case(postgres: str) -> Iterator[SchemaCase]:
    with new_database(postgres) as url, patch.object(state, "READ_TIMEOUT", SOON):
        app = create_app(url, a_minute=PLENTY)
        app.state.keyring.wrong_a_minute = PLENTY
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        with asgi.get_client(cast(Any, app)) as http:
            ids = create_samples(http, make_key(url, Role.ADMIN, "first"))
        yield SchemaCase(schema, url, ids, {str(route): route.body for route in every_route(app)})
        asgi.shutdown_lifespans()


# threads of the application draw random numbers (pauses, the pool's retries) while strategies draw
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
def test_every_answer_is_as_the_document_says(schema_case: SchemaCase) -> None:
    """Each request comes from every role in turn: to invent it takes longer than to answer it."""
    keys = {role: bearer(make_key(schema_case.url, role)) for role in Role}
    failures = []
    for found in schema_case.schema.get_all_operations():
        operation = found.ok()
        try:
            _try(schema_case, operation, keys)
        except Exception as failure:
            failures.append(f"{operation.label}: {_first(failure)}")
    assert failures == []


def _try(schema_case: SchemaCase, operation: Any, keys: dict[Role, dict[str, str]]) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_good_or_bad(operation), there=st.booleans(), example=st.booleans())
    def holds(case: Any, there: bool, example: bool) -> None:
        if there:
            known = {
                name: schema_case.ids[name]
                for name in case.path_parameters
                if name in schema_case.ids
            }
            case.path_parameters.update(known)
        if example and schema_case.bodies.get(operation.label):
            case.body = schema_case.bodies[operation.label]
        for role, headers in keys.items():
            try:
                case.call_and_validate(headers=headers, checks=CHECKS)
            except Exception as failure:
                raise AssertionError(f"{role}: {_first(failure)}") from failure

    holds()


def _good_or_bad(operation: Any) -> Any:
    """What the document allows, and what it does not."""
    good = operation.as_strategy()
    takes = operation.body or any(True for _ in operation.iter_parameters())
    if not takes:
        return good
    return good | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def _first(failure: BaseException) -> str:
    """Of a group of failures, all the words."""
    if isinstance(failure, BaseExceptionGroup):
        return failure.message + "; ".join(_first(one) for one in failure.exceptions)
    return str(failure)
