"""Puts .onnx files through the checker of the onnx package, shape inference included, and compares what it infers, told nothing of the outputs, with what the files say."""
import sys

import onnx
from onnx import checker, shape_inference


def shapes(values):
    return {v.name: [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim] for v in values}


def fits(inferred, stated):
    """Whether each axis has the length that was inferred; a symbol stands for any."""
    return len(inferred) == len(stated) and all(isinstance(a, str) or a == b for a, b in zip(inferred, stated))


for path in sys.argv[1:]:
    # Not by its path: version 1.12 then writes what it infers into the file.
    model = onnx.load(path, load_external_data=False)
    checker.check_model(model, full_check=True)
    assert all(not node.domain for node in model.graph.node), f"{path}: an operator is not a standard one"
    assert not any("Random" in node.op_type for node in model.graph.node), f"{path}: noise is drawn inside"
    stated = shapes(model.graph.output)
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    for name, shape in shapes(inferred.graph.output).items():
        assert fits(shape, stated[name]), f"{path}: {name} is inferred to be {shape}, stated to be {stated[name]}"
    print(path, shapes(inferred.graph.output))
