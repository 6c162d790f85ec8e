import json
import os
import signal
import struct
import subprocess
import sys
import zipfile
import zlib
from hashlib import sha256

import numpy as np
import pytest
from forged_models import forge, listing, npy, pack
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sayso.classify.model_files import container as model_file
from sayso.classify.model_files.container import read_model, write_model
from sayso.errors import SaysoError

WEIGHTS = np.array([[1.5, -2.0], [0.0, 3.25]], np.float32)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "kind.sayso"
    write_model(path, {"task": "kind", "labels": ["a", "b"]}, {"weights": WEIGHTS}, {"words": ["said", "“no”"]})
    return path


def contents(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(path, message):
    with pytest.raises(SaysoError, match=message) as caught:
        read_model(path)
    assert str(caught.value).startswith(str(path) + ": ")
    assert "\n" not in str(caught.value)


def attempt(path):
    """Read a file that may be refused, in one line."""
    message = None
    try:
        return read_model(path)
    except SaysoError as error:
        message = str(error)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return None


def test_what_was_written_is_read(path):
    found = read_model(path)
    assert found.manifest == {"task": "kind", "labels": ["a", "b"]}
    assert found.texts == {"words": ["said", "“no”"]}
    assert found.arrays["weights"].tolist() == [[1.5, -2.0], [0.0, 3.25]]
    assert found.arrays["weights"].dtype == np.float32
    assert not found.arrays["weights"].flags.writeable


def test_the_manifest_comes_first_and_lists_the_others(path):
    members = contents(path)
    assert list(members) == ["manifest.json", "weights.npy", "words.json"]
    manifest = json.loads(members["manifest.json"])
    assert manifest["format"] == 1
    assert manifest["members"] == {name: listing(members[name]) for name in ("weights.npy", "words.json")}


def test_the_same_content_gives_the_same_bytes(path, tmp_path):
    again = tmp_path / "again.sayso"
    write_model(again, {"task": "kind", "labels": ["a", "b"]}, {"weights": WEIGHTS}, {"words": ["said", "“no”"]})
    assert again.read_bytes() == path.read_bytes()


@given(
    arrays(
        st.sampled_from(["i1", "u2", "<i4", ">i4", "f2", "f4", "f8"]),
        array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
        elements={"allow_nan": False, "allow_infinity": False},
    )
    | arrays(st.sampled_from(["i1", "u2", ">i4"]), array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)),
    st.text(st.characters(exclude_categories=["Cs"])),
)
@settings(max_examples=60, deadline=None)
def test_any_numbers_and_words_come_back(tmp_path_factory, array, text):
    path = tmp_path_factory.mktemp("any") / "any.sayso"
    write_model(path, {"task": "kind", "note": text}, {"numbers": array}, {"words": {text: [text, None, 0.1]}})
    found = read_model(path)
    assert found.manifest == {"task": "kind", "note": text}
    assert found.arrays["numbers"].shape == array.shape
    assert found.arrays["numbers"].tolist() == array.tolist()
    assert found.texts == {"words": {text: [text, None, 0.1]}}


@pytest.mark.parametrize(
    ("manifest", "arrays", "texts", "message"),
    [
        ({"format": 2}, {}, {}, "'format' cannot be used as a name"),
        ({}, {"Weights": WEIGHTS}, {}, "'Weights' cannot be used as a name"),
        ({}, {"../w": WEIGHTS}, {}, "cannot be used as a name"),
        ({}, {}, {"manifest": 1}, "A name is used twice"),
        ({}, {"words": np.array(["a"])}, {}, "'words' has type <U1"),
        ({}, {"words": np.array([None])}, {}, "'words' has type object"),
        ({}, {"w": np.array([1.0, np.nan])}, {}, "'w' contains a value that is not a finite number"),
        ({}, {}, {"w": float("nan")}, "not JSON compliant"),
    ],
)
def test_what_a_model_file_cannot_hold_is_not_written(tmp_path, manifest, arrays, texts, message):
    with pytest.raises(ValueError, match=message):
        write_model(tmp_path / "m.sayso", manifest, arrays, texts)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("MAX_MANIFEST", r"[\d,]+ bytes of manifest, at most 20"),
        ("MAX_UNPACKED", r"[\d,]+ bytes unpacked, at most 20"),
        ("MAX_MEMBERS", r"22 members, at most 20"),
        ("MAX_FILE", r"[\d,]+ bytes, at most 20"),
    ],
)
def test_what_reading_would_refuse_for_its_size_is_not_written(tmp_path, monkeypatch, limit, message):
    monkeypatch.setattr(model_file, limit, 20)
    with pytest.raises(SaysoError, match=rf"^the model is too large for a model file \({message}\); train it on fewer"):
        write_model(tmp_path / "m.sayso", {}, {f"w{n}": WEIGHTS for n in range(21)}, {})
    assert os.listdir(tmp_path) == []


