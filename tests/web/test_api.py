"""The API: what it gives is what it describes, and what it refuses it refuses as a problem."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import onrecord
from onrecord.web.app import create_app
from tests.web.conftest import BRIDGE, Browser


def test_a_text_is_read_into_the_record_of_the_contract(browser: Browser) -> None:
    given = browser.post("/api/v1/read", json={"text": BRIDGE}).json()
    assert given == onrecord.read(BRIDGE).to_dict()


def test_what_is_found_goes_on_at_the_cursor(browser: Browser) -> None:
    asked: dict[str, str | int] = {"limit": 2}
    ids: list[str] = []
    while True:
        page = browser.get("/api/v1/find", params=asked).json()
        ids += [hit["statement"] for hit in page["hits"]]
        if not page["next"]:
            break
        asked["after"] = page["next"]
    assert len(ids) == len(set(ids)) == page["total"]
    wrong = browser.get("/api/v1/find", params={**asked, "q": "winter"})
    assert wrong.status_code == 400
    assert wrong.headers["content-type"] == "application/problem+json"
    assert "cursor" in wrong.json()["detail"]


def test_quotations_are_checked_against_what_is_sent(browser: Browser) -> None:
    said = {"name": "2026-03-05.said", "text": "ELENA RUIZ: We will not wait for another winter."}
    answer = browser.post("/api/v1/check", json={"article": {"text": BRIDGE}, "transcripts": [said]}).json()
    assert [v["verdict"] for v in answer["verdicts"]] == ["verbatim"]
    assert answer["needing"] == []
    bare = {"words": "We will wait for another winter", "speaker": "Elena Ruiz", "transcripts": [said]}
    answer = browser.post("/api/v1/check", json=bare).json()
    assert [v["verdict"] for v in answer["verdicts"]] == ["reversed"]
    assert answer["needing"] == [0]
    assert browser.post("/api/v1/check", json={"words": "Yes, we will"}).status_code == 422


def test_an_unknown_id_is_a_problem(browser: Browser) -> None:
    for path in ("articles/a0000000000000", "locate/s0000000000000", "articles/x"):
        answer = browser.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
OPERATIONS = [
    (method.upper(), path)
    for path, operations in create_app(Path("none.db")).openapi()["paths"].items()
    for method in operations
]


@pytest.fixture(scope="module")
def described(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    """The API's own description, with the application behind it."""
    path = tmp_path_factory.mktemp("api") / "news.db"
    path.write_bytes(filled.read_bytes())
    app = create_app(path, by="Mia", hosts=("127.0.0.1", "localhost", "testserver"))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_described(
    described: schemathesis.BaseSchema, method: str, path: str, data: st.DataObject
) -> None:
    case = data.draw(described[path][method].as_strategy())
    case.call_and_validate(checks=list(CHECKS))
