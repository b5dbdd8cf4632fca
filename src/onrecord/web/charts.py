"""An audit's charts as Vega-Lite specifications: marks alone, for the page has the colours (`static/charts.js`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.audit import Audit
from onrecord.audit.report import OTHERS
from onrecord.audit.tables import Figure, Line
from onrecord.wording import KINDS

MOST_GROUPS = 240  # months of twenty years
MOST_OUTLETS = 20
LONGEST = 28  # characters of a name on an axis
ROW = 24  # pixels of a bar with what is between bars
Spec = dict[str, object]
SHARE: Spec = {"type": "quantitative", "axis": {"format": ".0%", "title": None, "tickCount": 5}}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its heading; `label` says in a sentence what it shows, for who cannot see it."""

    title: str
    label: str
    spec: Spec


def voices(found: Audit) -> Chart | None:
    """The shares of the voices with their intervals; None where nobody is heard."""
    heard = [line for line in found.whole.tables["voices"] if line.figures["statements"].value]
    lines = [line for line in heard if line.name != OTHERS]  # beside all others together nobody's bar could be seen
    if not lines:
        return None
    most = next((line for line in lines if line.about), lines[0])
    label = f"Bars: the share of statements of {len(lines)} lines of the table; {most.name} is heard most of the named."
    return Chart("Who is heard", label, _bars(lines))


def wording(found: Audit) -> Chart | None:
    """Whose words: quoted, part quoted or paraphrased."""
    lines = [line for line in found.whole.tables["wording"] if line.figures["statements"].value]
    named = [Line(KINDS[line.name], line.figures) for line in lines]  # type: ignore[index]
    label = "Bars: the share quoted, part quoted and paraphrased."
    return Chart("In whose words", label, _bars(named)) if named else None


def by_group(found: Audit) -> Chart | None:
    """The shares quoted, unnamed and not told of each group, over time or of the outlets."""
    groups = list(found.groups.items())
    if len(groups) < 2:
        return None
    timed = found.by in ("month", "year")
    if timed:
        groups = [g for g in groups if g[0][:4].isdecimal()][-MOST_GROUPS:]
    else:
        groups = sorted(groups, key=lambda g: -g[1].tables["statements"][0].figures["statements"].value)[:MOST_OUTLETS]
    rows = [
        {"group": name, "what": what, **_ends(figure)}
        for name, (_, part) in zip(_short([name for name, _ in groups]), groups, strict=True)
        for what, figure in _measures(part.tables)
    ]
    label = f"The shares quoted, of unnamed sources and not told, by {found.by}; the table by {found.by} has them."
    place: Spec = {"field": "group", "type": "ordinal", "axis": {"title": None, "labelAngle": -45}}
    legend: Spec = {"title": None, "orient": "top", "symbolOpacity": 1}
    base: Spec = {"x": place, "color": {"field": "what", "type": "nominal", "sort": None, "legend": legend}}
    over = {**base, "y": {"field": "low", **SHARE}, "y2": {"field": "high"}}
    value = {**base, "y": {"field": "value", **SHARE}}
    layers: list[Spec]
    if timed:
        unit = "utcyear" if found.by == "year" else "utcyearmonth"
        axis = {"title": None, "format": "%Y" if found.by == "year" else "%Y-%m", "labelOverlap": True}
        place |= {"type": "temporal", "timeUnit": unit, "axis": axis}
        layers = [
            _told(rows, {"mark": {"type": "area", "opacity": 0.18}, "encoding": over}),
            {"mark": {"type": "line", "point": {"size": 30}}, "encoding": value},
        ]
    else:
        shifted: Spec = {"xOffset": {"field": "what"}}
        layers = [
            _told(rows, {"mark": {"type": "rule"}, "encoding": over | shifted}),
            {"mark": {"type": "point", "filled": True, "size": 45}, "encoding": value | shifted},
        ]
    title = "Over time" if timed else "By outlet"
    return Chart(title, label, {"height": 220, "data": {"values": rows}, "layer": [one for one in layers if _any(one)]})


def _bars(lines: Iterable[Line]) -> Spec:
    lines = list(lines)
    rows = [
        {"name": name, **_ends(line.figures["share"])}
        for name, line in zip(_short([line.name for line in lines]), lines, strict=True)
    ]
    names: Spec = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 220}}
    bar: Spec = {"y": names, "x": {"field": "value", **SHARE}}
    rule: Spec = {"y": names, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": {"band": 0.62}, "opacity": 0.6}, "encoding": bar},
        _told(rows, {"mark": {"type": "rule", "size": 2}, "encoding": rule}),
    ]
    return {"height": ROW * len(rows), "data": {"values": rows}, "layer": [one for one in layers if _any(one)]}


def _told(rows: Sequence[Mapping[str, object]], layer: Spec) -> Spec:
    """The layer with the intervals, of those rows that have one."""
    return layer | {"data": {"values": [row for row in rows if row["low"] is not None]}}


def _any(layer: Spec) -> bool:
    """Whether there is anything to draw: a chart of nothing complains."""
    own = layer.get("data")
    return not isinstance(own, dict) or bool(own["values"])


def _measures(tables: Mapping[str, tuple[Line, ...]]) -> Iterable[tuple[str, Figure]]:
    wanted = (("wording", "direct", "quoted"), ("speakers", "unnamed sources", "unnamed sources"))
    for table, name, called in (*wanted, ("speakers", "could not be told", "not told")):
        for line in tables[table]:
            if line.name == name:
                yield called, line.figures["share"]


def _ends(figure: Figure) -> dict[str, float | None]:
    value, low, high = figure.rounded
    return {"value": value, "low": low, "high": high}


def _short(names: Sequence[str]) -> list[str]:
    """The names as an axis has room for them, each of its own: marks of one name would stand on one another."""
    out: list[str] = []
    for name in names:
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
        same = sum(s == short or s.startswith(f"{short} (") for s in out)
        out.append(f"{short} ({same + 1})" if same else short)
    return out
