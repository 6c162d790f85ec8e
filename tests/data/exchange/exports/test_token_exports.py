"""Files with a token a line, UIMA CAS, and exports that are packed."""

import gzip
import io
import json
import zipfile

import pytest
from builders import run_sayso, sentences_of, write_rows

from sayso.data.articles.notices import Notices
from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.exports.bio import joined
from sayso.data.exchange.formats import read_exchange
from sayso.data.records import Attribution, Span
from sayso.errors import SaysoError

CLAIM, QUOTE, SNOW = "The ministry said it rained.", "“It will hold,” Ida Brack said.", "Snow fell."


def kinds_of(articles):
    return [s.kind for a in articles for s in a.sentences]


@pytest.fixture
def read(tmp_path):
    def written(text, name="t.bio"):
        (tmp_path / name).write_text(text, "utf-8")
        return read_labelled([tmp_path / name])

    return written


# BIO

CLAIM_LINES = [("The", "B"), ("ministry", "I"), ("said", "I"), ("it", "I"), ("rained", "I"), (".", "I")]


def lines(tokens, label, between="\t"):
    return "".join(f"{form}{between}{letter if letter == 'O' else f'{letter}-{label}'}\n" for form, letter in tokens)


@pytest.mark.parametrize("name", ["t.bio", "t.iob2", "t.tsv", "t.txt", "t.conll"])
@pytest.mark.parametrize("between", ["\t", " ", " -X- _ "])
def test_tags_are_labels_of_sentences(read, name, between):
    snow = lines([("Snow", "O"), ("fell", "O"), (".", "O")], "", between)
    (article,) = read(lines(CLAIM_LINES, "official_claim", between) + "\n" + snow, name)
    assert (article.article.id, article.article.text) == ("t", f"{CLAIM} {SNOW}")
    assert kinds_of([article]) == ["official_claim", None]


def test_documents_are_articles(read):
    one = "-DOCSTART- -X- O\n\n" + lines(CLAIM_LINES, "official_claim", " ") + "\n"
    articles = read(f"{one}{one}")
    assert [(a.article.id, a.article.text) for a in articles] == [("t-1", CLAIM), ("t-2", CLAIM)]
    (named, _) = read(f"# newdoc id = a1\n{lines(CLAIM_LINES, 'quote')}# newdoc id = a2\n{lines(CLAIM_LINES, 'quote')}")
    assert named.article.id == "a1"


def test_roles_in_one_sentence_are_an_attribution(read):
    letters = [
        ("The", "B-SOURCE"),
        ("ministry", "I-SOURCE"),
        ("said", "S-CUE"),
        ("it", "B-CONTENT"),
        ("rained", "E-CONTENT"),
        (".", "O"),
    ]
    (article,) = read("".join(f"{form}\t{tag}\n" for form, tag in letters))
    assert article.sentences[0].attributions == (Attribution(Span(0, 12), Span(13, 17), (Span(18, 27),)),)


def test_a_header_is_no_token(read):
    (article,) = read(f"word\ttag\n{lines(CLAIM_LINES, 'official_claim')}", "t.tsv")
    assert sentences_of(article) == [CLAIM]


def test_a_line_without_a_tag_is_refused(read):
    with pytest.raises(
        SaysoError,
        match=r"t\.bio:301: 'rain' is not a tag; each line must hold a token " r"and O, B-LABEL or I-LABEL",
    ):
        read(lines(CLAIM_LINES, "quote") * 50 + "It\train\n")


def test_what_is_guessed_is_told(tmp_path):
    (tmp_path / "t.bio").write_text(lines(CLAIM_LINES, "quote"), "utf-8")
    told = []
    list(read_exchange(tmp_path / "t.bio", told.append))
    assert [line.partition("BIO tags: ")[2] for line in told] == [
        "1 label read as kind.",
        "texts joined from words, with guessed spaces: 1.",
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("“ Rain , ” he said .", "“Rain,” he said."),
        ('" Rain , " he did n\'t say .', '"Rain," he didn\'t say.'),
        ("the mayor 's ( new ) plan : 5 % !", "the mayor's (new) plan: 5%!"),
        ("well-known ; $ 5", "well-known; $5"),
    ],
)
def test_spaces_are_those_of_english(words, text):
    found, places = joined(words.split())
    assert found == text
    assert [span.of(text) for span in places] == words.split()


