"""Ways to change a small safetensors file: its bytes, or the text of its header."""

import json
import random
from typing import Callable

from header_starts import file_of
from header_texts import BITS, DTYPES, NUMBERS, SPACES, STRINGS, VALUES

Mutation = Callable[[random.Random, dict, bytes], bytes]


def whole(header: dict, data: bytes) -> bytes:
    return file_of(header, data)


def bit_flipped(rng, header, data):
    content = bytearray(whole(header, data))
    end = len(content) - len(data)
    content[rng.randrange(end)] ^= 1 << rng.randrange(8)
    return bytes(content)


def byte_replaced(rng, header, data):
    content = bytearray(whole(header, data))
    content[rng.randrange(8, len(content) - len(data))] = rng.choice(b'\x00\x1f {}[]",:0129eE+-.\\/ntu\x7f\x80\xc0\xff')
    return bytes(content)


def bytes_inserted(rng, header, data):
    """The length follows, so that the header is read whole."""
    text = bytearray(json.dumps(header).encode())
    at = rng.randrange(len(text) + 1)
    text[at:at] = bytes(rng.choices(b' \t\n\r\x0b\x0c\x00",:{}[]0123456789-+.eE\\au\xc3\xa9\xed\xa0', k=rng.randint(1, 3)))
    return file_of(bytes(text), data)


def bytes_deleted(rng, header, data):
    text = bytearray(json.dumps(header).encode())
    at = rng.randrange(len(text))
    del text[at : at + rng.randint(1, 4)]
    return file_of(bytes(text), data)


def slice_repeated(rng, header, data):
    text = json.dumps(header).encode()
    start = rng.randrange(len(text))
    piece = text[start : start + rng.randint(1, 30)]
    at = rng.randrange(len(text) + 1)
    return file_of(text[:at] + piece + text[at:], data)


def bytes_swapped(rng, header, data):
    text = bytearray(json.dumps(header).encode())
    one, two = rng.sample(range(len(text)), 2)
    text[one], text[two] = text[two], text[one]
    return file_of(bytes(text), data)


def file_cut(rng, header, data):
    content = whole(header, data)
    return content[: rng.randrange(len(content))]


def file_grown(rng, header, data):
    return whole(header, data) + bytes(rng.randint(1, 9))


def length_other(rng, header, data):
    length = len(json.dumps(header, separators=(",", ":")))
    return file_of(header, data, rng.choice([0, 1, 2, length - 1, length + 1, length + len(data), length + len(data) + 1, 2**32, 2**63, 2**64 - 1, 100_000_000, 100_000_001]))


def random_bytes(rng, _header, _data):
    return rng.randbytes(rng.randrange(0, 64))


BYTE_MUTATIONS: list[Mutation] = [
    bit_flipped, byte_replaced, bytes_inserted, bytes_deleted, slice_repeated, bytes_swapped, file_cut, file_grown,
    length_other, random_bytes,
]  # fmt: skip


def tensors(header: dict) -> list[str]:
    return [name for name in header if name != "__metadata__"]


def pick(rng, header) -> dict:
    return header[rng.choice(tensors(header))]


def raw(header: dict, replacements: dict[str, str]) -> str:
    """The header's text with marks replaced by text that json.dumps would not write."""
    text = json.dumps(header, separators=(",", ":"))
    for mark, value in replacements.items():
        text = text.replace(f'"{mark}"', value)
    return text


def number_in_shape(rng, header, data):
    shape = pick(rng, header)["shape"]
    at = rng.randrange(len(shape) + 1)
    shape[at : at + rng.randrange(2)] = ["@"]
    return file_of(raw(header, {"@": rng.choice(NUMBERS)}), data)


def number_in_offsets(rng, header, data):
    pick(rng, header)["data_offsets"][rng.randrange(2)] = "@"
    return file_of(raw(header, {"@": rng.choice(NUMBERS)}), data)


