"""Who is at the desk, and that a form was sent from it.

A browser's session is a random id in a cookie that no script and no other site gets at. Each form carries a token that
is made of that id with a key that only this process has (OWASP, Cross-Site Request Forgery Prevention: HMAC-based
tokens), behind a fresh number, so that a compressed page does not give it away.
"""

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from onrecord.errors import BadUsage

COOKIE = "onrecord_session"
MOST = 1000  # people who are signed in at one time
LEAST_TOKEN = 16  # characters
_ID = re.compile(r"[\w-]{20,64}")


@dataclass(frozen=True, slots=True)
class Keeper:
    """One line of a token file: the token and, where the line has a name before it, whose it is."""

    token: str
    name: str | None


def tokens_of(path: Path) -> list[Keeper]:
    """The tokens in a file, one a line, each with its owner's name before it or alone: `Mia Jansen 3f8c…`.

    Raises BadUsage where the file cannot be read, holds none, or one that is too short to be safe.
    """
    try:
        lines = path.read_text("utf8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise BadUsage(
            f"{path}: the token file cannot be read: {getattr(e, 'strerror', None) or 'it is no text'}"
        ) from e
    found = []
    for line in filter(str.strip, lines):
        *name, token = line.split()
        if len(token) < LEAST_TOKEN:
            raise BadUsage(
                f"{path}: a token has fewer than {LEAST_TOKEN} characters; make one with: openssl rand -hex 16"
            )
        found.append(Keeper(token, " ".join(name) or None))
    if not found:
        raise BadUsage(f"{path}: the token file holds no token; make one with: openssl rand -hex 16")
    return found


class Sessions:
    """The sessions of one desk. `keepers`: who may sign in; none, and everybody who reaches the desk is in."""

    def __init__(self, keepers: list[Keeper] | None = None) -> None:
        self.keepers = keepers or []
        self._key = secrets.token_bytes(32)
        self._names: dict[str, str | None] = {}
        self._lock = Lock()

    @property
    def open(self) -> bool:
        """Whether nobody needs to sign in."""
        return not self.keepers

    def keeper(self, token: str) -> Keeper | None:
        """Whose token it is; every one is compared, so that the time tells nothing."""
        given = token.encode("utf8", "replace")
        found = [k for k in self.keepers if hmac.compare_digest(k.token.encode(), given)]
        return found[0] if found else None

    def sign_in(self, name: str | None) -> str:
        """A new session, of that name; gives its id. An id from before the signing in is never kept."""
        session = self.new()
        with self._lock:
            while len(self._names) >= MOST:
                self._names.pop(next(iter(self._names)))
            self._names[session] = name
        return session

    def sign_out(self, session: str) -> None:
        """End the session."""
        with self._lock:
            self._names.pop(session, None)

    def signed_in(self, session: str | None) -> bool:
        """Whether that session may see the desk."""
        return self.open or session in self._names

    def name(self, session: str | None) -> str | None:
        """Who is signed in, where that is known."""
        return self._names.get(session or "")

    def new(self) -> str:
        """An id for a new session."""
        return secrets.token_urlsafe(24)

    def known(self, cookie: str | None) -> str | None:
        """The id in a cookie, where it can be one."""
        return cookie if cookie and _ID.fullmatch(cookie) else None

    def token(self, session: str) -> str:
        """A token for the forms of a page."""
        number = secrets.token_hex(8)
        return f"{number}.{self._signed(session, number)}"

    def fits(self, session: str | None, token: str | None) -> bool:
        """Whether a form's token was made for that session, by this desk."""
        number, _, signed = (token or "").partition(".")
        return bool(session) and hmac.compare_digest(self._signed(session or "", number).encode(), signed.encode())

    def _signed(self, session: str, number: str) -> str:
        return hmac.new(self._key, f"{session}\0{number}".encode("utf8", "replace"), sha256).hexdigest()