def test_what_is_no_model_file_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    for raw in (b"", b"hello", b"\0" * 100, b"\x80\x04\x95pickle.", b"PK\x05\x06" + b"\0" * 17):
        path.write_bytes(raw)
        refused(path, "this is not a model file; give one written by `sayso train`")


def test_a_zip_of_something_else_is_refused(tmp_path):
    path = tmp_path / "thesis.docx"
    pack(path, [("word/document.xml", b"<w/>")])
    refused(path, "a zip file, but not a model file, because it has no manifest.json")


def test_a_missing_file_a_folder_a_pipe_and_an_odd_name_are_refused(tmp_path):
    refused(tmp_path / "none.sayso", "No such file or directory; give a model file")
    refused(tmp_path, "this is not a file; give a model file|Is a directory; give a model file")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "this is not a file")
    refused("a\0b.sayso", "this is not a model file")


def test_wherever_a_file_is_cut_short_it_is_refused(path):
    raw = path.read_bytes()
    for length in range(4, len(raw)):
        path.write_bytes(raw[:length])
        refused(path, "this model file is incomplete or damaged; copy it or train it again")


def packed_places(path):
    """Give the places of packed data: what lies between a member's header and the next one."""
    with zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if info.compress_type == zipfile.ZIP_DEFLATED]
        starts = [(info.header_offset + 30 + len(info.filename), info.compress_size) for info in infos]
    return {at for start, size in starts for at in range(start, start + size)}


@pytest.mark.parametrize("mask", [0x01, 0x21, 0x80, 0xFF])
def test_whichever_byte_is_altered_the_file_is_refused_unless_it_unpacks_to_the_very_same(path, mask):
    raw, whole, packed = path.read_bytes(), read_model(path), packed_places(path)
    for at in range(len(raw)):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ mask]) + raw[at + 1 :])
        found = attempt(path)
        if found is not None:
            assert at in packed
            assert found.manifest == whole.manifest
            assert found.arrays["weights"].tobytes() == whole.arrays["weights"].tobytes()
            assert found.texts == whole.texts


@pytest.mark.parametrize(
    "altered",
    [
        {"date_time": (2024, 5, 1, 12, 0, 0)},
        {"create_system": 0},
        {"external_attr": 0o755 << 16},
        {"internal_attr": 1},
        {"comment": b"note"},
        {"extra": b"\x01\x00\x00\x00"},
    ],
)
def test_headers_that_sayso_does_not_write_are_refused(path, altered):
    members = contents(path)
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            usual = {"create_system": 3, "external_attr": 0o644 << 16, "compress_type": zipfile.ZIP_DEFLATED}
            for key, value in (usual | altered).items():
                setattr(info, key, value)
            archive.writestr(info, raw)
    refused(
        path, "its zip headers are not those that sayso writes; do not use it, get the file from a source that you trust"
    )


def test_data_before_between_and_behind_the_members_is_refused(path):
    raw = path.read_bytes()
    table = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x03\x04", 1)
    for at in (0, second, table):
        path.write_bytes(raw[:at] + b"hidden" + raw[at:])
        refused(path, "incomplete or damaged|not a model file")
    end = bytearray(raw[-22:])
    end[16:20] = struct.pack("<L", table + 6)  # where the table of contents begins
    path.write_bytes(raw[:table] + b"hidden" + raw[table:-22] + end)
    refused(path, "its zip headers are not those that sayso writes")


def test_members_in_another_order_are_refused(path):
    first, *others = contents(path).items()
    pack(path, [first, *reversed(others)])
    refused(path, "its zip headers are not those that sayso writes")


