"""The desk's own files: style, scripts, fonts. Each is compressed once, and browsers may keep it for a year, since its
address changes when it does."""

import gzip
import os
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

KEPT = "public, max-age=31536000, immutable"
PACKED = ("text/", "application/javascript", "image/svg")  # the others are compressed by their own form


class Assets(StaticFiles):
    """A folder of files. Whoever takes gzip gets it, under an ETag of its own (RFC 9110, 8.8.3.3)."""

    def file_response(
        self, full_path: os.PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, packed where it can be; 304 where the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        asked = Headers(scope=scope)
        if response.headers.get("content-type", "").startswith(PACKED):
            response = _packed(response, full_path, stat_result, asked)
        if b"v=" in scope.get("query_string", b""):
            response.headers["Cache-Control"] = KEPT
        return response


def _packed(plain: Response, path: os.PathLike[str] | str, stat: os.stat_result, asked: Headers) -> Response:
    plain.headers["Vary"] = "Accept-Encoding"
    if "gzip" not in asked.get("accept-encoding", "") or "range" in asked or plain.status_code != 200:
        return plain
    tag = plain.headers["etag"].rstrip('"') + '-gzip"'
    headers = {name: plain.headers[name] for name in ("last-modified", "content-type")}
    headers |= {"ETag": tag, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    if tag in asked.get("if-none-match", ""):
        return NotModifiedResponse(Headers(headers))
    return Response(_compressed(str(path), stat.st_mtime_ns), headers=headers)


@lru_cache(32)
def _compressed(path: str, changed: int) -> bytes:
    """The file's bytes as gzip. `changed`: when it was, so that a newer one is packed anew."""
    with open(path, "rb") as file:
        return gzip.compress(file.read(), 9, mtime=0)
