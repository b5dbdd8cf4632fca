"""An archive of any size, made without the model: the one generator of all benchmarks at scale.

    python benchmarks/generator.py OUT.db --statements 1000000 [--seed 1]

Ten years of articles by 200 outlets: words by Zipf's law, a few speakers who are everywhere and many who are rare,
kinds and acts as often as news has them, wire stories on 2 to 10 outlets, and families of variants: one utterance that
other articles take up trimmed, elided or altered. The families are written beside the archive, OUT.db.families.jsonl.
The same seed gives the same articles. They are written by the archive's own code, many in one transaction.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path

import numpy as np

from onrecord.archive import Archive, indexing, writing
from onrecord.article import Article, Span, short_id
from onrecord.record import Act, Confidence, Kind, ModelId, Record, Speaker, SpeakerKind, Statement, Unresolved

# the most frequent English words, the most frequent first; behind them come invented ones
FREQUENT = """the of to and a in that is was for it with as his on be at by i this had not are but from or have an they
which one you were her all she there would their we him been has when who will more no if out so said what up its about
into than them can only other new some could time these two may then do first any my now such like our over man me even
most made after also did many before must through back years where much your way well down should because each just
those people how too little state good very make world still own see men work long get here between both life being
under never day same another know while last might us great old year off come since against go came right used take
three government public law house war power court country president city police money tax health school party vote
leader plan report percent market company union water road bridge land trade border budget election minister council
""".split()
FIRST_NAMES = """Anna James Maria David Elena Robert Sofia John Laura Michael Ines Peter Nadia Thomas Ruth Carlos Mei
Ahmed Olga Paul Amara Henrik Leila Victor Rosa Daniel Yuki Marcus Clara Ibrahim Grace Stefan Priya Luis Ingrid
Samuel""".split()
ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sh st t tr v w z".split()
VOWELS = "a e i o u ai ea ou ie oa".split()
CODAS = "n r l s t m d ck nd rt st th ng x lm".split()
ROLES = "senator|spokesman for the ministry|the chief executive|mayor|professor of law|union leader".split("|")
UNNAMED = "a senior official|a person close to the talks|two aides|a police source|a diplomat".split("|")
CUES = {"speech": "said told added warned insisted".split(), "writing": "wrote tweeted posted".split()}
OTHER_CUES = "thought feared noticed hoped expected".split()
KINDS: tuple[tuple[Kind, ...], tuple[float, ...]] = ("direct", "mixed", "indirect"), (0.33, 0.12, 0.55)
ACTS: tuple[tuple[Act, ...], tuple[float, ...]] = (
    ("speech", "writing", "thought", "feeling", "perception", "intention", "other"),
    (0.8, 0.09, 0.04, 0.03, 0.01, 0.02, 0.01),
)
OUTLETS, SPEAKERS, VOCABULARY = 200, 60_000, 60_000
BEGIN, DAYS = datetime(2015, 1, 1, tzinfo=UTC), 3652
PER_ARTICLE = 18  # statements, on average
WIRE, TAKEN_UP, STARTED = 0.06, 0.04, 0.02  # shares: of wire stories, and of statements that take up or start a family
MODEL = ModelId("generated", "1", "0" * 64)
AT_ONCE = 1000  # articles in a transaction


@dataclass(frozen=True, slots=True)
class Variant:
    """One statement of a family: how it words the utterance that the family is of."""

    family: int
    statement: str
    article: str
    change: str  # whole, trimmed, elided, altered


@dataclass(slots=True)
class _Utterance:
    family: int
    speaker: int
    words: list[str]


@dataclass(slots=True)
class _Page:
    """A text as it grows, and its statements."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    found: list[tuple[Act, Kind, tuple[Span, ...], tuple[Span, ...], Span, Span, int | None]] = field(
        default_factory=list
    )
    families: dict[int, tuple[int, str]] = field(default_factory=dict)  # which statement: its family and change

    def add(self, text: str) -> Span:
        start = self.size
        self.parts.append(text)
        self.size += len(text)
        return Span(start, self.size)


