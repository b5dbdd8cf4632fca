"""The network: one encoder, and a head for each thing that is learned from it.

A head takes the words' vectors and gives its scores. A new one is a module here, a loss in `train.losses` and a name
in `session.OUTPUTS`; its labels come from `corpus.Example`. The encoder, the batches and the export stay as they are.
"""

from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from transformers import AutoModel

from onrecord.tagging.labels import NAMES, TAGS
from onrecord.tagging.pieces import SHAPES, SPECIAL

REACH = 64  # words; links further apart share one distance
ACROSS = 2  # paragraphs, likewise
QUICK = 10.0  # the biases are learned so many times as fast as other weights: they start from a guess


class Links(nn.Module):
    """Scores from each word to each word (biaffine, Dozat and Manning 2017), and what place alone tells of a link:
    how many words apart, before or behind, and how many paragraphs. Column 0, the window itself, stands for none."""

    def __init__(self, width: int, inner: int = 128) -> None:
        super().__init__()
        self.left = nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(0.2))
        self.right = nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(0.2))
        self.between = nn.Linear(inner, inner)
        apart = torch.arange(-REACH, REACH + 1)
        self.distance = nn.Parameter(-(apart.abs().log1p() + 0.5 * (apart > 0)) / QUICK)
        self.paragraphs = nn.Parameter(-4.0 * torch.arange(-ACROSS, ACROSS + 1).abs() / QUICK)
        self.none = nn.Parameter(torch.tensor(-8.0 / QUICK))

    def forward(self, words: Tensor, borders: Tensor) -> Tensor:
        """words: (batch, words, width); borders: 1 for the words between paragraphs. Gives (batch, words, words)."""
        scores = self.between(self.left(words)) @ self.right(words).transpose(1, 2)
        place = torch.arange(words.shape[1], device=words.device)
        apart = (place[None, :] - place[:, None]).clamp(-REACH, REACH) + REACH
        paragraph = borders.cumsum(1)
        across = (paragraph[:, None, :] - paragraph[:, :, None]).clamp(-ACROSS, ACROSS) + ACROSS
        bias = self.distance[apart] + self.paragraphs[across]
        return cast(Tensor, scores + QUICK * torch.where(place == 0, self.none, bias))


class Network(nn.Module):
    """ids, shapes: (batch, pieces); mask: 1 for a piece; first: (batch, words), each word's first piece.

    Gives tags (batch, words, 7), links (batch, words, words): content to cue, and cue to source, and names
    (batch, words, 11).
    """

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.normal_(self.shape.weight, std=0.01)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(TAGS))
        self.cue = Links(width)
        self.source = Links(width)
        self.names = nn.Sequential(nn.Linear(width, width // 2), nn.GELU(), nn.Linear(width // 2, len(NAMES)))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))

    @classmethod
    def over(cls, encoder: Path) -> "Network":
        """A new network over the encoder of a folder (Hugging Face's layout)."""
        body = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        return cls(body, body.config.hidden_size)

    def forward(
        self, ids: Tensor, shapes: Tensor, first: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The heads' scores for every word."""
        inputs = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        pieces = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        index = first.unsqueeze(-1).expand(-1, -1, pieces.shape[-1])
        words = self.drop(pieces.gather(1, index))
        borders = (shapes.gather(1, first) == SPECIAL).long()
        return self.tags(words), self.cue(words, borders), self.source(words, borders), self.names(words)
