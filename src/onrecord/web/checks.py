"""Checks that nobody has kept: in the desk's memory only, for a draft is nobody else's. The address leads to one."""

import secrets
from collections import OrderedDict
from threading import Lock

from onrecord.archive.checks import Check, packed, unpacked
from onrecord.article import short_id
from onrecord.check.proof import Proof

MOST = 50
MOST_BYTES = 100_000_000  # packed; the oldest go first


class Unkept:
    """The last MOST checks; several threads may use it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._packed: OrderedDict[str, bytes] = OrderedDict()

    def put(self, proof: Proof) -> str:
        """Hold a check; gives its id, which nobody can guess."""
        known, blob = short_id("k", secrets.token_bytes(16)), packed(proof)
        with self._lock:
            self._packed[known] = blob
            while len(self._packed) > MOST or (
                len(self._packed) > 1 and sum(map(len, self._packed.values())) > MOST_BYTES
            ):
                self._packed.popitem(last=False)
        return known

    def get(self, known: str) -> Check | None:
        """The check with that id, None where there is none."""
        with self._lock:
            blob = self._packed.get(known)
        return Check(known, unpacked(blob)) if blob else None

    def drop(self, known: str) -> bool:
        """Forget a check; tells whether it was there."""
        with self._lock:
            return self._packed.pop(known, None) is not None