def number_written_otherwise(rng, header, data):
    """The same number in another form: a float, an exponent, a leading zero."""
    place = pick(rng, header)["data_offsets"]
    at = rng.randrange(2)
    number = place[at]
    place[at] = "@"
    form = rng.choice(["{}.0", "{}e0", "0{}", "+{}", " {} ", '"{}"', "{}.00", "-{}", "{}E+0", "[{}]", "{}\n"])
    return file_of(raw(header, {"@": form.format(number)}), data)


def value_of_field(rng, header, data):
    pick(rng, header)[rng.choice(["dtype", "shape", "data_offsets"])] = "@"
    return file_of(raw(header, {"@": rng.choice(VALUES)}), data)


def value_of_tensor(rng, header, data):
    header[rng.choice(tensors(header))] = "@"
    return file_of(raw(header, {"@": rng.choice(VALUES)}), data)


def tensor_as_list(rng, header, data):
    """serde reads a structure from a list of its fields, too."""
    name = rng.choice(tensors(header))
    fields = header[name]
    listed = [fields["dtype"], fields["shape"], fields["data_offsets"]]
    header[name] = rng.choice([listed, listed[:2], [*listed, 1], listed[::-1]])
    return file_of(header, data)


def field_gone(rng, header, data):
    tensor = pick(rng, header)
    del tensor[rng.choice(sorted(tensor))]
    return file_of(header, data)


def field_added(rng, header, data):
    pick(rng, header)["@@"] = "@"
    text = raw(header, {"@": rng.choice([*VALUES, *NUMBERS]), "@@": rng.choice(['"note"', '"Shape"', '"offsets"', '""'])})
    return file_of(text, data)


def field_repeated(rng, header, data):
    fields = pick(rng, header)
    name = rng.choice(sorted(fields))
    fields["@@"] = fields[name] if rng.random() < 0.5 else "F16"
    return file_of(raw(header, {"@@": f'"{name}"'}), data)


def tensor_repeated(rng, header, data):
    name = rng.choice(tensors(header))
    header["@@"] = {**header[name], **rng.choice([{}, {"dtype": "I16"}, {"shape": [1]}, {"data_offsets": [0, 1]}])}
    text = raw(header, {"@@": json.dumps(name)})
    if rng.random() < 0.5:
        first = f'{{{json.dumps(name)}:{json.dumps({"dtype": "U8", "shape": [1], "data_offsets": [0, 1]})},'
        text = raw(header, {"@@": '"other"'}).replace("{", first, 1) if rng.random() < 0.3 else text
    return file_of(text, data)


def metadata_value(rng, header, data):
    header["__metadata__"] = rng.choice(["@", {"format": "@"}, {"a": "b", "c": "@"}])
    return file_of(raw(header, {"@": rng.choice([*VALUES, *STRINGS, *NUMBERS])}), data)


def metadata_repeated(rng, header, data):
    header["@@"] = rng.choice([{"format": "pt"}, {"format": "np"}, {}, None, 1, {"a": 1}])
    return file_of(raw(header, {"@@": '"__metadata__"'}), data)


def metadata_key(rng, header, data):
    header["__metadata__"] = {"@": "x", **rng.choice([{}, {"format": "pt"}])}
    return file_of(raw(header, {"@": rng.choice(STRINGS)}), data)


def name_other(rng, header, data):
    name = rng.choice(tensors(header))
    header = {("@" if key == name else key): value for key, value in header.items()}
    return file_of(raw(header, {"@": rng.choice(STRINGS)}), data)


def space_somewhere(rng, header, data):
    text = json.dumps(header, separators=(",", ":"))
    places = [at for at, letter in enumerate(text) if letter in "{}[],:"] + [0, len(text)]
    at = rng.choice(places) + rng.randrange(2)
    return file_of(text[:at] + rng.choice(SPACES) + text[at:], data)


def padding(rng, header, data):
    text = json.dumps(header, separators=(",", ":"))
    pad = rng.choice([" ", "\0", "\n", "\t", "x", "}", ",", " \0"]) * rng.choice([1, 7, 8, 64])
    return file_of(text + pad if rng.random() < 0.8 else pad + text, data)


