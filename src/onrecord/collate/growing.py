"""Which statements an archive that changed has to group again: those that share runs with what came or went.

Which pairs of statements a run makes depends on all statements that have it: a run that one more speaker has may become
a set phrase, and pair nobody. So of each run of what came or went, all that have it are grouped again, with their whole
components of before; a run that was a set phrase and remains one changes nothing. That a run has not changed is enough
for its pairs to be the same as before, so that all others keep their groups.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.collate.grouping import copies_of
from onrecord.collate.runs import MANY_VOICES, OFTEN, Postings, Runs, runs_of
from onrecord.collate.said import Ints, Sayings

_TOLD = 24  # upper bits of a run's hash that are looked up before it is
Mask = NDArray[np.bool_]


class Before(NamedTuple):
    """The components as they were: the keys of all their statements, and to which of them (from 0) each belongs."""

    keys: Ints
    component: Ints


class Touched(NamedTuple):
    """What has to be done again. `again`: the statements to group; `beside`: these and all that share a run with them,
    which have to be known for it; `components`: the numbers of those of before that fall away."""

    again: Mask
    beside: Mask
    components: Ints


def touched(said: Sayings, fresh: Mask, gone: Sayings, before: Before) -> Touched:
    """What is touched by statements that came or went. `fresh`: the statements that came, and all others of every story
    from which or to which one came or went; `gone`: those that went, as they were, only their keys and words count."""
    runs = runs_of(said)
    lost = runs_of(gone).runs
    again = fresh.copy()
    again[_sharing(said, fresh, runs, lost)] = True
    own = np.concatenate((said.key[again], gone.key))
    components = np.unique(before.component[np.isin(before.keys, own)])
    again |= np.isin(said.key, before.keys[np.isin(before.component, components)])
    beside = again.copy()
    beside[runs.of[_among(runs.runs, np.unique(runs.runs[again[runs.of]]))]] = True
    return Touched(again, beside, components)


def _sharing(said: Sayings, fresh: Mask, found: Postings, lost: Runs) -> NDArray[np.int32]:
    """The other statements that share a run with those that came or went, unless it is a set phrase in any case."""
    changed, times = np.unique(np.concatenate((found.runs[fresh[found.of]], lost)), return_counts=True)
    others = ~fresh
    at = _among(found.runs, changed)
    at = at[others[found.of[at]]]
    run, of = np.searchsorted(changed, found.runs[at]), found.of[at]
    concerned = np.unique(of)
    sub = said.taken(concerned.astype(np.int64))
    first = copies_of(sub) == np.arange(len(sub))
    place = np.searchsorted(concerned, of)
    surnames = sub.surnames[place]
    counted = first[place] & (surnames != 0)
    speakers = np.unique(np.column_stack((run[counted], surnames[counted])), axis=0)[:, 0]
    voices = np.bincount(speakers, minlength=len(changed))
    most = np.bincount(run, minlength=len(changed)) + times
    phrase = (voices >= MANY_VOICES) & (most < OFTEN * voices)
    return np.unique(of[~phrase[run]])


def _among(runs: Runs, wanted: Runs) -> Ints:
    """Where the runs are that are among the wanted ones."""
    told = np.zeros(1 << _TOLD, bool)
    told[(wanted >> np.uint64(64 - _TOLD)).astype(np.int64)] = True
    at: Ints = np.flatnonzero(told[(runs >> np.uint64(64 - _TOLD)).astype(np.int64)])
    return at[np.isin(runs[at], wanted)]
