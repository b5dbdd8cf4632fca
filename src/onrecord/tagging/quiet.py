"""onnxruntime, told to send nothing: from 1.32 on it writes down what is run and sends it, unless it finds this before
it is loaded. Nothing that is read here leaves the machine."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]
