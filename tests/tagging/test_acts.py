"""How a source stands to a content. [c: …] marks the cue, [s: …] the source, [w: …] the content; quotation marks
inside the content are its quotations."""

import re

import pytest

from onrecord.record import Act, Polarity
from onrecord.tagging.acts import Stance, judge

MARKED = re.compile(r"\[([csw]): ?(.*?)\]", re.DOTALL)
QUOTED = re.compile(r"“[^”]*”?")


def stance(marked: str) -> Stance:
    text, at = "", 0
    spans: dict[str, list[tuple[int, int]]] = {"c": [], "s": [], "w": []}
    for m in MARKED.finditer(marked):
        text += marked[at : m.start()]
        spans[m[1]].append((len(text), len(text) + len(m[2])))
        text, at = text + m[2], m.end()
    text += marked[at:]
    inside = [q.span() for q in QUOTED.finditer(text)]
    quotations = [(max(a, s), min(b, e)) for a, b in inside for s, e in spans["w"] if min(b, e) > max(a, s)]
    return judge(text, spans["w"], spans["c"], spans["s"], quotations)


ACTS: list[tuple[str, Act]] = [
    ("[w: “We close at noon,”] [c: said] [s: the baker].", "speech"),
    ("[s: The mayor] [c: accused] her rival [w: of wasting the harbour money].", "speech"),
    ("[s: Okafor] [c: took to the stage to call for] [w: a new bridge].", "speech"),
    ("[s: Okafor] [c: made it clear] [w: that the ferry would stay].", "speech"),
    ("[s: The union] [c: threw its support behind] [w: the nurse’s campaign].", "speech"),
    ("[s: The minister] [c: expressed hope] [w: that the strike would end].", "speech"),
    ("[s: Okafor]’s [c: claim] [w: that the well was dry] surprised the town.", "speech"),
    ("[s: Mara Lind][c: :] [w: The lake is not for sale].", "speech"),
    ("[w: “Not today.”] The baker shrugged.", "speech"),
    ("[c: According to] [s: the keeper], [w: two lions slept].", "speech"),
    ("[s: She] [c: blorked] [w: “the whole town is asleep.”]", "speech"),
    ("[s: Okafor] [c: wrote] [w: that the lake froze].", "writing"),
    ("[s: Okafor] [c: tweeted]: [w: “What a night!”]", "writing"),
    ("[w: “We regret the delay,”] [s: the ferry line] [c: said] in a statement.", "writing"),
    ("In a short letter to the council, [s: Okafor] [c: said] [w: the bridge was unsafe].", "writing"),
    ("[s: A county survey of 900 households] [c: found] [w: that most had no cellar].", "writing"),
    ("[c: According to] [s: a report by the harbour office], [w: the pier is sinking].", "writing"),
    ("[s: The Daily Post] [c: reported] [w: that the pier was sold].", "writing"),
    ("[s: Forty percent] [c: said] [w: they would move away].", "writing"),
    ("“The pier is rotten,” Lind wrote on Monday. [w: “It must go,”] [s: she] [c: added].", "writing"),
    ("[s: The law] [c: requires] [w: every boat to carry a bell].", "writing"),
    ("[s: Okafor] [c: believes] [w: that the tide will turn].", "thought"),
    ("[s: Many farmers] [c: see] [w: the dam as a threat].", "thought"),
    ("[w: The minister] [c: is expected] [w: to resign].", "thought"),
    ("[s: Her neighbours] [c: were convinced] [w: that the well was haunted].", "thought"),
    ("[s: The sailors] [c: feared] [w: that the rope would break].", "feeling"),
    ("[s: Lind] [c: is proud of] [w: the old mill].", "feeling"),
    ("[s: A walker] [c: heard] [w: the ice crack].", "perception"),
    ("[s: Envoys] met [c: to discuss] [w: the harbour].", "intention"),
    ("[s: A voice] is then [c: heard saying]: [w: “We stop now.”]", "speech"),
    ("[s: The council] [c: plans] [w: to drain the pond].", "intention"),
    ("[s: Lind] [c: would like] [w: to sail around the island].", "intention"),
    ("[s: The council] [c: appointed] [w: a new harbour master].", "other"),
    ("[w: The plan] [c: seems] [w: doomed].", "other"),
]


@pytest.mark.parametrize(("marked", "act"), ACTS)
def test_act(marked: str, act: Act) -> None:
    assert stance(marked).act == act


