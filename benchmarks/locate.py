"""How well quotations are found again on their pages: python benchmarks/locate.py PAGES_FOLDER

Every English page (.html, .html.gz) is read; each pair of quotation marks in its text is a span. Given are how many
are located, how surely, how many of those called exact differ from the page (there must be none), and the time.
"""

import argparse
import gzip
import time
from collections import Counter
from pathlib import Path

from lxml import etree

from onrecord.article import Span
from onrecord.errors import SkippedInput
from onrecord.locate import Place, locate
from onrecord.locate.nodes import parse
from onrecord.sources.html import read_page
from onrecord.sources.language import is_english
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs


def differs(root: etree._Element, text: str, place: Place) -> bool:
    """Whether an exact claim does not hold, its nodes found by their paths in a tree of its own."""
    done = place.span.start
    for piece in place.pieces:
        nodes = root.getroottree().xpath(piece.path)
        if len(nodes) != 1 or nodes[0][slice(*piece.at)] != text[piece.start : piece.end]:
            return True
        if text[done : piece.start].strip():
            return True
        done = piece.end
    return done != place.span.end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    sure: Counter[str] = Counter()
    wrong, took = 0, []
    for path in sorted(p for p in parser.parse_args().folder.rglob("*") if p.name.endswith((".html", ".html.gz"))):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            article = read_page(raw, path.name)
        except SkippedInput as e:
            print(e)
            continue
        if is_english(article.text, article.language) is False:
            continue
        spans = [Span(m.start, m.end) for m in find_marked(article.text, paragraphs(article.text))]
        began = time.perf_counter()
        places = locate(raw, "text/html", article.text, spans)
        took.append(time.perf_counter() - began)
        root = parse(raw)
        wrong += sum(p.sure == "exact" and (root is None or differs(root, article.text, p)) for p in places)
        sure += Counter(p.sure for p in places)
        for p in places:
            if p.sure != "exact":
                print(f"{path.name}: {p.sure} {p.share} {p.fits}: {p.why}")
    total = max(1, sum(sure.values()))
    print(f"{len(took)} pages, {total} quotations, located {(sure['exact'] + sure['probable']) / total:.4f}")
    print(" ".join(f"{k} {sure[k]}" for k in ("exact", "probable", "several", "absent")), f"wrongly exact {wrong}")
    print(f"{1000 * sum(took) / max(1, len(took)):.0f} ms a page, {1000 * max(took, default=0):.0f} at most")


if __name__ == "__main__":
    main()
