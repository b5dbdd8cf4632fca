"""What the heads are trained by."""

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from onrecord.tagging.labels import NAMES, NOUNS, OUTSIDE, TAGS, may_follow

NEVER = -1e4


def allowed(transitions: Tensor) -> Tensor:
    """The learned transitions, with those that would break a span shut."""
    n = len(TAGS)
    shut = torch.tensor([[not may_follow(a, b) for b in range(n)] for a in range(n)], device=transitions.device)
    return transitions.masked_fill(shut, NEVER)


def fenced(tags: Tensor, border: Tensor) -> Tensor:
    """Emissions in which border words can only be outside."""
    closed = border.unsqueeze(-1) & (torch.arange(tags.shape[-1], device=tags.device) != OUTSIDE)
    return tags.masked_fill(closed, NEVER)


def chain(tags: Tensor, transitions: Tensor, gold: Tensor, words: Tensor) -> Tensor:
    """Negative log-likelihood of the gold path in a linear chain (Lafferty et al. 2001), a number a window.

    tags: (batch, words, tags). gold: (batch, words). words: 1 for a word. Word 0 is the window, always outside.
    """
    emitted = tags.gather(2, gold.unsqueeze(-1)).squeeze(-1) * words
    moved = transitions[gold[:, :-1], gold[:, 1:]] * words[:, 1:]
    path = emitted.sum(1) + moved.sum(1)
    alpha = tags[:, 0]
    for t in range(1, tags.shape[1]):
        step = torch.logsumexp(alpha.unsqueeze(2) + transitions, dim=1) + tags[:, t]
        alpha = torch.where(words[:, t : t + 1] > 0, step, alpha)
    return torch.logsumexp(alpha, dim=1) - path


def links(scores: Tensor, pieces: Tensor, allowed: Tensor) -> Tensor:
    """Cross-entropy of each span's link to a word, by the scores of its first and last word together.

    scores: (batch, words, words). pieces: (spans, 4), each a window, its first and last word, and the word it is
    linked to (0 for none). allowed: (batch, words), the words that a link may point at.
    """
    if not len(pieces):
        return scores.sum() * 0.0
    window, first, last, target = pieces[allowed[pieces[:, 0], pieces[:, 3]]].unbind(1)  # annotations may overlap
    if not len(window):
        return scores.sum() * 0.0
    both = scores[window, first] + scores[window, last]
    return cross_entropy(both.masked_fill(~allowed[window], NEVER), target)


def soft_tags(tags: Tensor, soft: Tensor) -> Tensor:
    """Cross-entropy against a teacher's tag probabilities, over the words that have them."""
    known = ~soft[..., 0].isnan()
    if not bool(known.any()):
        return tags.sum() * 0.0
    return -(soft[known] * tags[known].log_softmax(-1)).sum(-1).mean()


def names(scores: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy of the name tags. gold: (batch, words); -1 where nothing is known, -2 where a word is known to
    belong to no name, but not whether it is the head of a description."""
    log = scores.log_softmax(-1)
    nameless = torch.logsumexp(log[..., [OUTSIDE, *range(len(NAMES) - len(NOUNS), len(NAMES))]], -1)
    told = torch.where(gold >= 0, log.gather(-1, gold.clamp(min=0).unsqueeze(-1)).squeeze(-1), nameless)
    known = gold != -1
    return -(told * known).sum() / known.sum().clamp(min=1)
