"""Small healthy safetensors files that the mutations of a header start from."""

import json
import struct


def file_of(header: str | bytes | dict, data: bytes, length: int | None = None) -> bytes:
    """A file of this header, with the length that it has or another."""
    if isinstance(header, dict):
        header = json.dumps(header, separators=(",", ":"))
    text = header.encode("utf-8", "surrogatepass") if isinstance(header, str) else header
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def two_tensors() -> tuple[dict, bytes]:
    return {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "b": {"dtype": "BF16", "shape": [4], "data_offsets": [24, 32]},
    }, bytes(range(32))


def one_tensor() -> tuple[dict, bytes]:
    return {"lora_A.weight": {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]}}, bytes(8)


def with_empty() -> tuple[dict, bytes]:
    return {
        "none": {"dtype": "F32", "shape": [0, 4], "data_offsets": [0, 0]},
        "one": {"dtype": "I64", "shape": [], "data_offsets": [0, 8]},
        "bytes": {"dtype": "U8", "shape": [3], "data_offsets": [8, 11]},
    }, bytes(11)


STARTS = [two_tensors, one_tensor, with_empty]
