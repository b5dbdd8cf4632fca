"""Names from other corpora: GUM's, marked by people, and CoreNLP's, read by a machine.

GUM (Zeldes 2017) is read from its `.conllu` files: a name is the run of proper nouns at the head of an entity, and the
heads of the other persons and organizations are descriptions. CoreNLP's names stand in `corenlp.jsonl` beside
PolNeAR's articles; they hold errors, and know nothing of descriptions.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Name = tuple[int, int, str]
KIND = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place", "MISC": "other"}
TYPE = {"person": "person", "organization": "organization", "place": "place"}
NOUN = {"person": "person noun", "organization": "group noun"}
TITLE = re.compile(
    r"(?:mr|mrs|ms|dr|sen|rep|gov|gen|col|lt|sgt|prof|rev|sir|senator|representative|congress(?:wo)?man|governor|"
    r"president|secretary|general|judge|justice|mayor|professor|minister|chancellor|king|queen|prince|princess|chief|"
    r"officer|captain|colonel|doctor|attorney|director|prime|vice|pope|saint|aunt|uncle|brother|sister)\.?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    form: str
    pos: str
    head: int
    plural: bool
    entity: str


def machine_names(path: Path) -> dict[str, list[Name]]:
    """Each article's names by `corenlp.jsonl`, by its id; empty where there is no such file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {r["id"]: [(a, b, KIND[k]) for a, b, k in r["names"] if k in KIND] for r in rows}


def gum(path: Path) -> tuple[str, list[Name]]:
    """A document's text, its paragraphs parted by an empty line, and its names and descriptions' heads."""
    text = ""
    names: list[Name] = []
    tokens: list[_Token] = []
    for line in [*path.read_text(encoding="utf8").split("\n"), ""]:
        if line.startswith("# newpar") and text and not line.startswith("# newpar_block"):
            text = text.rstrip(" ") + "\n\n"
        if not line and tokens:
            names += _names(tokens)
            tokens = []
        columns = line.split("\t")
        if len(columns) < 10 or not columns[0].isdigit():
            continue
        misc = dict(x.split("=", 1) for x in columns[9].split("|") if "=" in x)
        at = len(text)
        tokens.append(
            _Token(
                at,
                at + len(columns[1]),
                columns[1],
                columns[3],
                int(columns[6]),
                columns[4] == "NNPS",
                misc.get("Entity", ""),
            )
        )
        text += columns[1] + ("" if misc.get("SpaceAfter") == "No" else " ")
    return text, names


def _entities(tokens: list[_Token]) -> Iterator[tuple[str, int, int]]:
    """Type, first and last token of each mention in a sentence."""
    opened: list[tuple[str, str, int]] = []
    for i, t in enumerate(tokens):
        for m in re.finditer(r"\(([^()\s]+?)(\)|(?=\()|$)|([^()\s]+?)\)", t.entity):
            if m[1]:
                number, kind = m[1].split("-")[:2]
                if m[2] == ")":
                    yield kind, i, i
                else:
                    opened.append((number, kind, i))
            else:
                number = m[3].split("-")[0]
                k = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] == number), None)
                if k is not None:
                    _, kind, first = opened.pop(k)
                    yield kind, first, i


def _names(tokens: list[_Token]) -> list[Name]:
    out: dict[tuple[int, int], str] = {}
    for kind, a, b in sorted(_entities(tokens), key=lambda e: e[1] - e[2]):
        head = next((i for i in range(a, b + 1) if not a <= tokens[i].head - 1 <= b), a)
        if tokens[head].pos == "PROPN" and kind not in ("time",):
            low = high = head
            while low > a and _joins(tokens, low - 1):
                low -= 1
            between = ("PROPN",) if kind == "person" else ("PROPN", "ADP", "CCONJ", "DET")
            while high < b and (
                tokens[high + 1].pos in between or "-" in tokens[high].form or tokens[high + 1].form == "-"
            ):
                high += 1
            while tokens[high].pos != "PROPN":
                high -= 1
            people = kind == "person" and tokens[head].plural
            if not TITLE.fullmatch(tokens[low].form):
                out[tokens[low].start, tokens[high].end] = "other" if people else TYPE.get(kind, "other")
        elif tokens[head].pos == "NOUN" and kind in NOUN:
            out[tokens[head].start, tokens[head].end] = NOUN[kind]
    flat: list[Name] = []
    for (x, y), kind in sorted(out.items(), key=lambda i: (i[0][0], -i[0][1])):
        if not flat or x >= flat[-1][1]:
            flat.append((x, y, kind))
    return flat


def _joins(tokens: list[_Token], i: int) -> bool:
    """Whether a token belongs to the name that the next one begins."""
    form, pos = tokens[i].form, tokens[i].pos
    if TITLE.fullmatch(form):
        return False
    return (
        pos == "PROPN" or (form == "-" and i > 0) or (form[:1].isupper() and i > 0 and pos in ("ADJ", "VERB", "NOUN"))
    )