@pytest.mark.parametrize(
    "text",
    [
        "Highway I-95\nHighway I-10\nHighway I-5\n",
        "Gate B-1\nGate B-2\nThe gate O\n",
        "The mayor left.\nSnow fell.\nIt was O\n",
        "text\tkind\nSnow fell.\tnarrative\nIt rained.\tnarrative\nIt froze.\tquote\n",
    ],
)
def test_prose_and_tables_are_none(tmp_path, text):
    (tmp_path / "t.tsv").write_text(text, "utf-8")
    assert read_exchange(tmp_path / "t.tsv") is None


# WebAnno TSV

WEBANNO = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=webanno.custom.Sentence_kind|kind|source_type
#T_SP=webanno.custom.Role|value


#Text=The ministry 😀 said\\\\it rained.
1-1\t0-3\tThe\tDT\tOfficial claim[1]\tstate[1]\tSource[3]
1-2\t4-12\tministry\tNN\tOfficial claim[1]\tstate[1]\tSource[3]
1-3\t13-15\t😀\t_\tOfficial claim[1]\tstate[1]\t_
1-4\t16-20\tsaid\tVBD\tOfficial claim[1]\tstate[1]\tCue
1-5\t21-23\tit\tPRP\tOfficial claim[1]\tstate[1]\tContent[4]
1-6\t24-30\trained\tVBD\tOfficial claim[1]\tstate[1]\tContent[4]
1-7\t30-31\t.\t.\tOfficial claim[1]\tstate[1]\t_

#Text=Snow fell.
2-1\t33-37\tSnow\tNN\tNarrative[2]\t_\t_
2-2\t38-42\tfell\tVBD\tNarrative[2]\t_\t_
2-3\t42-43\t.\t.\tNarrative[2]\t_\t_
"""


def test_layers_of_webanno_are_questions(read):
    """Offsets count UTF-16 units: an emoji is two."""
    (article,) = read(WEBANNO, "a1.tsv")
    assert (article.article.id, article.article.text) == ("a1", "The ministry 😀 said\\it rained.\n\nSnow fell.")
    assert [(s.kind, s.source_type) for s in article.sentences] == [("official_claim", "state"), ("narrative", None)]
    assert article.sentences[0].attributions == (Attribution(Span(0, 12), Span(15, 19), (Span(20, 29),)),)


def test_relations_of_webanno_join_attributions(read):
    """Of two sources and two cues in a sentence only relations tell which belong together."""
    text = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Role|value
#T_RL=webanno.custom.Link|what|BT_webanno.custom.Role


#Text=Ann Roe said no and Bo wept.
1-1\t0-3\tAnn\tSource[1]\t_\t_
1-2\t4-7\tRoe\tSource[1]\t_\t_
1-3\t8-12\tsaid\tCue\tby\t1-1[1_0]
1-4\t13-15\tno\tContent\tof\t1-3
1-5\t16-19\tand\t_\t_\t_
1-6\t20-22\tBo\tSource\t_\t_
1-7\t23-27\twept\tCue\tby\t1-6
1-8\t27-28\t.\t_\t_\t_
"""
    (article,) = read(text, "a1.tsv")
    assert article.sentences[0].attributions == (
        Attribution(Span(0, 7), Span(8, 12), (Span(13, 15),)),
        Attribution(Span(20, 22), Span(23, 27), ()),
    )


def test_a_broken_line_of_webanno_is_named(read):
    with pytest.raises(SaysoError, match=r"a1\.tsv:9: 4-12 is 'ministry' in the text, not 'minister'"):
        read(WEBANNO.replace("\tministry\t", "\tminister\t"), "a1.tsv")
    with pytest.raises(SaysoError, match=r"a1\.tsv:9: not a line of WebAnno TSV 3: .* 1-1, 0-3, a word"):
        read(WEBANNO.replace("1-2\t4-12", "1-2\tfour"), "a1.tsv")


# UIMA CAS


@pytest.fixture
def cas():
    """Make a document with a layer of kinds, and its type system."""
    cassis = pytest.importorskip("cassis")
    types = cassis.TypeSystem()
    sentence = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence", "uima.tcas.Annotation")
    kind = types.create_type("webanno.custom.SentenceKind", "uima.tcas.Annotation")
    types.create_feature(kind, "kind", "uima.cas.String")
    document = cassis.Cas(typesystem=types)
    document.sofa_string = f"😀 {CLAIM} {SNOW}"
    document.add(sentence(begin=0, end=30))
    document.add(sentence(begin=31, end=41))
    document.add(kind(begin=0, end=30, kind="Official claim"))
    return document, types