class News:
    """The articles of one seed, in order of time. `families` fills as they are made."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._numbers = np.random.default_rng(seed)
        self.vocabulary = FREQUENT + sorted(self._invented(VOCABULARY, 2, 3) - set(FREQUENT))
        self._random.shuffle(invented := self.vocabulary[len(FREQUENT) :])
        self.vocabulary[len(FREQUENT) :] = invented
        self._shares = np.cumsum(1 / (np.arange(len(self.vocabulary)) + 2.7) ** 1.05)
        surnames = sorted(self._invented(SPEAKERS // 3, 1, 3))
        self.names = [self._name(i, surnames) for i in range(SPEAKERS)]
        self.outlets = [f"The {w.title()} {k}" for w, k in zip(surnames, self._papers(), strict=False)][:OUTLETS]
        self._speaker_shares = list(accumulate(1 / (i + 3) ** 0.95 for i in range(SPEAKERS)))
        self._outlet_shares = list(accumulate(1 / (i + 10) ** 0.8 for i in range(OUTLETS)))
        self._words: Iterator[str] = iter(())
        self._active: list[_Utterance] = []
        self._started = 0
        self.families: list[Variant] = []

    def records(self, statements: int) -> Iterator[Record]:
        """Records with about that many statements in all (no less), in order of time."""
        made, articles = 0, max(1, round(statements / PER_ARTICLE / (1 + WIRE * 5)))
        number = 0
        while made < statements:
            when = BEGIN + timedelta(days=DAYS * min(number / articles, 1), minutes=self._random.randrange(60))
            for record in self._story(number, when):
                made += len(record.statements)
                yield record
            number += 1

    def _invented(self, count: int, fewest: int, most: int) -> set[str]:
        pick, found = self._random.choice, set[str]()
        while len(found) < count:
            syllables = self._random.randint(fewest, most)
            found.add("".join(pick(ONSETS) + pick(VOWELS) for _ in range(syllables)) + pick(CODAS))
        return found

    def _papers(self) -> Iterator[str]:
        while True:
            yield from ("Courier", "Times", "Post", "Herald", "Gazette", "Wire")

    def _name(self, number: int, surnames: list[str]) -> tuple[SpeakerKind, str, tuple[str, ...]]:
        surname = self._random.choice(surnames).title()
        if number % 7 == 5:
            full = f"{surname} {self._random.choice(('Institute', 'Union', 'Ministry', 'Group'))}"
            return "organization", full, ("".join(w[0] for w in full.split()) + surname[1:3].upper(),)
        return "person", f"{self._random.choice(FIRST_NAMES)} {surname}", (surname,)

    def _draw(self, count: int) -> list[str]:
        drawn = list(islice(self._words, count))
        if len(drawn) < count:
            where = np.searchsorted(self._shares, self._numbers.random(200_000) * self._shares[-1])
            self._words = map(self.vocabulary.__getitem__, where.tolist())
            drawn += islice(self._words, count - len(drawn))
        return drawn

    def _story(self, number: int, when: datetime) -> Iterator[Record]:
        """One article or, of a wire story, all its copies."""
        pick = self._random
        outlets = pick.choices(self.outlets, cum_weights=self._outlet_shares, k=1)
        if pick.random() < WIRE:
            outlets = list(dict.fromkeys(pick.choices(self.outlets, cum_weights=self._outlet_shares, k=10)))
            outlets = outlets[: pick.randint(2, 10)]
        cast = list(
            dict.fromkeys(pick.choices(range(SPEAKERS), cum_weights=self._speaker_shares, k=pick.randint(2, 7)))
        )
        page = self._page(cast)
        text, title = "".join(page.parts), " ".join(self._draw(8)).capitalize()
        for i, outlet in enumerate(outlets):
            slug = outlet.lower().replace(" ", "")
            article = Article(
                text if not i else f"{text}\n\nThis story was first published elsewhere, {outlet} notes.",
                title=title if not i else " ".join(self._draw(7)).capitalize(),
                outlet=outlet,
                published=(when + timedelta(minutes=17 * i)).isoformat(),
                url=f"https://{slug}.example/{when:%Y/%m/%d}/{number}",
                language="en",
            )
            yield self._record(article, page, cast)

    def _page(self, cast: list[int]) -> _Page:
        page, pick = _Page(), self._random
        named: set[int] = set()
        for _ in range(max(1, min(60, round(pick.gammavariate(4, PER_ARTICLE / 4))))):
            if pick.random() < 0.6:
                page.add(" ".join(self._draw(pick.randint(8, 30))).capitalize() + ".")
                page.add("\n\n" if pick.random() < 0.5 else " ")
            self._statement(page, cast, named)
            page.add("\n\n" if pick.random() < 0.6 else " ")
        page.add(" ".join(self._draw(12)).capitalize() + ".")
        return page

    def _statement(self, page: _Page, cast: list[int], named: set[int]) -> None:
        pick = self._random
        kind, act = (pick.choices(*options)[0] for options in (KINDS, ACTS))
        cue = pick.choice(CUES.get(act, OTHER_CUES))
        who: int | None = pick.choice(cast)
        if (chance := pick.random()) < 0.1:
            who, source = -1, pick.choice(UNNAMED)
        elif chance < 0.17:
            who, source = None, pick.choice(("he", "she", "they", "the group"))
        words = self._draw(max(3, min(70, round(pick.lognormvariate(2.95, 0.55)))))
        if pick.random() < TAKEN_UP + STARTED:
            who, words, kind, act = self._variant(page, cast, who, words)
            cue = "said"
        if who is not None and who >= 0:
            _, full, aliases = self.names[who]
            source = aliases[0] if who in named and pick.random() < 0.8 else full
            named.add(who)
        sentence = " ".join(words)
        if kind == "direct":
            content = page.add(f"“{sentence.capitalize()},”")
            page.add(" ")
            by = page.add(source)
            page.add(" ")
            said = page.add(cue)
            page.add(".")
            quoted: tuple[Span, ...] = (content,)
        else:
            by = page.add(source)
            page.add(" ")
            said = page.add(cue)
            page.add(" that ")
            half = len(words) // 2
            if kind == "mixed":
                before, inside = page.add(" ".join(words[:half]) + " "), page.add(f"“{' '.join(words[half:])}”")
                content, quoted = Span(before.start, inside.end), (inside,)
            else:
                content, quoted = page.add(sentence), ()
            page.add(".")
        page.found.append((act, kind, (content,), quoted, said, by, who))

    def _variant(
        self, page: _Page, cast: list[int], who: int | None, words: list[str]
    ) -> tuple[int | None, list[str], Kind, Act]:
        """A statement that starts a family, or takes up an utterance of the last days."""
        pick = self._random
        if pick.random() < STARTED / (TAKEN_UP + STARTED) or not self._active:
            started = _Utterance(self._started, pick.choice(cast), self._draw(pick.randint(14, 40)))
            self._started += 1
            self._active.append(started)
            del self._active[:-60]
            page.families[len(page.found)] = started.family, "whole"
            return started.speaker, started.words, "direct", "speech"
        taken = pick.choice(self._active)
        if taken.speaker not in cast:
            cast.append(taken.speaker)
        whole = taken.words
        change = pick.choice(("whole", "trimmed", "trimmed", "elided", "altered"))
        first, last = len(whole) // pick.randint(4, 6), len(whole) - len(whole) // pick.randint(4, 6)
        new = {
            "whole": whole,
            "trimmed": whole[first:] if pick.random() < 0.5 else whole[:last],
            "elided": [*whole[:first], "…", *whole[first + 3 :]],
            "altered": [*whole[:first], *self._draw(1), *whole[first + 1 :]],
        }[change]
        page.families[len(page.found)] = taken.family, change
        return taken.speaker, new, "direct", "speech"

    def _record(self, article: Article, page: _Page, cast: list[int]) -> Record:
        ids = {who: f"p{i + 1}" for i, who in enumerate(dict.fromkeys(f[-1] for f in page.found if f[-1] is not None))}
        mentions: dict[int, list[Span]] = {}
        for *_, by, who in page.found:
            if who is not None:
                mentions.setdefault(who, []).append(by)
        speakers = tuple(self._speaker(who, i, tuple(mentions[who])) for who, i in ids.items())
        statements = []
        for n, (act, kind, content, quoted, cue, by, who) in enumerate(page.found):
            words = article.text[content[0].start : content[-1].end]
            place = f"{content[0].start}-{content[-1].end}"
            made = Statement(
                id=short_id("s", article.id.encode(), place.encode(), words.encode()),
                act=act,
                kind=kind,
                content=content,
                quotations=quoted,
                cue=(cue,),
                source=(by,),
                speakers=() if who is None else (ids[who],),
                unresolved=Unresolved("no name fits") if who is None else None,
                relay=(),
                polarity="asserted",
                rejects=False,
                confidence=Confidence(0.9, None if who is None else 0.9),
            )
            if len(ids) > 1 and n % 50 == 49:
                made = replace(made, relay=(next(i for i in ids.values() if i not in made.speakers),))
            statements.append(made)
            if n in page.families:
                family, change = page.families[n]
                self.families.append(Variant(family, made.id, article.id, change))
        return Record(article, speakers, tuple(statements), MODEL)

    def _speaker(self, who: int, called: str, mentions: tuple[Span, ...]) -> Speaker:
        if who < 0:
            return Speaker(called, "unnamed", None, described=mentions[:1], mentions=mentions)
        kind, name, aliases = self.names[who]
        roles = (ROLES[who % len(ROLES)],) if kind == "person" and len(mentions) > 1 else ()
        return Speaker(called, kind, name, aliases, roles, (), mentions)


def write(path: Path, news: News, statements: int) -> int:
    """Write an archive of about that many statements; gives how many there are."""
    made = 0
    with Archive(path, create=True) as archive:
        records = news.records(statements)
        while batch := list(islice(records, AT_ONCE)):
            with archive.transaction():
                for record in batch:
                    made += writing.put(archive.connection, record).statements
                    indexing.index(archive.connection, record.article.id)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began, news = time.perf_counter(), News(given.seed)
    made = write(given.out, news, given.statements)
    with given.out.with_name(f"{given.out.name}.families.jsonl").open("w", encoding="utf8") as beside:
        for variant in news.families:
            row = {name: getattr(variant, name) for name in ("family", "statement", "article", "change")}
            beside.write(json.dumps(row) + "\n")
    print(
        f"{made} statements, {len({v.family for v in news.families})} families in {time.perf_counter() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
