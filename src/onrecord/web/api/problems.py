"""What the API answers when something goes wrong: problem+json (RFC 9457)."""

from typing import Any

from pydantic import BaseModel


class Problem(BaseModel):
    """What was wrong, and with what status; `detail` is for a person."""

    type: str
    title: str
    status: int
    detail: str


_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"description": "A value makes no sense.", "content": _CONTENT},
    401: {"description": "Nobody is signed in.", "content": _CONTENT},
    403: {"description": "It was sent from another site.", "content": _CONTENT},
    404: {"description": "The archive holds nothing of this id.", "content": _CONTENT},
    413: {"description": "What was sent is too large.", "content": _CONTENT},
    422: {"description": "What was sent is not of the right form, or holds no readable text.", "content": _CONTENT},
    503: {"description": "The archive cannot be read or written now.", "content": _CONTENT},
}
