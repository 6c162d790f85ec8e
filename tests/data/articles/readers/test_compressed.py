import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import zipfile

import pytest
import zstandard
from builders import json_rows, run_sayso

from sayso.data.articles.files import read_articles
from sayso.data.articles.kinds import article_suffixes
from sayso.data.packed import pieces

FIRST, SECOND = "The pit at Orla opened in May.", "Snow fell on Tolland. “We stay,” said Ada Brenn."
LINES = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("a", FIRST), ("b", SECOND)))
TABLE = f'id,text\na,{FIRST}\nb,"{SECOND}"\n'
PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.ZstdCompressor().compress}


def read(*paths):
    errors, notices = [], []
    articles = list(read_articles(map(str, paths), on_error=errors.append, notice=notices.append))
    return [(a.id, a.text) for a in articles], [str(e) for e in errors], notices


def write(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize(("kind", "content"), [(".jsonl", LINES), (".csv", TABLE), (".json", f"[{LINES.strip()}]")])
def test_what_is_compressed_is_read_by_its_own_kind(tmp_path, suffix, kind, content):
    content = content.replace("\n", ",", 1) if kind == ".json" else content
    path = write(tmp_path / f"news{kind}{suffix}", PACK[suffix](content.encode()))
    assert read(path) == ([("a", FIRST), ("b", SECOND)], [], [])


@pytest.mark.parametrize("suffix", PACK)
def test_a_text_is_one_article_named_without_the_suffix(tmp_path, suffix):
    path = write(tmp_path / f"news.txt{suffix}", PACK[suffix](FIRST.encode()))
    assert read(path) == ([(str(tmp_path / "news.txt"), FIRST)], [], [])


@pytest.mark.parametrize("suffix", PACK)
def test_all_members_are_read(tmp_path, suffix):
    first, second = LINES.splitlines(keepends=True)
    path = write(tmp_path / f"news.jsonl{suffix}", PACK[suffix](first.encode()) + PACK[suffix](second.encode()))
    assert read(path) == ([("a", FIRST), ("b", SECOND)], [], [])


@pytest.mark.parametrize("suffix", PACK)
def test_what_stands_behind_the_data_is_told(tmp_path, suffix):
    path = write(tmp_path / f"news.jsonl{suffix}", PACK[suffix](LINES.encode()) + b"-- rubbish --" * 3)
    articles, errors, notices = read(path)
    assert [name for name, _ in articles] == ["a", "b"]
    assert errors == []
    assert notices == [f"{path}: there is other data after the compressed data; it is left out."]


@pytest.mark.parametrize("suffix", PACK)
def test_zeros_behind_the_data_are_padding(tmp_path, suffix):
    path = write(tmp_path / f"news.jsonl{suffix}", PACK[suffix](LINES.encode()) + bytes(512))
    assert read(path) == ([("a", FIRST), ("b", SECOND)], [], [])


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize(("kind", "content"), [(".jsonl", LINES), (".csv", TABLE)])
def test_of_a_file_that_is_cut_off_whole_rows_come_first_and_then_the_error(tmp_path, suffix, kind, content):
    whole, cut = content.encode(), content.encode()[:-9]
    path = write(tmp_path / f"news{kind}{suffix}", PACK[suffix](whole[:40]) + PACK[suffix](cut[40:])[:-4])
    articles, errors, _ = read(path)
    assert set(articles) <= {("a", FIRST)}  # some give out nothing of a block that is not whole
    assert errors[-1].startswith(f"{path}: the compressed data is cut off")


@pytest.mark.parametrize("suffix", PACK)
def test_a_text_that_is_cut_off_is_no_article(tmp_path, suffix):
    path = write(tmp_path / f"news.txt{suffix}", PACK[suffix](FIRST.encode() * 100)[:-6])
    articles, errors, _ = read(path)
    assert articles == []
    assert [error.split(": ")[1][:19] for error in errors] == ["the compressed data"]


def test_broken_data_are_told(tmp_path):
    packed = bytearray(gzip.compress(LINES.encode()))
    packed[30:40] = bytes(10)
    errors = read(write(tmp_path / "news.jsonl.gz", bytes(packed)))[1]
    assert len(errors) == 1
    assert "news.jsonl.gz: the compressed data is damaged" in errors[0]


def test_what_is_only_called_compressed_is_told(tmp_path):
    errors = read(write(tmp_path / "news.jsonl.gz", LINES.replace("{", "(")))[1]
    assert errors == [
        f"{tmp_path}/news.jsonl.gz: named as a compressed file, but not compressed; rename it with the "
        "suffix of its contents."
    ]


@pytest.mark.parametrize("suffix", PACK)
def test_compressed_data_come_from_standard_input(monkeypatch, suffix):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PACK[suffix](LINES.encode()))))
    assert read("-") == ([("a", FIRST), ("b", SECOND)], [], [])


