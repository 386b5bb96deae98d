"""
Asks a TensorFlow library with CUDA in it which ops have a kernel for a GPU, and prints that as JSON: it answers without
a GPU, so the native step can be checked where there is none. Only Python's own modules are needed.

    python3 cuda-kernels.py libtensorflow_cc.so.2 MatMul BiasAdd ... > cuda-kernels.json

The library comes from the `tensorflow` wheel for Linux (`tensorflow-cpu` has no kernels for a GPU in it); beside it must
lie libtensorflow_framework.so.2. The answer is a KernelList of tensorflow/core/framework/kernel_def.proto.
"""

import ctypes
import json
import sys
from pathlib import Path

# tensorflow/core/framework/types.proto; the step knows no others.
TYPES = {1: "float", 3: "int32", 4: "uint8", 10: "bool"}

# A kernel for DEFAULT runs on every device.
DEVICES = (b"GPU", b"DEFAULT")


class Buffer(ctypes.Structure):
    """TF_Buffer of tensorflow/c/tf_buffer.h."""

    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t), ("deallocator", ctypes.c_void_p)]


def load(path: Path) -> ctypes.CDLL:
    ctypes.CDLL(str(path.with_name("libtensorflow_framework.so.2")), mode=ctypes.RTLD_GLOBAL)
    library = ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
    library.TF_NewStatus.restype = ctypes.c_void_p
    library.TF_Version.restype = ctypes.c_char_p
    library.TF_GetRegisteredKernelsForOp.restype = ctypes.POINTER(Buffer)
    library.TF_GetRegisteredKernelsForOp.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    return library


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data: bytes):
    """Number and value of each field of a protobuf message: bytes where it has a length, else a number."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        value, at = varint(data, at)
        if tag & 7 == 2:
            value, at = data[at : at + value], at + value
        yield tag >> 3, value


def named(data: bytes, number: int) -> list:
    return [value for field, value in fields(data) if field == number]


def types_of(constraint: bytes) -> list[str]:
    """The types that an AttrConstraint allows: allowed_values (2) is a list (1) of packed types (6)."""
    allowed = named(named(named(constraint, 2)[0], 1)[0], 6)
    numbers = [number for packed in allowed for number in (packed if isinstance(packed, bytes) else [packed])]
    return [TYPES[number] for number in numbers if number in TYPES]


def gpu_kernels(library: ctypes.CDLL, op: str) -> list[dict[str, list[str]]]:
    """For each kernel of the op on a GPU the types it takes, by attribute; {} takes all."""
    buffer = library.TF_GetRegisteredKernelsForOp(op.encode(), library.TF_NewStatus()).contents
    kernels = named(ctypes.string_at(buffer.data, buffer.length), 1)
    constraints = [
        {named(one, 1)[0].decode(): types_of(one) for one in named(kernel, 3)}
        for kernel in kernels
        if named(kernel, 2)[0] in DEVICES
    ]
    known = [one for one in constraints if all(one.values())]
    return sorted({json.dumps(one, sort_keys=True): one for one in known}.values(), key=json.dumps)


if __name__ == "__main__":
    path, *ops = sys.argv[1:]
    library = load(Path(path).resolve())
    kernels = {op: gpu_kernels(library, op) for op in sorted(ops)}
    print(json.dumps({"tensorflow": library.TF_Version().decode(), "kernels": kernels}, indent=2))
