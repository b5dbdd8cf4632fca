"""Corpora in, a model folder out; and how good it is (extra [train])."""