POLARITIES: list[tuple[str, Polarity]] = [
    ("[s: Lind] [c: said] [w: that she never left].", "asserted"),
    ("[s: Lind] [c: never said] [w: that the mill was hers].", "negated"),
    ("[s: Lind] did not [c: say] [w: who owned the mill].", "negated"),
    ("[s: Lind] [c: has not yet said] [w: when the mill opens].", "negated"),
    ("[s: The office] [c: declined to comment on] [w: the sale].", "negated"),
    ("[s: Lind] [c: refused to promise] [w: a refund].", "negated"),
    ("[s: No one] [c: expected] [w: the dam to hold].", "negated"),
    ("[s: Few villagers] [c: believe] [w: the dam is safe].", "negated"),
    ("[s: The keeper] [c: made no mention of] [w: the lions].", "negated"),
    ("[s: Lind] [c: could not resist pointing out] [w: that the mill was older].", "asserted"),
    ("[s: Lind] [c: made no secret of] [w: her dislike].", "asserted"),
    ("[s: Lind] [c: never missed a chance to remind] them [w: that she had won].", "asserted"),
    ("[s: Lind] [c: not only said] [w: that the mill was old] but proved it.", "asserted"),
    ("[s: Lind] [c: would say] [w: that the mill is hers].", "hypothetical"),
    ("[s: Lind] [c: might argue] [w: that the mill is hers].", "hypothetical"),
    ("[s: The court] [c: is expected to announce] [w: a date].", "hypothetical"),
    ("It would matter if [s: Lind] [c: says] [w: that the mill is hers].", "hypothetical"),
    ("They asked whether [s: Lind] [c: told] the court [w: about the mill].", "hypothetical"),
    ("The book should help [s: readers] [c: understand] [w: the flood].", "hypothetical"),
    ("[s: Lind] should pay the town rather than [c: criticize] [w: its clerks].", "hypothetical"),
    ("[c: Asked whether] [w: the mill was hers], Lind laughed.", "asserted"),
]


@pytest.mark.parametrize(("marked", "polarity"), POLARITIES)
def test_polarity(marked: str, polarity: Polarity) -> None:
    assert stance(marked).polarity == polarity


REJECTIONS = [
    ("[s: Lind] [c: denied] [w: that she had sold the mill].", True),
    ("[s: Lind] [c: has repeatedly denied] [w: taking bribes].", True),
    ("[s: The keeper] [c: disputed] [w: the report of a third lion].", True),
    ("[s: The keeper] [c: rejected the claim that] [w: a lion had escaped].", True),
    ("[s: Lind] [c: took issue with] [w: the suggestion that she was late].", True),
    ("[s: The clerk] [c: pushed back against] [w: the accusation].", True),
    ("[s: The clerk] [c: cast doubt on] [w: the count].", True),
    ("[s: The clerk] [c: published a letter strongly disputing] [w: the account].", True),
    ("[s: Lind] [c: dismissed as false] [w: the story of the third lion].", True),
    ("[s: Lind] [c: brushed off] [w: concerns about the dam].", True),
    ("[s: Lind]’s [c: denial] [w: that she sold the mill] was printed.", True),
    ("[s: Lind] [c: questioned] [w: the fairness of the vote].", True),
    ("[s: Lind] [c: challenged] [w: the assertion that the mill was empty].", True),
    ("[s: Lind] [c: did not deny] [w: that she had sold the mill].", False),
    ("[s: Lind] [c: refused to disavow] [w: the poster].", False),
    ("[s: Lind] [c: rejected] [w: the offer of a boat].", False),
    ("[s: The judge] [c: denied] them [w: bail].", False),
    ("[s: Lind] [c: dismissed] [w: the mayor as a lightweight].", False),
    ("[s: Lind] [c: questioned whether] [w: the vote was fair].", False),
    ("[s: Lind] [c: challenged] [w: Okafor to a race].", False),
    ("[w: “Nonsense, we never had a third lion here,”] [s: the keeper] [c: scoffed].", False),
    ("[s: Lind] [c: said] [w: that she denied nothing].", False),
]


@pytest.mark.parametrize(("marked", "rejects"), REJECTIONS)
def test_rejects(marked: str, rejects: bool) -> None:
    assert stance(marked).rejects is rejects


def test_a_denial_not_made_is_negated_and_no_rejection() -> None:
    assert stance("[s: Lind] [c: did not deny] [w: selling the mill].") == Stance("speech", "negated", False)


def test_the_contents_own_words_are_not_read_as_the_cues() -> None:
    plain = stance("[s: Lind] [c: said] [w: she wrote in a letter that nobody would deny it].")
    assert plain == Stance("speech", "asserted", False)


def test_every_marked_example_has_a_content() -> None:
    rows = [row[0] for table in (ACTS, POLARITIES, REJECTIONS) for row in table]
    assert all("[w:" in row for row in rows)
