import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pytest
import zstandard
from builders import run_sayso, write_rows

from sayso.data.datasets.as_file import as_file
from sayso.data.datasets.build import read_labelled
from sayso.data.packed import pieces
from sayso.errors import SaysoError

TABLE = "article,text,kind\nquay,The quay at Orla opened.,narrative\nquay,It rained.,narrative\n"
OTHER = TABLE.replace("\nquay", "\nmill")
NEWS = "The quay at Orla opened. It rained in Tolland. Nobody came. They left."
LINES = "".join(json.dumps({"id": name, "title": "Quay", "text": f"{NEWS} {name}"}) + "\n" for name in "ab")
METHODS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.ZstdCompressor().compress}


def zipped(**files):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def tarred(**files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    return raw.getvalue()


BRAT = {"set/a.txt": "It rained in Orla.\n", "set/a.ann": "T1\tnarrative 0 18\tIt rained in Orla.\n"}
PACKED = {
    **{f"x.csv{suffix}": (pack(TABLE.encode()), {"quay": 2}) for suffix, pack in METHODS.items()},
    "one.zip": (zipped(**{"x.csv": TABLE}), {"quay": 2}),
    "two.zip": (zipped(**{"a/x.csv": TABLE, "b/x.csv": OTHER}), {"quay": 2, "mill": 2}),
    "same-name.zip": (zipped(**{"x.csv": TABLE, "./x.csv": OTHER}), {"quay": 2, "mill": 2}),
    "inner.zip": (zipped(**{"in/x.zip": zipped(**{"x.csv": TABLE})}), {"quay": 2}),
    "compressed.zip": (zipped(**{"x.csv.gz": gzip.compress(TABLE.encode()), "x.csv": OTHER}), {"quay": 2, "mill": 2}),
    "outside.zip": (zipped(**{"../../x.csv": TABLE}), {"quay": 2}),
    "x.tar.gz": (tarred(**{"in/x.csv": TABLE, "in/y.csv": OTHER}), {"quay": 2, "mill": 2}),
    "own.zip": (zipped(**{"c.txt": "@id quay\n\nN none | It rained.\n"}), {"quay": 1}),
    "brat.zip": (zipped(**BRAT), {"a": 1}),
}


def counts(articles):
    return {labelled.article.id: len(labelled.sentences) for labelled in articles}


@pytest.mark.parametrize("name", PACKED)
def test_labelled_sentences_are_read_however_they_are_packed(tmp_path, name):
    content, expected = PACKED[name]
    (tmp_path / name).write_bytes(content)
    assert counts(read_labelled([tmp_path / name])) == expected
    assert [path.name for path in tmp_path.iterdir()] == [name]
    code, _, err = run_sayso("data", "build", tmp_path / name, "--out", tmp_path / "o")
    sentences = sum(expected.values())
    assert (code, err.split(" in ")[0]) == (0, f"{sentences} sentence{'s' * (sentences > 1)}")


def test_packed_files_of_a_folder_are_read_with_the_others(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "train.csv.gz").write_bytes(gzip.compress(TABLE.encode()))
    (folder / "test.csv").write_text(OTHER)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    code, _, err = run_sayso("data", "build", folder, "--out", tmp_path / "o")
    assert (code, err.splitlines()[:2]) == (
        0,
        [f"{folder}: left out: 1 file (.jpg 1).", "4 sentences in 2 articles (train 1, test 1)"],
    )
    (folder / "train.csv.gz").write_bytes(gzip.compress(TABLE.replace("narrative", "news").encode()))
    with pytest.raises(SaysoError, match=r"in/train\.csv\.gz/train\.csv:1: kind 'news' is not one of"):
        read_labelled([folder])


def test_packed_articles_are_read_as_they_come(tmp_path):
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(LINES.encode())[:-9])
    code, _, err = run_sayso("data", "build", tmp_path / "cut.jsonl.gz", "--out", tmp_path / "o")
    assert code == 0
    assert "cut.jsonl.gz: the compressed data is cut off; download the file again. Everything before that was read." in err
    (tmp_path / "news.zip").write_bytes(zipped(**{"may/a.txt": NEWS, "may/about.csv": "id,outlet\na,Courier\n"}))
    with as_file(tmp_path / "news.zip", pytest.fail, lambda path: path.suffix == ".txt") as file:
        assert (file.path.name, file.name) == ("may", f"{tmp_path / 'news.zip'}/may")
        assert (file.path / "a.txt").read_text() == NEWS
    assert not file.path.exists()
    with as_file(tmp_path / "news.zip", pytest.fail, lambda path: True) as file:
        assert file.path == tmp_path / "news.zip"


@pytest.mark.parametrize("name", ["x.csv.gz", "x.csv.zst", "two.zip", "x.tar.gz", "own.zip"])
def test_what_is_packed_comes_by_standard_input(tmp_path, name):
    content, expected = PACKED[name]
    code, _, err = run_sayso("data", "build", "-", "--out", tmp_path / "o", stdin=content)
    n_sentences, n_articles = sum(expected.values()), len(expected)
    assert code == 0
    assert err.startswith(f"{n_sentences} sentence{'s' * (n_sentences > 1)} in {n_articles} article")


def test_what_cannot_be_unpacked_is_refused(tmp_path, monkeypatch):
    def fails(name, content, message):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SaysoError, match=message):
            read_labelled([tmp_path / name])

    broken = bytearray(gzip.compress(TABLE.encode()))
    broken[-8] ^= 1
    fails(
        "x.csv.gz",
        bytes(broken),
        r"x\.csv\.gz: cannot be decompressed \(the compressed data is " r"damaged \(.*\)\); download or",
    )
    secret = bytearray(zipped(**{"x.csv": TABLE}))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        secret[secret.index(signature) + flags] |= 1
    fails("secret.zip", bytes(secret), r"secret\.zip/x\.csv: needs a password; unpack the archive yourself")
    endless = zipped(**{"x.csv": TABLE})
    for number in range(4):
        endless = zipped(**{f"{number}.zip": endless})
    fails(
        "deep.zip",
        endless,
        r"deep\.zip/3\.zip/2\.zip/1\.zip/0\.zip: archives nested more than 4 " r"deep; unpack it yourself",
    )
    monkeypatch.setattr(pieces, "ALWAYS_ALLOWED", 100_000)
    fails("big.zip", zipped(**{"x.csv": " " * 1_000_000}), r"big\.zip.*: unpacks to more than 200 times its size")
    many = {f"{number}.csv": f"text,kind\n{number}" + " " * 90_000 for number in range(9)}
    monkeypatch.setattr(pieces, "MAX_RATIO", 20)
    fails("many.zip", zipped(**many), r"many\.zip.*: unpacks to more than 20 times its size")


def test_a_path_that_is_not_there_is_said(tmp_path):
    with (
        pytest.raises(SaysoError, match=r"none\.zip: no such file or folder"),
        as_file(tmp_path / "none.zip", pytest.fail),
    ):
        pass
    path = write_rows(tmp_path / "x.jsonl", [{"text": "It rained."}])
    with as_file(path, pytest.fail) as file:
        assert file.path == path