def test_compressed_files_are_read_out_of_folders_by_what_is_in_them(tmp_path):
    write(tmp_path / "a.jsonl.gz", gzip.compress(LINES.encode()))
    write(tmp_path / "b.png.gz", gzip.compress(b"\x89PNG"))
    write(tmp_path / "c.txt.XZ", lzma.compress(b"It rained."))
    articles, errors, notices = read(tmp_path)
    assert [text for _, text in articles] == [FIRST, SECOND, "It rained."]
    assert errors == []
    assert notices == [
        f"{tmp_path}: left out: 1 file (.png.gz 1).",
        f"{tmp_path}: read 1 file of another kind than .jsonl.gz: .txt.xz 1.",
    ]
    assert {".csv.zst", ".txt", ".tar.gz", ".tgz"} <= article_suffixes()


def test_what_unpacks_to_far_more_than_text_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "ALWAYS_ALLOWED", 100_000)
    for name, raw in (("a.txt.gz", gzip.compress(bytes(1_000_000))), ("b.zip", zipped(**{"a.txt": b" " * 1_000_000}))):
        articles, errors, _ = read(write(tmp_path / name, raw))
        assert articles == []
        assert len(errors) == 1
        assert "unpacks to more than 200 times its size" in errors[0]


def zipped(compression=zipfile.ZIP_DEFLATED, **files):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def tarred(mode="w", **files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content if isinstance(content, bytes) else content.encode()))
    return raw.getvalue()


FILES = {
    "news/may/a.txt": FIRST,
    "news/table.csv": TABLE.encode(),
    "news/lines.jsonl.gz": gzip.compress(LINES.encode()),
    "news/photo.jpg": b"\xff\xd8\xff",
    "news/README": "Read me.",
    "news/README.txt": "Read me, too.",
    "__MACOSX/news/._a.txt": b"\0\5\x16\7",
    "news/.hidden.txt": "No.",
}
PACKED = {
    "news.zip": lambda: zipped(**FILES),
    "news.tar": lambda: tarred(**FILES),
    "news.tar.gz": lambda: tarred("w:gz", **FILES),
    "news.tgz": lambda: tarred("w:gz", **FILES),
    "news.tar.xz": lambda: tarred("w:xz", **FILES),
    "news.tbz2": lambda: tarred("w:bz2", **FILES),
}


@pytest.mark.parametrize("name", PACKED)
def test_every_file_of_an_archive_is_read_by_its_own_kind_and_the_others_are_told(tmp_path, name):
    path = write(tmp_path / name, PACKED[name]())
    articles, errors, notices = read(path)
    inside = str(path).removesuffix(".gz").removesuffix(".xz").replace(".tgz", ".tar").replace(".tbz2", ".tar")
    assert articles == [
        (f"{inside}/news/may/a.txt", FIRST),
        ("a", FIRST),
        ("b", SECOND),
        ("a", FIRST),
        ("b", SECOND),
    ]
    assert errors == []
    assert notices == [
        f"{inside}: left out: 3 files (.jpg 1, README.txt 1, without a suffix 1).",
        f"{inside}: read 2 files of other kinds than .txt: .csv 1, .jsonl.gz 1.",
    ]


@pytest.mark.parametrize("name", PACKED)
def test_archives_come_from_standard_input(monkeypatch, name):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PACKED[name]())))
    assert len(read("-")[0]) == 5


def test_an_archive_in_an_archive_is_read_and_one_that_never_ends_is_not(tmp_path):
    raw = zipped(**{"a.txt": FIRST})
    assert len(read(write(tmp_path / "a.zip", zipped(**{"inner.zip": raw})))[0]) == 1
    for number in range(5):
        raw = zipped(**{f"{number}.zip": raw})
    articles, errors, _ = read(write(tmp_path / "b.zip", raw))
    assert articles == []
    assert errors == [
        f"{tmp_path}/b.zip/4.zip/3.zip/2.zip/1.zip/0.zip: archives nested more than 4 deep; unpack it yourself."
    ]