def test_bytes_behind_a_packed_member_are_refused(tmp_path):
    path, raw = tmp_path / "odd.sayso", b"[" + b"0," * 200 + b"0]"
    forge(path, {"w.json": raw})
    whole = path.read_bytes()
    packed = zlib.compress(raw, 6)[2:-4]
    at = whole.index(packed)
    altered = bytearray(whole[: at + len(packed)] + b"hidden" + whole[at + len(packed) :])
    for sign, where in ((b"PK\x03\x04", 18), (b"PK\x01\x02", 20)):  # the size of w.json, packed, in both its headers
        start = altered.rindex(sign) + where
        altered[start : start + 4] = struct.pack("<L", len(packed) + 6)
    altered[-6:-2] = struct.pack("<L", altered.index(b"PK\x01\x02"))
    path.write_bytes(altered)
    refused(path, "incomplete or damaged")


def test_an_altered_member_is_named(path):
    members = contents(path)
    raw = members["words.json"].replace(b"said", b"lied")
    pack(path, (members | {"words.json": raw}).items())
    refused(path, r"words\.json was changed \(its SHA-256 does not match\)")
    pack(path, (members | {"words.json": raw + b" "}).items())
    refused(path, r"words\.json has 20 bytes, but its manifest says 19")


def test_a_newer_format_is_refused_whatever_else_is_in_the_file(tmp_path):
    path = tmp_path / "new.sayso"
    pack(path, [("manifest.json", b'{"format": 2}'), ("graph.onnx", b"?")])
    refused(path, "format 2, from a newer version of sayso; this version reads up to format 1, so upgrade sayso")


@pytest.mark.parametrize("number", ["0", "-1", "true", "1.0", '"1"', "null"])
def test_an_odd_format_number_is_refused(tmp_path, number):
    path = tmp_path / "odd.sayso"
    pack(path, [("manifest.json", f'{{"format": {number}, "members": {{}}}}')])
    refused(path, r"no format number, so this is not a model file written by sayso")


