"""Reading a text that is sent: its record, and nothing is kept."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from onrecord.article import Article
from onrecord.sources import complete
from onrecord.web.api.describing import RECORD
from onrecord.web.desk import LONGEST_DRAFT, Desk

router = APIRouter(tags=["reading"])
Fact = Annotated[str | None, Field(max_length=10_000)]


class Draft(BaseModel):
    """An article to read. What is not told is taken from the text where it stands there."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_DRAFT)]
    title: Fact = None
    byline: Fact = None
    published: Fact = None
    outlet: Fact = None
    url: Fact = None
    credit: Fact = None
    label: Fact = None

    @property
    def article(self) -> Article:
        """The article. Raises BadText."""
        return complete(
            Article(
                self.text,
                label=self.label or None,
                title=self.title or None,
                byline=self.byline or None,
                published=self.published or None,
                outlet=self.outlet or None,
                url=self.url or None,
                credit=self.credit or None,
            )
        )


@router.post("/read", responses={200: {"content": {"application/json": {"schema": RECORD}}}})
def read(request: Request, draft: Draft) -> Response:
    """Read an article; the answer is its record. It is not kept."""
    desk: Desk = request.app.state.desk
    return JSONResponse(desk.read([draft.article])[0].to_dict())