def punctuation(rng, header, data):
    text = json.dumps(header, separators=(",", ":"))
    places = [at for at, letter in enumerate(text) if letter in '{}[],:"']
    at = rng.choice(places)
    return file_of(text[:at] + rng.choice(["", ",", ":", "}", "{", "]", "[", '"', ";", ",,", "::"]) + text[at + 1 :], data)


def dtype_other(rng, header, data):
    pick(rng, header)["dtype"] = rng.choice(DTYPES)
    return file_of(header, data)


def dtype_fitting(rng, _header, _data):
    """A dtype with just the bytes that its shape asks for, or one more or less."""
    dtype = rng.choice(DTYPES)
    shape = rng.choice([[8], [2, 4], [1], [3], [0], [], [16], [5]])
    count = 1
    for one in shape:
        count *= one
    size = max(0, (count * BITS.get(dtype, 8) + rng.choice([0, 0, 7])) // 8 + rng.choice([0, 0, 0, 1, -1]))
    return file_of({"a": {"dtype": dtype, "shape": shape, "data_offsets": [0, size]}}, bytes(size))


def offsets_moved(rng, header, data):
    place = pick(rng, header)["data_offsets"]
    by = rng.choice([-8, -1, 1, 2, 4, 8, len(data)])
    which = rng.choice([(0,), (1,), (0, 1)])
    for at in which:
        place[at] += by
    return file_of(header, data + bytes(max(0, by)) if rng.random() < 0.4 else data)


def offsets_in_other_order(rng, header, data):
    """Tensors listed in another order than they lie, or reversed."""
    names = list(header)
    rng.shuffle(names)
    if rng.random() < 0.3:
        pick(rng, header)["data_offsets"].reverse()
    return file_of({name: header[name] for name in names}, data)


def offsets_shared(rng, header, data):
    one, two = rng.choice(tensors(header)), rng.choice(tensors(header))
    header["shared"] = dict(header[one])
    header[two] = dict(header[two])
    return file_of(header, data)


def shape_other(rng, header, data):
    pick(rng, header)["shape"] = rng.choice([
        [], [0], [1], [2**32, 2**32], [2**63, 2], [2**64 - 1], [2**64 - 1, 0], [0, 2**64 - 1], [3, 2], [6, 1, 1], [1] * 40, [2, 3, 1],
        [2**31], [4, 2**62],
    ])  # fmt: skip
    return file_of(header, data)


def header_of_other_kind(rng, header, data):
    text = rng.choice(["[]", "{}", "null", "1", '"x"', "", " ", "{", "}", "{}{}", "{} {}", '{"__metadata__":{}}', '{"__metadata__":null}', "[1]", "{,}"])
    return file_of(text, rng.choice([b"", data]))


def nested_deep(rng, header, data):
    depth = rng.choice([10, 120, 125, 126, 127, 128, 129, 130, 500, 5000])
    pick(rng, header)["@@"] = "@"
    nested = rng.choice(["[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth])
    return file_of(raw(header, {"@": nested, "@@": '"note"'}), data)


def data_other(rng, header, data):
    by = rng.choice([-len(data), -1, 1, 8, 4096])
    return file_of(header, data + bytes(by) if by > 0 else data[:by])


def encoding_other(rng, header, data):
    text = json.dumps({**header, "é": header[tensors(header)[0]]} if rng.random() < 0.2 else header, ensure_ascii=False)
    encoding = rng.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "utf-8-sig"])
    return file_of(text.encode(encoding, "replace"), data)


GRAMMAR_MUTATIONS: list[Mutation] = [
    number_in_shape, number_in_offsets, number_written_otherwise, value_of_field, value_of_tensor, tensor_as_list, field_gone, field_added,
    field_repeated, tensor_repeated, metadata_value, metadata_repeated, metadata_key, name_other, space_somewhere, padding, punctuation,
    dtype_other, dtype_fitting, offsets_moved, offsets_in_other_order, offsets_shared, shape_other, header_of_other_kind, nested_deep, data_other,
    encoding_other,
]  # fmt: skip
