"""The desk's pages, a module each."""

from onrecord.web.pages import (
    articles,
    auditing,
    checking,
    finding,
    judging,
    places,
    sampling,
    signing,
    speakers,
    utterances,
    versions,
)

ROUTERS = (
    finding.router,
    articles.router,
    speakers.router,
    utterances.router,
    versions.router,
    places.router,
    checking.router,
    judging.router,
    sampling.router,
    auditing.router,
    signing.router,
)
