"""Cursors: where a list goes on. One is good for the list that gave it, whatever is added meanwhile to its end."""

import base64
import binascii
import json
from collections.abc import Mapping
from hashlib import blake2b

from onrecord.errors import BadUsage


def cursor(place: int, of: Mapping[str, object]) -> str:
    """A cursor for that place of the list that is asked for by `of`."""
    return base64.urlsafe_b64encode(json.dumps([place, _digest(of)]).encode()).decode().rstrip("=")


def place(given: str | None, of: Mapping[str, object], first: int) -> int:
    """The place that a cursor tells; `first` where there is none. Raises BadUsage where it is none of that list's."""
    if not given:
        return first
    try:
        found = json.loads(base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True))
        at, digest = found
        if digest == _digest(of) and type(at) is int and 0 <= at < 1 << 62:
            return at
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise BadUsage("the cursor is none of this list's; take it from 'next' of an answer to the same question")


def _digest(of: Mapping[str, object]) -> str:
    return blake2b(json.dumps(of, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()
