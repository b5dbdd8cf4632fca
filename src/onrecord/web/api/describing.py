"""The description of the API (OpenAPI 3.1): what FastAPI gathers, with the schemas of the record and of problems."""

import json
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from onrecord.web.api.problems import Problem

RECORD = {"$ref": "#/components/schemas/Record"}


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if not app.openapi_schema:
        made = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes, openapi_version="3.1.0"
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        schemas |= _record()
        app.openapi_schema = made
    return app.openapi_schema


def _record() -> dict[str, Any]:
    """The published schema of a record, its definitions among the description's own."""
    text = files("onrecord").joinpath("record.schema.json").read_text("utf8")
    found = json.loads(text.replace("#/$defs/", "#/components/schemas/Record."))
    own = {f"Record.{name}": schema for name, schema in found.pop("$defs").items()}
    return {"Record": {k: v for k, v in found.items() if k != "$schema"}, **own}
