"""Words by what they do to a sentence when they come, go or change."""

NEGATIONS = frozenset(
    "not no never none nothing nobody nowhere neither nor without hardly scarcely barely unable refuse refused refuses "
    "deny denied denies fail failed fails".split()
)
HEDGES = frozenset(
    "if unless may might could maybe perhaps possibly probably allegedly reportedly apparently supposedly likely "
    "presumably potentially seemingly arguably purportedly seem seems seemed appear appears appeared whether".split()
)
FILLERS = (  # what is said while looking for words; longest first
    ("you", "know"), ("i", "mean"), ("you", "see"), ("uh",), ("um",), ("er",), ("erm",), ("ah",), ("eh",), ("oh",),
    ("hm",), ("hmm",), ("mm",), ("mhm",), ("well",), ("okay",), ("yeah",),
)  # fmt: skip
MONTHS = frozenset(
    "january february march april june july august september october november december".split()  # may is a verb
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
QUANTITIES = frozenset(
    "half third quarter dozen dozens hundreds thousands millions billions trillions twice double triple percent dollar "
    "first second fourth fifth sixth seventh eighth ninth tenth million billion trillion thousand hundred".split()
)
_OPPOSITES = """
all:none all:some always:never more:less more:fewer most:least many:few up:down in:out on:off before:after above:below
over:under increase:decrease increased:decreased increases:decreases increasing:decreasing rise:fall rises:falls
rising:falling rose:fell raise:lower raise:cut raising:lowering raised:lowered higher:lower high:low better:worse
best:worst good:bad great:terrible great:bad right:wrong true:false win:lose wins:loses won:lost winning:losing
winner:loser winners:losers support:oppose supports:opposes supported:opposed supporting:opposing strong:weak
stronger:weaker strength:weakness love:hate loves:hates loved:hated like:dislike yes:no can:cannot start:stop
begin:end began:ended open:close open:closed opened:closed build:destroy buy:sell give:take gives:takes gave:took
come:go came:went accept:reject accepted:rejected accepts:rejects agree:disagree agreed:disagreed allow:forbid
allow:ban allowed:banned legal:illegal safe:dangerous safe:unsafe safer:dangerous rich:poor new:old old:young
first:last early:late earlier:later long:short big:small bigger:smaller large:small hard:easy easy:difficult
easier:harder hot:cold friend:enemy friends:enemies ally:enemy allies:enemies guilty:innocent success:failure
succeed:fail succeeded:failed everything:nothing everybody:nobody everyone:nobody someone:nobody something:nothing
possible:impossible likely:unlikely fair:unfair happy:unhappy proud:ashamed honest:dishonest smart:stupid smart:dumb
for:against with:without pro:anti left:right republican:democrat republicans:democrats push:pull add:remove
keep:drop kept:dropped save:waste saved:wasted create:destroy created:destroyed creating:destroying peace:war
truth:lie truth:lies remember:forget include:exclude included:excluded major:minor positive:negative public:private
approve:disapprove trust:distrust hope:fear hopeful:hopeless full:empty rare:common enter:leave arrive:leave
expand:shrink grow:shrink growing:shrinking improve:worsen improved:worsened gain:loss gains:losses profit:loss
surplus:deficit ahead:behind inside:outside men:women man:woman north:south east:west day:night live:die lives:dies
lived:died alive:dead optimistic:pessimistic confident:worried encourage:discourage strengthen:weaken simple:complex
simple:complicated clean:dirty rarely:often seldom:often ever:never both:neither either:neither must:may will:may
will:might will:could should:may must:might shall:may can:might is:may
"""
OPPOSITES = frozenset(frozenset(pair.split(":")) for pair in _OPPOSITES.split() if ":" in pair)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")


def opposite(a: str, b: str) -> bool:
    """Whether two words are opposites: in the list, or one with a negating prefix, or one in -ful and one in -less."""
    if frozenset((a, b)) in OPPOSITES:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) > 3 and any(long == prefix + short for prefix in _PREFIXES):
        return True
    stems = {w.removesuffix("ful") for w in (a, b) if w.endswith("ful")}
    return bool(stems & {w.removesuffix("less") for w in (a, b) if w.endswith("less")})
