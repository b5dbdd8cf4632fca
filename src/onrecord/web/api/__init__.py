"""The API under /api/v1/, a module for each kind of thing that it gives. Writes take JSON and nothing else: no form of
another site can send that unasked. A page of a list ends with `next`, a cursor for the page behind it."""

from fastapi import APIRouter

from onrecord.web.api import articles, auditing, checking, finding, judging, people, reading
from onrecord.web.api.problems import PROBLEMS

router = APIRouter(prefix="/api/v1", responses=PROBLEMS)
for _module in (reading, checking, finding, articles, judging, auditing, people):
    router.include_router(_module.router)
