"""Web archives: the pages that a crawl kept (WARC 1.1, ISO 28500:2017), read by FastWARC (Bevendorff et al. 2021)."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources.coding import decoded
from onrecord.sources.streams import LARGEST_PAGE, Piece, within

if TYPE_CHECKING:
    from fastwarc import WarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_HEADERS = 65536  # bytes of a response that are no page


class _Forward:
    """What FastWARC needs of a stream, a pipe included: the next bytes, and how many there were."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._count = stream, 0
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        found = getattr(self._stream, "read1", self._stream.read)(size)  # read loses what precedes an error
        self.ended = not found
        self._count += len(found)
        return found

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._count


class _Broken(UnreadableInput):
    """A record whose length is wrong: where the next one begins is not known."""

    def __init__(self, label: str, why: str) -> None:
        super().__init__(label, f"{why}; what follows it is left out")


def read_warc(stream: BinaryIO, label: str) -> Iterator[Piece | SkippedInput]:
    """Each HTML page that the archive holds with status 200, in order, decoded, labelled "label:ADDRESS".

    Other media, redirects, errors and repeated captures (revisit records) are passed over; one page is held at a
    time. A record whose length is wrong is a SkippedInput and the last: where the next one starts is not known. Raises
    NotAnArticle where there is no page, UnreadableInput where the file is no WARC.
    """
    source = _Forward(stream)
    held: Piece | SkippedInput | None = None  # given once the record behind it begins where this one's length says
    where, any_page = label, False
    records = _records(source)
    while True:
        try:
            record = next(records, None)
        except (OSError, UnreadableInput) as e:
            if isinstance(e, OSError) and not source.ended and where != label:
                yield _Broken(where, f"the WARC record has a wrong length or is damaged ({_line(e)})")
                return
            if held is not None:  # what is wrong is behind it
                yield held
            if isinstance(e, UnreadableInput):
                raise
            raise UnreadableInput(label, f"is no WARC file, or damaged or cut short ({_line(e)})") from e
        if held is not None:
            any_page = True
            yield held
        if record is None:
            break
        where = within(label, record.headers.get("WARC-Target-URI") or record.record_id or "?")
        try:
            held = _page(record, where)
        except _Broken as e:
            yield e
            return
        except UnreadableInput as e:
            held = e
    if not any_page:
        raise NotAnArticle(label, "the WARC file holds no page")


def _records(source: _Forward) -> Iterator["WarcRecord"]:
    """All records, whatever they hold. Raises OSError where the file is damaged."""
    from fastwarc import ArchiveIterator

    try:
        yield from ArchiveIterator(cast(BinaryIO, source), parse_http=False, fsspec_args=False)
    except BaseException as e:
        if type(e).__name__ == "PanicException":  # FastWARC's own fault, at data that it was not written for
            raise OSError("unreadable data") from e
        raise


def _page(record: "WarcRecord", where: str) -> Piece | None:
    """The page of a record, None where it holds none."""
    from fastwarc import WarcRecordType

    block = _block(record, where)
    if block is None:
        return None
    url = record.headers.get("WARC-Target-URI")
    if record.record_type == WarcRecordType.resource:
        media = (record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
        return Piece(where, io.BytesIO(block), url=url, media=media) if media in _PAGES else None
    return _payload(block, where, url)


def _block(record: "WarcRecord", where: str) -> bytes | None:
    """The bytes of a record; None where it is of no kind that holds pages, or too large for one, as a video is."""
    from fastwarc import WarcRecordType

    try:
        length = int(record.headers.get("Content-Length") or -1)
    except ValueError:
        length = -1
    if length < 0:
        raise _Broken(where, "the WARC record is cut short or has no length")
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return None
    if length > LARGEST_PAGE + _HEADERS:
        whole, block = record.consume() == length, None
    else:
        block = record.reader.read(length) if length else b""
        whole = len(block) == length
    if not whole:
        raise _Broken(where, "the WARC record is shorter than it says")
    return block


def _payload(block: bytes, where: str, url: str | None) -> Piece | None:
    """The page in a response, None where it holds none or an error's."""
    from fastwarc import WarcRecord

    # a record of its own: what is wrong in its coding then leaves the archive's reader where it is
    response = WarcRecord()
    response.set_bytes_content(block)
    response.is_http = True
    try:
        response.parse_http(auto_decode="transfer")
        headers = response.http_headers
        if headers.status_code != 200 or response.http_content_type not in _PAGES:
            return None
        payload = response.reader.read(len(block))
    except OSError as e:
        raise UnreadableInput(where, f"the response in the WARC record is damaged ({_line(e)})") from e
    page = decoded(payload, headers.get("Content-Encoding"), where, LARGEST_PAGE)
    return Piece(where, io.BytesIO(page), url=url, media="text/html", charset=response.http_charset)


def _line(error: OSError) -> str:
    return " ".join(str(error).split())[:60]