@pytest.mark.parametrize(
    "manifest",
    [
        b"[" * 100_000,
        b"{",
        b"\xff",
        b'{"format": 1, "format": 1, "members": {}}',
        b'{"format": 1, "members": {}, "x": NaN}',
        b'{"format": 1, "members": {}, "x": "\\ud800"}',
        b'{"format": 1, "members": {}, "x": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_manifest_that_is_no_clean_json_is_refused(tmp_path, manifest):
    path = tmp_path / "odd.sayso"
    pack(path, [("manifest.json", manifest)])
    refused(path, r"manifest\.json cannot be read")


@pytest.mark.parametrize("members", [None, [], {"w.npy": 5}, {"w.npy": {"size": True, "sha256": ""}}])
def test_a_manifest_without_sizes_and_hashes_is_refused(tmp_path, members):
    path = tmp_path / "odd.sayso"
    forge(path, members=members)
    refused(path, "does not list its members with size and sha256")


def test_a_member_that_the_manifest_does_not_name_is_refused(path):
    pack(path, [*contents(path).items(), ("evil\x1b[31m.py", b"print()")])
    refused(path, r"contains 'evil\\x1b\[31m.py', which its manifest does not list; do not use it")


def test_a_member_that_is_missing_is_named(path):
    members = contents(path)
    del members["words.json"]
    pack(path, members.items())
    refused(path, r"'words\.json' is missing, although its manifest lists it")


@pytest.mark.parametrize("name", ["../w.npy", "/w.npy", "a/w.npy", "w.pkl", "W.npy", "w.npy.py", "c:w.npy", "w .npy"])
def test_a_name_that_no_model_file_holds_is_refused(tmp_path, name):
    path = tmp_path / "odd.sayso"
    forge(path, {name: npy(WEIGHTS)})
    refused(path, "which does not belong into a model file; do not use it")


def test_a_name_that_stands_twice_is_refused(path):
    members = list(contents(path).items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        pack(path, [*members, members[1]])
    refused(path, "a name occurs twice in this model file")


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.sayso"
    with open(path, "wb") as stream:
        stream.truncate(64_000_001)
    refused(path, r"64,000,001 bytes are too many for a model file \(at most 64,000,000\)")


def test_many_members_are_refused(tmp_path):
    path = tmp_path / "many.sayso"
    forge(path, {f"w{n}.json": b"0" for n in range(64)})
    refused(path, "65 members are too many for a model file")
    forge(path, {f"{'w' * 50}{n}.json": b"0" for n in range(400)})
    refused(path, "its table of contents is too long for a model file")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(model_file, "MAX_UNPACKED", 2_000_000)
    path = tmp_path / "bomb.sayso"
    forge(path, {"w.json": b" " * 2_000_000})
    assert path.stat().st_size < 5_000
    refused(path, "unpacks to far too much data; do not use it")
    pack(path, [("manifest.json", b" " * (model_file.MAX_MANIFEST + 1))])
    monkeypatch.setattr(model_file, "MAX_UNPACKED", 256_000_000)
    refused(path, "unpacks to far too much")


def test_a_bomb_that_lies_about_its_size_is_cut_off(tmp_path):
    path = tmp_path / "bomb.sayso"
    raw = b" " * 10_000_000
    forge(path, {"w.json": raw}, members={"w.json": {"size": 100, "sha256": sha256(raw).hexdigest()}})
    packed = path.read_bytes()
    path.write_bytes(packed.replace(struct.pack("<L", len(raw)), struct.pack("<L", 100)))
    refused(path, "incomplete or damaged|does not have the size that it declares")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_packing_is_refused(tmp_path, method):
    path = tmp_path / "odd.sayso"
    pack(path, [("manifest.json", b'{"format": 1, "members": {}}')], method)
    refused(path, r"'manifest\.json' is packed in a way that sayso never uses")


def test_an_encrypted_member_is_refused(path):
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(raw)
    refused(path, "is packed in a way that sayso never uses")


class Evil:
    def __reduce__(self):
        return os.system, ("echo run by the model file",)


def test_an_array_of_objects_is_refused_and_nothing_in_it_runs(tmp_path, capfd):
    path = tmp_path / "evil.sayso"
    forge(path, {"w.npy": npy(np.array([Evil()]), allow_pickle=True)})
    capfd.readouterr()
    refused(path, r"w\.npy contains objects \(code could hide there\), not plain numbers; do not use it")
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (np.array(["word"]), "'<U4'"),
        (np.array([1j]), "'<c16'"),
        (np.array([True]), r"'\|b1'"),
        (np.zeros(1, [("a", "i4")]), r"'\|V4'"),
        (np.array([1], ">i4"), "'>i4'"),
        (np.array([1], "M8[s]"), r"'<M8\[s\]'"),
    ],
)
def test_another_type_of_array_is_refused(tmp_path, array, kind):
    path = tmp_path / "odd.sayso"
    forge(path, {"w.npy": npy(array)})
    refused(path, rf"w\.npy contains the type {kind}, not plain numbers")


@pytest.mark.parametrize(
    "raw",
    [
        npy(WEIGHTS)[:-1],
        npy(WEIGHTS) + b"\0",
        npy(WEIGHTS).replace(b"(2, 2)", b"(-2,-2"),
        npy(WEIGHTS).replace(b"(2, 2), }       ", b"(2**60, 2**60), }"),
        npy(np.asfortranarray(WEIGHTS)),
        npy(np.zeros((1, 1, 1, 1, 1))),
    ],
)
def test_an_array_of_another_size_than_its_header_says_is_refused(tmp_path, raw):
    path = tmp_path / "odd.sayso"
    forge(path, {"w.npy": raw})
    refused(path, r"w\.npy (does not have the size that its header says|is not a readable array)")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x93NUMPY",
        b"\x93NUMPY\x02\x00" + npy(WEIGHTS)[8:],
        npy(WEIGHTS).replace(b"'descr'", b"'other'"),
        npy(WEIGHTS).replace(b"{", b"(", 1),
        b"\x93NUMPY\x01\x00" + struct.pack("<H", 60_000) + b"(" * 60_000,
        b"\x93NUMPY\x01\x00" + struct.pack("<H", 20) + b"__import__('os')    \n",
    ],
)
def test_a_broken_array_header_is_refused(tmp_path, raw):
    path = tmp_path / "odd.sayso"
    forge(path, {"w.npy": raw})
    refused(path, r"w\.npy is not a readable array; train the model again")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("note", 10**400, r"the key note must be a number from -1e\+19 to 1e\+19, not 1000000000000"),
        ("note", "x" * 10_001, "the key note must be a string of at most 10,000 characters"),
        ("x" * 2001, 1, "a key in the manifest must be a string of at most 2,000 characters"),
        ("labels", ["a", "a"], "the key labels must be a list without duplicates, not a list of 2"),
        ("labels", ["a", " "], r"the key labels\[1\] must be a name without line breaks and control characters, not ' '"),
        ("task", "a\u202eb", "the key task must be a name without line breaks and control characters"),
        ("threshold", True, "the key threshold must be a number from 0 to 1, not true"),
        (
            "data",
            [{"name": "x", "articles": -1, "sentences": 1}],
            r"the key data.*articles must be a whole number from 0 to",
        ),
        ("scores", {"news": {"folds": True}}, r"the key scores\.news\.folds must be a whole number from 0 to .*, not true"),
        ("scores", {"a\nb" * 50: 10**30}, r"the key scores\['a\\nba\\nb.*'\] must be a number from .*, not 1000000"),
        ("seed", 0.5, "the key seed must be a whole number from .*, not 0.5"),
        ("versions", {"numpy": None}, r"the key versions\.numpy must be a string of at most 200 characters, not null"),
        ("adapted_from", {"name": "x"}, r"the key adapted_from\.digest is missing"),
        ("corpora", "polnear", "the key corpora must be a list of 0 to 1,000 items, not 'polnear'"),
        ("learned_beside", [], "the key learned_beside must be an object of at most 10,000 keys, not a list of 0"),
        ("seen", 5, "the key seen must be a string"),
    ],
)
def test_a_key_of_the_manifest_that_is_not_as_declared_is_named(tmp_path, key, value, message):
    path = tmp_path / "odd.sayso"
    forge(path, **{key: value})
    refused(path, message)


