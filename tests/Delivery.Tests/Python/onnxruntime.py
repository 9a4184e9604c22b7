"""Stands in for onnxruntime where Python has none: the command diffusion does the computing. DIFFUSION names its diffusion.dll."""
import csv
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
        assert list(inputs) == ["noise"] and inputs["noise"].dtype == np.float32
        is_table = outputs != ["sample"]
        with tempfile.TemporaryDirectory() as folder:
            noise, rows, model = (os.path.join(folder, name) for name in ("noise.npy", "rows.csv" if is_table else "points.npy", "model.onnx"))
            with open(model, "wb") as file:
                file.write(self._model)
            np.save(noise, inputs["noise"])
            subprocess.run(["dotnet", os.environ["DIFFUSION"], "sample", model, "--noise", noise, "-o", rows], check=True, stderr=subprocess.DEVNULL)
            if not is_table:
                return [np.load(rows)]
            with open(rows, encoding="utf-8", newline="") as file:
                return [self._column(name, cells) for name, cells in self._columns(outputs, list(csv.DictReader(file)))]

    @staticmethod
    def _columns(outputs, rows):
        return [(name, [row[name] for row in rows]) for name in outputs]

    def _column(self, name, cells):
        (output,) = (value for value in onnx.load_from_string(self._model).graph.output if value.name == name)
        if output.type.tensor_type.elem_type == onnx.TensorProto.STRING:
            return np.array(cells, dtype=object)
        return np.array([float(cell or "nan") for cell in cells])
