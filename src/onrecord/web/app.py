"""The desk as an ASGI application: its pages, its API, and what is said when something goes wrong."""

import contextlib
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response

from onrecord.errors import BadArchive, OnrecordError, SkippedInput, StoppedRun, UnknownId
from onrecord.web import api, pages
from onrecord.web.api.describing import describe
from onrecord.web.assets import Assets
from onrecord.web.desk import Desk
from onrecord.web.safety import API, Safety
from onrecord.web.sent import sent
from onrecord.web.sessions import Keeper, Sessions
from onrecord.web.showing import STATIC, show

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_log = logging.getLogger("onrecord.web")


def create_app(
    archive: Path,
    *,
    by: str | None = None,
    keepers: Sequence[Keeper] = (),
    hosts: Collection[str] = LOOPBACK,
    secure: bool = False,
    model: Path | None = None,
) -> FastAPI:
    """The desk over the archive at that path. `by`: who judges where nobody signs in; `keepers`: who may sign in, and
    then everybody must; `hosts`: the names that it is called by."""
    desk, sessions = Desk(archive, by, model), Sessions(list(keepers))

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="onrecord",
        summary="Who said what: an archive's statements, speakers, utterances, checks and judgements.",
        version="1",
        openapi_url=f"{API}v1/openapi.json",
        docs_url=None,  # they fetch scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk, app.state.sessions = desk, sessions
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    every_page = APIRouter(dependencies=[Depends(sent)], include_in_schema=False)
    for router in pages.ROUTERS:
        every_page.include_router(router)
    app.include_router(every_page)
    app.include_router(api.router)
    app.mount("/static", Assets(directory=STATIC), name="static")
    for error, answer in ((OnrecordError, _told), (HTTPException, _refused), (RequestValidationError, _odd)):
        app.add_exception_handler(error, answer)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(Safety, sessions=sessions, hosts=hosts, secure=secure)
    return app


def told(request: Request, status: int, why: str, what_to_do: str = "", **more: object) -> Response:
    """What went wrong, as a page or, of the API, as problem+json (RFC 9457)."""
    if request.url.path.startswith(API):
        title = HTTPStatus(status).phrase
        body = {"type": "about:blank", "title": title, "status": status, "detail": why, **more}
        return JSONResponse(body, status, media_type="application/problem+json")
    return show(request, "problem.html", status, problem=why, what_to_do=what_to_do)


async def _told(request: Request, error: Exception) -> Response:
    match error:
        case UnknownId():
            return told(request, 404, str(error), "It may have been given in another archive, or mistyped.")
        case BadArchive():
            return told(request, 503, str(error), "When that is mended, load this page again: nothing is lost.")
        case SkippedInput():
            return told(request, 422, str(error), "Go back: what you sent is still there.")
        case StoppedRun():
            return told(request, 400, str(error), "Go back, change it, and try again.")
    return told(request, 500, str(error))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    why = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
    said = {404: "there is no such page", 405: "that cannot be done here"}.get(error.status_code, "that did not work")
    response = told(request, error.status_code, why or said)
    response.headers.update(error.headers or {})
    return response


async def _odd(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [f"{'.'.join(map(str, e['loc'][1:])) or e['loc'][0]}: {e['msg']}" for e in error.errors()[:5]]
    return told(request, 422, "; ".join(wrong), "The address or the form holds a value that cannot be.")


async def _broken(request: Request, error: Exception) -> Response:
    _log.exception("a fault in onrecord", exc_info=error)
    return told(request, 500, f"a fault in onrecord: {type(error).__name__}", "Please report it; nothing was lost.")
