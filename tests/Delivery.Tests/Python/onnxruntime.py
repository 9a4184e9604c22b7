"""Stands in for onnxruntime where Python has none: the command diffusion does the computing. DIFFUSION names its diffusion.dll."""
import os
import subprocess
import tempfile

import numpy as np
import onnx


class _Input:
    def __init__(self, value):
        self.name = value.name
        self.shape = [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


class InferenceSession:
    def __init__(self, model, providers):
        assert providers == ["CPUExecutionProvider"]
        self._model = model

    def get_inputs(self):
        return [_Input(value) for value in onnx.load_from_string(self._model).graph.input]

    def run(self, outputs, inputs):
        assert outputs == ["sample"] and list(inputs) == ["noise"] and inputs["noise"].dtype == np.float32
        with tempfile.TemporaryDirectory() as folder:
            noise, points, model = (os.path.join(folder, name) for name in ("noise.npy", "points.npy", "model.onnx"))
            with open(model, "wb") as file:
                file.write(self._model)
            np.save(noise, inputs["noise"])
            subprocess.run(["dotnet", os.environ["DIFFUSION"], "sample", model, "--noise", noise, "-o", points], check=True, stderr=subprocess.DEVNULL)
            return [np.load(points)]