def test_an_archive_without_articles_says_what_it_has(tmp_path):
    path = write(tmp_path / "a.zip", zipped(**{"a.jpg": b"\xff", "b.mp3": b""}))
    assert read(path)[1] == [
        f"{path}: no articles in this archive (it has .jpg 1, .mp3 1); `sayso files` lists the kinds of "
        "file that can be read."
    ]
    path = write(tmp_path / "empty.zip", zipped())
    assert read(path)[1] == [f"{path}: no articles in this archive; `sayso files` lists the kinds of file that can be read."]


def test_a_bad_file_of_an_archive_stops_no_other(tmp_path):
    raw = zipped(zipfile.ZIP_STORED, **{"a.txt": FIRST, "b.jsonl": "{\n", "c.txt": SECOND, "d.txt": ""})
    raw = raw.replace(FIRST.encode(), FIRST.replace("May", "Mai").encode(), 1)  # its checksum is wrong now
    articles, errors, _ = read(write(tmp_path / "a.zip", raw))
    assert [text for _, text in articles] == [SECOND]
    assert [error.split(": ")[0].rpartition("/")[2] for error in errors] == ["a.txt", "b.jsonl:1", "d.txt"]
    assert "damaged (Bad CRC-32" in errors[0]


def test_a_file_with_a_password_is_told(tmp_path):
    raw = bytearray(zipped(zipfile.ZIP_STORED, **{"a.txt": FIRST}))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.index(signature) + flags] |= 1
    path = write(tmp_path / "a.zip", bytes(raw))
    assert read(path)[1] == [f"{path}/a.txt: needs a password; unpack the archive yourself and give the files in it."]


@pytest.mark.parametrize("name", ["news.zip", "news.tar", "news.tar.gz"])
def test_an_archive_that_is_cut_off_is_told(tmp_path, name):
    raw = PACKED[name]()
    errors = read(write(tmp_path / name, raw[: len(raw) // 3]))[1]
    assert len(errors) >= 1
    assert any(word in errors[-1] for word in ("damaged", "cut off"))


@pytest.mark.parametrize(
    ("start", "kind"), [(b"7z\xbc\xaf\x27\x1c\0", "a 7z archive"), (b"Rar!\x1a\x07\1\0", "a rar archive")]
)
def test_other_archives_are_refused_with_advice(tmp_path, start, kind):
    path = write(tmp_path / "news.bin", start * 9)
    assert read(path)[1] == [f"{path}: this is {kind}, not text; unpack it and give the files in it."]


def test_names_of_files_in_archives_are_safe_to_print(tmp_path):
    path = write(tmp_path / "a.zip", zipped(**{"./../up\x1b[31m\\a.txt": FIRST}))
    assert read(path)[0] == [(f"{path}/../up�[31m/a.txt", FIRST)]


def test_the_commands_read_archives(tmp_path):
    path = write(tmp_path / "news.zip", zipped(**{"a.txt": f"{FIRST} {SECOND}", "b.jpg": b"\xff"}))
    annotated = run_sayso("annotate", path, "--no-bias", "--format", "jsonl")
    assert annotated.exit_code == 0
    assert [row["text"] for row in json_rows(annotated.stdout)][:2] == [FIRST, "Snow fell on Tolland."]
    assert f"{path}: left out: 1 file (.jpg 1)." in annotated.stderr
    built = run_sayso("data", "build", path, "--out", tmp_path / "out")
    assert built.exit_code == 0
    assert "1 article" in built.stderr + built.stdout


def test_a_file_of_a_zip_without_a_name_is_passed_over(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        unnamed = zipfile.ZipInfo("b.txt")
        unnamed.filename = ""
        with archive.open(unnamed, "w") as file:
            file.write(b"It froze.")
        archive.writestr("a.txt", "It rained.")
    assert [article.text for article in read_articles([str(tmp_path / "a.zip")])] == ["It rained."]


def test_a_name_in_a_zip_is_composed_as_in_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("Zoe\u0301.txt", "It rained.")
    assert [article.id for article in read_articles([str(tmp_path / "a.zip")])] == [f"{tmp_path}/a.zip/Zo\u00e9.txt"]
