"""Checks that were kept: the proof of an article, the waivers of quotations that need an editor, and who signed it off.

A waiver and a signature are rows of their own, and taking one back is written beside it. While a signature stands,
nothing of what was signed can be changed. Deleting a check erases all of it.
"""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import zstandard

from onrecord.archive import connection
from onrecord.check.proof import Proof
from onrecord.errors import BadUsage, UnknownId
from onrecord.wording import heading

if TYPE_CHECKING:
    from onrecord.archive.opened import Opened

LISTED = 'id, title, made, kept, "by", verdicts, needing, open, signed_by, signed_at'
TITLE = 80  # code points of an article's own words, where it has no title


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who let a quotation pass that needs an editor, when (ISO 8601 in UTC), and why."""

    by: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed a check off, and when; `open`: the numbers of the quotations that were open then."""

    by: str
    at: str
    open: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A kept check as a list tells of it. `made`, `kept`, `signed_at`: ISO 8601 in UTC; `verdicts`: how many of each;
    `open`: how many quotations need an editor still."""

    id: str
    title: str
    made: str
    kept: str
    by: str
    verdicts: Mapping[str, int]
    needing: int
    open: int
    signed_by: str | None
    signed_at: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """A check, kept or not (`kept` and `by` are None): its proof, the waivers that stand, by the numbers of their
    quotations, and the signature that stands."""

    id: str
    proof: Proof
    kept: str | None = None
    by: str | None = None
    waivers: Mapping[int, Waiver] = field(default_factory=dict)
    signed: SignOff | None = None

    @property
    def title(self) -> str:
        """What the article is called; its first words, where it has no title."""
        return title_of(self.proof)

    @property
    def open(self) -> tuple[int, ...]:
        """The numbers of the quotations that need an editor and are not waived."""
        return tuple(n for n in self.proof.needing if n not in self.waivers)


def title_of(proof: Proof) -> str:
    """What the article is called; its first words, where it has no title."""
    article = proof.record.article
    words = " ".join(article.text[: 4 * TITLE].split())
    return heading(article) or (words if len(words) <= TITLE else words[:TITLE].rpartition(" ")[0] + " …")


@dataclass(frozen=True, slots=True)
class Checks:
    """The kept checks of an archive: `archive.checks`. Every method raises BadArchive where the file cannot be read or
    written, UnknownId where no check has the id that it takes, and BadUsage where nobody is named who does it."""

    archive: "Opened"

    def keep(self, known: str, proof: Proof, by: str) -> None:
        """Keep a check under that id; one that is there is left alone."""
        row = {
            "id": known,
            "article": proof.record.article.id,
            "title": _valid(title_of(proof)),
            "made": proof.at,
            "kept": _now(),
            '"by"': _named(by),
            "verdicts": json.dumps(Counter(c.verdict for c in proof.verdicts)),
            "needing": len(proof.needing),
            "proof": packed(proof),
        }
        asked = f"INSERT OR IGNORE INTO kept_check ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        with connection.plainly(self.archive.path), self.archive.transaction():
            self._db.execute(asked, tuple(row.values()))

    def listed(self, limit: int = 50) -> list[Listed]:
        """The checks that were kept last, the last one first."""
        with connection.plainly(self.archive.path):
            rows = self._db.execute(f"SELECT {LISTED} FROM checks ORDER BY kept DESC, id LIMIT ?", (limit,))
            return [_listed(row) for row in rows]

    def check(self, known: str) -> Check:
        """The check with that id."""
        with connection.plainly(self.archive.path), self.archive.snapshot():
            return self._check(known)[1]

    def waive(self, known: str, quotation: int, by: str, why: str) -> None:
        """Let a quotation that needs an editor pass, for a reason. Raises BadUsage where it needs none, is waived
        already, or no reason is given."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            key, check = self._unsigned(known)
            if quotation not in check.proof.needing:
                raise BadUsage(f"quotation {quotation} needs no editor, so there is nothing to waive")
            if quotation in check.waivers:
                raise BadUsage(f"quotation {quotation} was waived already, by {check.waivers[quotation].by}")
            if not why.strip():
                raise BadUsage("say why it may pass; the reason is kept with the waiver")
            self._db.execute(
                'INSERT INTO waiver (kept_check, quotation, "by", at, why) VALUES (?, ?, ?, ?, ?)',
                (key, quotation, _named(by), _now(), _valid(why.strip())),
            )

    def take_back(self, known: str, quotation: int, by: str) -> None:
        """Undo the waiver of a quotation; that it was made stays written."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            key, check = self._unsigned(known)
            if quotation not in check.waivers:
                raise BadUsage(f"quotation {quotation} is not waived, so there is nothing to take back")
            self._db.execute(
                "UPDATE waiver SET undone = ?, undone_by = ? WHERE kept_check = ? AND quotation = ? AND undone IS NULL",
                (_now(), _named(by), key, quotation),
            )

    def sign(self, known: str, by: str, still_open: int = 0) -> None:
        """Sign a check off, of which so many quotations are open, as who signs knows. Raises BadUsage where it is
        another number, or somebody signed already."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            key, check = self._unsigned(known)
            if len(check.open) != still_open:
                raise BadUsage(f"{len(check.open)} of its quotations are open, not {still_open}; look at it again")
            self._db.execute(
                'INSERT INTO sign_off (kept_check, "by", at, open) VALUES (?, ?, ?, ?)',
                (key, _named(by), _now(), json.dumps(check.open)),
            )

    def unsign(self, known: str, by: str) -> None:
        """Take the signature back; that it was given stays written."""
        with connection.plainly(self.archive.path), self.archive.transaction():
            key, check = self._check(known)
            if check.signed is None:
                raise BadUsage("nobody has signed it off, so there is nothing to take back")
            self._db.execute(
                "UPDATE sign_off SET undone = ?, undone_by = ? WHERE kept_check = ? AND undone IS NULL",
                (_now(), _named(by), key),
            )

    def delete(self, known: str) -> None:
        """Erase a check, its waivers and its signatures."""
        with connection.plainly(self.archive.path):
            self._db.execute("PRAGMA secure_delete = ON")  # its words are overwritten, not only given up
            with self.archive.transaction():
                if not self._db.execute("DELETE FROM kept_check WHERE id = ?", (known,)).rowcount:
                    raise _unknown(known)
            with contextlib.suppress(sqlite3.OperationalError):  # who reads just now keeps the log
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def _db(self) -> sqlite3.Connection:
        return self.archive.connection

    def _unsigned(self, known: str) -> tuple[int, Check]:
        key, check = self._check(known)
        if check.signed:
            raise BadUsage(f"{check.signed.by} has signed it off; take the signature back first")
        return key, check

    def _check(self, known: str) -> tuple[int, Check]:
        row = self._db.execute('SELECT key, proof, kept, "by" FROM kept_check WHERE id = ?', (known,)).fetchone()
        if row is None:
            raise _unknown(known)
        key, proof, kept, by = row
        asked = 'SELECT quotation, "by", at, why FROM waiver WHERE kept_check = ? AND undone IS NULL'
        waivers = {number: Waiver(*rest) for number, *rest in self._db.execute(asked, (key,))}
        asked = 'SELECT "by", at, open FROM sign_off WHERE kept_check = ? AND undone IS NULL'
        signed = self._db.execute(asked, (key,)).fetchone()
        signature = SignOff(signed[0], signed[1], tuple(json.loads(signed[2]))) if signed else None
        return key, Check(known, unpacked(proof), kept, by, waivers, signature)


def _listed(row: Sequence[Any]) -> Listed:
    known, title, made, kept, by, verdicts, *rest = row
    return Listed(known, title, made, kept, by, json.loads(verdicts), *rest)


def packed(proof: Proof) -> bytes:
    """A proof as it is kept."""
    return zstandard.ZstdCompressor(level=10).compress(json.dumps(proof.to_dict()).encode())


def unpacked(blob: bytes) -> Proof:
    """The proof that was packed."""
    return Proof.from_dict(json.loads(zstandard.ZstdDecompressor().decompress(blob)))


def _unknown(known: str) -> UnknownId:
    return UnknownId(f"there is no check {known!r}; one that is not kept is gone when the desk is closed")


def _named(by: str) -> str:
    if not by.strip():
        raise BadUsage("name who does it; the name is kept with it")
    return _valid(by.strip())


def _valid(text: str) -> str:
    return text.encode("utf8", "replace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
