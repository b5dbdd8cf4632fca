"""Signing in and out, where the desk listens to more than its own machine."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.sent import Sent, sent
from onrecord.web.sessions import COOKIE, Sessions
from onrecord.web.showing import inside, show

router = APIRouter()
LONGEST_NAME = 80


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """The form that asks for a token."""
    return show(request, "login.html", next=inside(next), wrong="")


@router.post("/login")
def sign_in(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """A session for whoever has a token; the name is the token's or, where it has none, the one that was typed."""
    sessions: Sessions = request.app.state.sessions
    keeper = sessions.keeper(form.get("token") or "")
    onward = inside(form.get("next") or "/")
    if keeper is None:
        return show(
            request, "login.html", 403, next=onward, wrong="That is no token of this desk. Ask whoever started it."
        )
    typed = (form.get("name") or "")[:LONGEST_NAME]
    if not keeper.name and (not typed or typed.casefold() in {(k.name or "").casefold() for k in sessions.keepers}):
        why = "That name has a token of its own; give yours." if typed else "This token has no name: give yours."
        return show(request, "login.html", 403, next=onward, wrong=why)
    session = sessions.sign_in(keeper.name or typed)
    response = RedirectResponse(onward, 303)
    response.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """End the session."""
    sessions: Sessions = request.app.state.sessions
    sessions.sign_out(request.scope["session"])
    return RedirectResponse("/login" if sessions.keepers else "/", 303)
