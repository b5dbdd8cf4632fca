"""Text to attributions: windows, the model, decoding."""
