# Noise to rows of a table in Python: python table.py FILE.onnx [NOISE.npy], where diffusion compile has written the file.
# Needs numpy and onnxruntime (pip install numpy onnxruntime).
import json
import sys

import numpy as np
import onnxruntime as ort

with open(sys.argv[1], "rb") as file:  # as bytes: a file that is opened by name could name others
    session = ort.InferenceSession(file.read(), providers=["CPUExecutionProvider"])
with open(sys.argv[1].removesuffix(".onnx") + ".columns.json", encoding="utf-8") as file:
    spec = json.load(file)
noise = np.load(sys.argv[2]) if len(sys.argv) > 2 else np.random.default_rng(0).standard_normal((10, spec["dimension"]), dtype=np.float32)
cells = session.run([column["output"] for column in spec["columns"]], {"noise": noise})
for row in zip(*(column.tolist() for column in cells)):
    print(json.dumps({column["name"]: None if cell != cell else cell for column, cell in zip(spec["columns"], row)}))
