"""A teacher's soft labels: how probable each tag of each word is, by a larger model that was trained before.

The teacher is any model folder, read as it is read at run time. Words are the same for all encoders of BERT's kind,
so its probabilities are laid on the words and not on the windows (distillation, Hinton et al. 2015).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np

from onrecord.errors import BrokenModel
from onrecord.tagging.chain import walk
from onrecord.tagging.session import Model
from onrecord.tagging.windows import windows
from onrecord.training.corpus import Annotated, Labelled


def teach(
    articles: Sequence[Annotated], labelled: Sequence[list[Labelled]], teacher: Model, report: Callable[[str], None]
) -> None:
    """Lays the teacher's tag probabilities on the paragraphs, in place."""
    with ThreadPoolExecutor(cpu_count()) as pool:
        for n, (article, parts) in enumerate(zip(articles, labelled, strict=True), 1):
            soft = _probabilities(article.text, teacher, pool)
            if len(soft) != sum(len(p.labels) for p in parts):
                raise BrokenModel(
                    "the teacher splits words otherwise than the encoder; take encoders with one kind of tokenizer"
                )
            at = 0
            for p in parts:
                p.soft = soft[at : at + len(p.labels)]
                at += len(p.labels)
            if n % 50 == 0:
                report(f"taught {n} of {len(articles)} articles")


def _probabilities(text: str, teacher: Model, pool: ThreadPoolExecutor) -> np.ndarray:
    _, _, parts = teacher.splitter.read(text)
    cut = list(windows(parts, teacher.splitter))
    scores = list(pool.map(teacher.run, cut))
    paths = walk([s.tags for s in scores], [w.borders for w in cut], teacher.transitions)
    rows = [p.tag_probabilities()[~w.borders] for p, w in zip(paths, cut, strict=True)]
    return np.concatenate(rows).astype(np.float16)
