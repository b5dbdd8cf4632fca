"""What a page's form sent: fields and files, held in memory and never run or unpacked here."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from onrecord.web.safety import LARGEST, SAFE
from onrecord.web.sessions import Sessions

MultiPartParser.spool_max_size = LARGEST  # a draft is nobody else's: it does not go to the disk
MOST_FIELDS = 2000
MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A form. `fields`: the last value of each, without white space around it but for `text`; `files`: those that hold
    anything, by the name of their field."""

    fields: Mapping[str, str]
    files: Mapping[str, tuple[Upload, ...]]

    def get(self, name: str) -> str | None:
        """A field's value; None where it is not there or blank."""
        return self.fields.get(name) or None


async def sent(request: Request) -> Sent:
    """The form of a request. Raises HTTPException 400 where it is none, 403 where no page of the desk made it."""
    if request.method in SAFE:
        return Sent({}, {})
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST)
    except (MultiPartException, ClientDisconnect, ValueError) as e:  # the last: of a form that is cut off or no form
        raise HTTPException(400, "the form is damaged or too large; send it again") from e
    fields: dict[str, str] = {}
    files: dict[str, tuple[Upload, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = value if name == "text" else value.strip()
        elif content := await value.read():
            files[name] = (*files.get(name, ()), Upload(value.filename or "file", content))
    sessions: Sessions = request.app.state.sessions
    if not sessions.fits(request.scope["session"], fields.get("csrf") or request.headers.get("x-csrf-token")):
        raise HTTPException(403, "the form was made before the desk was started, or elsewhere; go back, load it anew")
    return Sent(fields, files)
