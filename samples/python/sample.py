# Noise to points in Python: python sample.py FILE.onnx [NOISE.npy], where diffusion compile has written the file.
# Needs numpy and onnxruntime (pip install numpy onnxruntime).
import sys

import numpy as np
import onnxruntime as ort

with open(sys.argv[1], "rb") as file:  # as bytes: a file that is opened by name could name others
    session = ort.InferenceSession(file.read(), providers=["CPUExecutionProvider"])
d = session.get_inputs()[0].shape[1]
noise = np.load(sys.argv[2]) if len(sys.argv) > 2 else np.random.default_rng(0).standard_normal((1000, d), dtype=np.float32)
(sample,) = session.run(["sample"], {"noise": noise})
np.savetxt(sys.stdout, sample, fmt="%.9g", delimiter=",")
