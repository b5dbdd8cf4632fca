"""What a training of a few steps starts from."""

from pathlib import Path

import pytest

from onrecord.tagging.session import SHIPPED


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder of BERT's kind with random weights."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("encoder")
    size = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(**size), add_pooling_layer=False).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((SHIPPED / "tokenizer.json").read_bytes())
    return folder
