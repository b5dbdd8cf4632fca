"""Pages from templates. All that is put into one is escaped; what cannot be is not put into one."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord import wording
from onrecord.web.desk import Desk
from onrecord.web.sessions import Sessions

STATIC = Path(__file__).parent / "static"
# path: what it is called in the line of pages
PLACES = (
    ("/", "Find"),
    ("/speakers", "Speakers"),
    ("/utterances", "Utterances"),
    ("/check", "Check"),
    ("/audit", "Audit"),
    ("/judge", "Judge"),
    ("/sample", "Sample"),
)


def show(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """The page of a template with these values. Every template also has `desk`, `who`, `csrf`, `here` and `places`."""
    desk: Desk = request.app.state.desk
    sessions: Sessions = request.app.state.sessions
    common: Mapping[str, object] = {
        "archive_name": desk.path.name,
        "who": signed_as(request),
        "signed_in": not sessions.open,
        "csrf": sessions.token(request.scope["session"]),
        "here": request.url.path,
        "query": dict(request.query_params),
        "places": PLACES,
    }
    text = _environment().get_template(template).render({**common, **values})
    return HTMLResponse(text.encode("utf8", "replace"), status)


def signed_as(request: Request) -> str | None:
    """Who judges: whoever is signed in, else whom the desk was started for."""
    desk: Desk = request.app.state.desk
    return request.scope.get("signed_as") or desk.by


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": lambda iso: wording.day(iso) if iso else "",
        "moment": wording.moment,
        "clock": wording.clock,
        "month": wording.month,
        "dated": wording.dated,
        "percent": percent,
        "embedded": embedded,
        "number": lambda n: f"{n:,}",
        "outward": outward,
        "titled": titled,
    }
    made.globals |= {
        "static": static,
        "address": address,
        "counted": wording.counted,
        "listed": wording.listed,
        "KINDS": wording.KINDS,
        "ACTS": wording.ACTS,
        "LEADS": wording.LEADS,
        "VERDICTS": wording.VERDICTS,
    }
    return made


def percent(share: float) -> str:
    """`12 %`; what is less than one and more than none is `under 1 %`."""
    return "under 1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def address(path: str, values: Mapping[str, object] | None = None, **changes: object) -> str:
    """A path with its query: `values`, with some of them changed; what is None or "" is left out."""
    kept = {k: v for k, v in {**(values or {}), **changes}.items() if v not in (None, "", False)}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def titled(title: str | None, label: str | None) -> str:
    """What to call an article: its title, or its file's name without the folders."""
    return title or (label or "").rstrip("/").rpartition("/")[2].strip("-") or "Without a title"


def inside(link: str) -> str:
    """The address, if it is one of the desk's own."""
    return link if link.startswith("/") and not link.startswith(("//", "/\\")) else "/"


def outward(link: str | None) -> str:
    """The link, if it is one to the web; a text can claim any address for itself."""
    return link if link and link.lower().startswith(("http://", "https://")) else ""


def embedded(value: object) -> Markup:
    """JSON in a page, for a script to read: no character of it can end the element or begin a tag."""
    text = json.dumps(value, ensure_ascii=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


@cache
def static(name: str) -> str:
    """The address of a file of ours, which changes when the file does, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
