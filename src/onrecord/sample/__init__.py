"""Validation samples: drawing them, and what their judgements say of a whole archive. It knows units and answers, and
nothing of where they are kept."""