def test_a_manifest_that_is_nested_deeply_or_holds_too_much_is_refused(tmp_path):
    path, nested = tmp_path / "odd.sayso", []
    for _ in range(17):
        nested = [nested]
    forge(path, note=nested)
    refused(path, "the key note must be nested at most 16 deep")
    forge(path, note=[0] * 400_001)
    refused(path, "manifest.json holds more than any model needs; get the file from a source that you trust")
    forge(path, {"w.json": b"[" + b"[]," * 2_000_000 + b"[]]"})
    refused(path, "w.json holds more than any model needs")
    pack(path, [("manifest.json", b'{"format": 1, "members": {}, "task": "kind", "note": 1e999}')])
    refused(path, "the key note must be a number from")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_weight_that_is_no_finite_number_is_refused(tmp_path, value):
    path = tmp_path / "odd.sayso"
    forge(path, {"w.npy": npy(np.array([1.0, value]))})
    refused(path, r"w\.npy contains a value that is not a finite number")


def test_a_word_list_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "odd.sayso"
    forge(path, {"w.json": b"import os"})
    refused(path, r"w\.json cannot be read; copy the model file or train it again")


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_damage_ends_in_a_traceback(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "m.sayso"
    write_model(path, {"task": "kind"}, {"w": WEIGHTS}, {"words": ["a"] * 50})
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    path.write_bytes(raw)
    attempt(path)


def test_what_is_packed_differs_by_gain(tmp_path):
    path = tmp_path / "m.sayso"
    noise = np.random.default_rng(0).integers(-127, 127, 5000).astype(np.int8)
    write_model(path, {}, {"noise": noise, "zeros": np.zeros(5000, np.int8)}, {})
    with zipfile.ZipFile(path) as archive:
        packing = {info.filename: info.compress_type for info in archive.infolist()}
    assert packing["noise.npy"] == zipfile.ZIP_STORED
    assert packing["zeros.npy"] == zipfile.ZIP_DEFLATED


KILLED = """
import os, signal, sys, numpy as np
from sayso.classify.model_files.container import write_model
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
write_model(sys.argv[1], {"task": "new"}, {"w": np.zeros(100_000)}, {})
"""


def test_the_old_file_is_whole_after_the_process_was_killed_while_writing(path):
    raw = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=path.parent, check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == raw
    assert read_model(path).manifest["task"] == "kind"


def test_a_crc_that_is_wrong_is_damage(path):
    raw = path.read_bytes()
    crc = struct.pack("<L", zlib.crc32(contents(path)["words.json"]))
    path.write_bytes(raw.replace(crc, b"\0\0\0\0"))
    refused(path, "incomplete or damaged")
