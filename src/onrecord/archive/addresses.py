"""One form of one address, so that a new text at a known address is seen to be a new version.

An address is changed only where the page stays the same: two articles taken for one would be worse than one taken for
two. So parameters are dropped by their whole names and only those that are known to track readers; courlan's cleaning
was tried and drops `gallery=5`, `game_id=7`, `uid=12` and `?12345` too, which are articles.
"""

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit, urlunsplit

TRACKING = re.compile(
    r"(?:utm|mtm|pk|at|hsa|vero|itm)_\w+"
    r"|(?:fbc|gc|dc|yc|twc|ttc)lid|msclkid|gclsrc|[gw]braid|li_fat_id|igsh(?:id)?|_g[al]|mc_[ce]id|_hs(?:enc|mi)"
    r"|mkt_tok|oly_(?:anon|enc)_id|s_?cid|ns_(?:mchannel|source|campaign|linkname|fee)|cmp(?:id)?|ncid|icid|intcid"
    r"|smid|smtyp|ito|xtor|mbid|soc_(?:src|trk)|sr_share|guccounter|guce_referrer(?:_sig)?|ref(?:_src|_url|errer)?",
    re.IGNORECASE,
)
AMP_FLAG = re.compile(r"amp(?:=(?:1|true|yes|amp)?)?|outputtype=amp", re.IGNORECASE)
AMP_END = re.compile(r"/amp(?:\.html)?$|\.amp(?:\.html)?$")
TOLD_APART = re.compile(r"\d|-[^/]*-|\.html?$")  # what an article's own part of the path has, and a section's has not
CAPTURE = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:|www\.)(.+)", re.DOTALL | re.IGNORECASE)
ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
BARE = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?/)", re.IGNORECASE)
WWW = re.compile(r"^(?:www\.)+")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
RESERVED = ":/?#[]@!$&'()*+,;=%"
USUAL_PORTS = (None, 80, 443)


def normal(url: str) -> str | None:
    """The address in the form by which it is compared, or None where it is no web address. Never raises.

    The same: http and https, the host's case and its "www.", a usual port, a user's name, a slash at the end, the order
    of parameters and those that track readers, the part behind "#" (but for "#!", which some sites name their pages
    by), how a character is escaped, the AMP form of an article, and a capture of the page at web.archive.org. Its own
    normal form is itself. As RFC 3986 (6.2) and the habits of news sites have it.
    """
    given = "".join(url.split()) if isinstance(url, str) else ""
    if given.startswith("//"):
        given = f"https:{given}"
    elif BARE.match(given):
        given = f"https://{given}"
    try:
        return _normal(urlsplit(given))
    except (ValueError, RecursionError):  # what cannot be an address, or a capture of captures without end
        return None


def _normal(parts: SplitResult) -> str | None:
    if parts.scheme.lower() not in ("http", "https") or not (host := _host(parts)):
        return None
    whole = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    if host == "web.archive.org" and (kept := CAPTURE.fullmatch(whole)):
        return normal(kept[1])
    path = _escaped(parts.path).rstrip("/")
    while (end := AMP_END.search(path)) and TOLD_APART.search(path[: end.start()].rpartition("/")[2]):
        path = path[: end.start()] + ".html" * (end[0] == ".amp.html")
    query = [p for p in _escaped(parts.query).split("&") if p and not AMP_FLAG.fullmatch(p)]
    query = [p for p in query if not TRACKING.fullmatch(p.partition("=")[0])]
    fragment = _escaped(parts.fragment) if parts.fragment.startswith("!") else ""
    return urlunsplit(("https", host, path, "&".join(sorted(query)), fragment))


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode()  # a UnicodeError is a ValueError
    host = WWW.sub("", host.lower().rstrip("."))
    if ":" in host:
        host = f"[{host}]"
    return host if parts.port in USUAL_PORTS or not host else f"{host}:{parts.port}"


def _escaped(part: str) -> str:
    """The part with all escaped that must be, in capitals, and nothing that need not be."""
    part = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)

    def one(escaped: re.Match[str]) -> str:
        plain = unquote_to_bytes(escaped[0]).decode("latin-1")
        return plain if plain in UNRESERVED else escaped[0].upper()

    return ESCAPED.sub(one, quote(part, safe=RESERVED + "~"))
