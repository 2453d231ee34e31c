"""Writes what torch and numpy say of tensors with planted NaN, infinities and zeros.

    venv/bin/python scripts/values/answers.py      # torch and numpy, as scripts/corpus/requirements.txt has them

Of each: the bytes, the places of what was planted, and the answers that
__tests__/core/values/answers.test.ts holds the kernels to.
"""

import base64
import json
import random
from pathlib import Path

import numpy
import torch

OUT = Path(__file__).resolve().parents[2] / "__tests__/core/values/torch-answers.json"
SEED = 20
SHAPES = [(1,), (5,), (3, 7), (2, 3, 4), (67,)]
FLOATS = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2,
    "F8_E4M3FNUZ": torch.float8_e4m3fnuz,
    "F8_E5M2FNUZ": torch.float8_e5m2fnuz,
    "F8_E8M0": torch.float8_e8m0fnu,
}
COMPLEX = {"C64": torch.complex64, "C128": torch.complex128}
INTEGERS = {
    "U8": torch.uint8,
    "I8": torch.int8,
    "I16": torch.int16,
    "U16": torch.uint16,
    "I32": torch.int32,
    "U32": torch.uint32,
    "I64": torch.int64,
    "U64": torch.uint64,
    "BOOL": torch.bool,
}
# Those of one byte are small enough to be held to every value.
EVERY_BYTE = [name for name in (*FLOATS, *INTEGERS) if name.startswith("F8") or name in ("U8", "I8")]


def raw(tensor: torch.Tensor) -> bytes:
    return tensor.contiguous().view(torch.uint8).numpy().tobytes()


def numbers(tensor: torch.Tensor) -> numpy.ndarray:
    if tensor.is_complex():
        return tensor.to(torch.complex128).numpy()
    if tensor.dtype in FLOATS.values():
        return tensor.to(torch.float64).numpy()
    return tensor.numpy()


def answer(name: str, tensor: torch.Tensor) -> dict:
    values = numbers(tensor)
    flat = values.reshape(-1)
    parts = flat.view(numpy.float64) if numpy.iscomplexobj(flat) else flat.astype(numpy.float64)
    finite = numpy.abs(parts[numpy.isfinite(parts)])
    bad = numpy.argwhere(~numpy.isfinite(values))
    is_constant = len(bad) == 0 and bool((flat == flat[0]).all())
    constant = float(flat[0].real) + 0.0 if is_constant else None
    return {
        "dtype": name,
        "shape": list(tensor.shape),
        "bytes": base64.b64encode(raw(tensor)).decode(),
        "nan": int(numpy.isnan(parts).sum()),
        "infinite": int(numpy.isinf(parts).sum()),
        "firstPlace": bad[0].tolist() if len(bad) else None,
        "largest": float(finite.max()) if len(finite) else 0,
        # A complex one is told by its real part.
        "constant": constant,
    }


def planted(rng: random.Random, dtype: torch.dtype, shape: tuple[int, ...], kind: str) -> torch.Tensor:
    base = torch.complex128 if dtype.is_complex else torch.float64
    tensor = torch.randn(shape, dtype=base) * 10 ** rng.uniform(-3, 2)
    if kind == "zeros":
        return torch.zeros(shape).to(dtype)
    if kind == "constant":
        return torch.full(shape, rng.choice([0.5, 1, 2, -0.25])).to(dtype)
    flat = tensor.reshape(-1)
    for value in {"none": [], "nan": ["nan"], "infinite": ["inf", "-inf"], "both": ["nan", "inf", "0", "-0.0"]}[kind]:
        flat[rng.randrange(len(flat))] = float(value)
    return flat.reshape(shape).to(dtype)


def cases() -> list[dict]:
    rng = random.Random(SEED)
    torch.manual_seed(SEED)
    made = []
    for name, dtype in {**FLOATS, **COMPLEX}.items():
        for shape in SHAPES:
            for kind in ("none", "nan", "infinite", "both", "zeros", "constant"):
                made.append(answer(name, planted(rng, dtype, shape, kind)))
    for name, dtype in INTEGERS.items():
        for shape in SHAPES:
            size = 8 * torch.empty(0, dtype=dtype).element_size()
            content = torch.tensor([rng.randrange(256) for _ in range(torch.Size(shape).numel() * size // 8)], dtype=torch.uint8)
            own = content % 2 == 1 if dtype == torch.bool else content.view(dtype)
            made.append(answer(name, own.reshape(shape)))
            made.append(answer(name, torch.zeros(shape).to(dtype)))
    for name in EVERY_BYTE:
        every = torch.arange(256, dtype=torch.uint8).view({**FLOATS, **INTEGERS}[name])
        made += [answer(name, every[at : at + 1]) for at in range(256)]
    return made


if __name__ == "__main__":
    text = ",\n".join(json.dumps(case) for case in cases())
    OUT.write_text(f"[\n{text}\n]\n")