def read_cas(path):
    (article,) = read_labelled([path])
    return article.article.id, sentences_of(article), kinds_of([article])


RIGHT = ("doc", [f"😀 {CLAIM}", SNOW], ["official_claim", None])


def test_a_cas_whose_text_is_none_is_refused(cas, tmp_path):
    document, _ = cas
    document.to_json(tmp_path / "doc.json")
    whole = json.loads((tmp_path / "doc.json").read_text())
    next(one for one in whole["%FEATURE_STRUCTURES"] if "sofaString" in one)["sofaString"] = {"a": "Snow fell."}
    (tmp_path / "doc.json").write_text(json.dumps(whole))
    with pytest.raises(SaysoError, match=r"doc\.json: no text; export the document again"):
        read_cas(tmp_path / "doc.json")


def test_a_cas_is_read(cas, tmp_path):
    document, types = cas
    document.to_json(tmp_path / "doc.json")
    assert read_cas(tmp_path / "doc.json") == RIGHT
    document.to_xmi(tmp_path / "doc.xmi")
    with pytest.raises(SaysoError, match=r"doc\.xmi: TypeSystem\.xml is missing next to it; export as UIMA CAS XMI"):
        read_cas(tmp_path / "doc.xmi")
    types.to_xml(tmp_path / "TypeSystem.xml")
    assert read_cas(tmp_path / "doc.xmi") == RIGHT
    with zipfile.ZipFile(tmp_path / "doc.zip", "w") as archive:
        archive.write(tmp_path / "doc.xmi", "doc.xmi")
        archive.write(tmp_path / "TypeSystem.xml", "TypeSystem.xml")
    assert read_cas(tmp_path / "doc.zip") == RIGHT
    (tmp_path / "doc.xmi").write_text("<xmi", "utf-8")
    with pytest.raises(SaysoError, match=r"doc\.xmi: not UIMA CAS, or damaged \(.*\); export it again"):
        read_cas(tmp_path / "doc.xmi")


# packed, and in folders

LINE = {"id": 1, "text": f"{CLAIM} {SNOW}", "label": [[0, 28, "official_claim"]], "Comments": []}


def test_a_zip_of_exports_is_unpacked(tmp_path):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.write(write_rows(tmp_path / "all.jsonl", [LINE]), "all.jsonl")
        archive.writestr("__MACOSX/all.jsonl", "x")
    (tmp_path / "d.zip").write_bytes(raw.getvalue())
    told = []
    assert kinds_of(read_labelled([tmp_path / "d.zip"], notices=Notices(told.append))) == ["official_claim", None]
    assert told == [f"{tmp_path / 'd.zip'}/all.jsonl: doccano: 1 label read as kind."]


def test_a_compressed_export_is_unpacked(tmp_path):
    raw = write_rows(tmp_path / "all.jsonl", [LINE]).read_bytes()
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(raw))
    assert kinds_of(read_labelled([tmp_path / "all.jsonl.gz"])) == ["official_claim", None]


def test_a_folder_of_exports_is_read_file_by_file(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    write_rows(folder / "a.jsonl", [LINE])
    write_rows(folder / "b.jsonl", [{**LINE, "id": 2}])
    (folder / "note.txt").write_text("Both by Ann.")
    code, _, told = run_sayso("data", "build", folder, "--out", out)
    assert (code, told.splitlines()[:3]) == (
        0,
        [
            f"{folder / 'a.jsonl'}: doccano: 1 label read as kind.",
            f"{folder / 'b.jsonl'}: doccano: 1 label read as kind.",
            f"{folder}: left out: 1 file (.txt 1).",
        ],
    )
    assert kinds_of(read_labelled([out])) == ["official_claim", None] * 2
    write_rows(folder / "b.jsonl", [LINE])
    with pytest.raises(SaysoError, match=r"b\.jsonl:1: article '1' is already given in a\.jsonl; .* sayso data agree"):
        read_labelled([folder])


def test_files_of_a_folder_tell_their_split(tmp_path):
    write_rows(tmp_path / "train.jsonl", [LINE])
    write_rows(tmp_path / "test.jsonl", [{**LINE, "id": 2}])
    assert {a.article.id: a.split for a in read_labelled([tmp_path])} == {"1": "train", "2": "test"}
