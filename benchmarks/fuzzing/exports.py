"""Files of other labelling tools, as small as they can be: those that sayso writes, and exports that it only reads."""

import json
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sayso.data.exchange.formats import FORMATS, write_exchange
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span

from .mutations import zipped
from .samples import LABELLED

_TEXTS = tuple(words for words, _, _ in LABELLED[:3])
_WHOLE = " ".join(_TEXTS)
Files = Mapping[str, bytes]


def labelled() -> list[LabelledArticle]:
    """Give two articles with labels of every sort."""
    return [_labelled("bridge", LABELLED[:3]), _labelled("dyke", LABELLED[3:])]


def _labelled(name: str, rows: Sequence[tuple[str, str, str]]) -> LabelledArticle:
    text, sentences = " ".join(words for words, _, _ in rows), list[Sentence]()
    for n, (words, kind, source_type) in enumerate(rows):
        start = text.index(words)
        span = Span(start, start + len(words))
        found = Attribution(Span(start, start + 3), Span(start + 4, start + 6), (Span(start + 7, span.end),), "Ida Brack")
        more: dict[str, Any] = {"attributions": (found,), "loaded": (Span(start, start + 4),)} if n == 1 else {}
        more |= {"bias": "biased", "stance": {"Tarn": "against"}, "extra": {"topic": "water"}} if n == 1 else {}
        sentences.append(Sentence(n, span, kind, source_type, **more))
    article = Article(name, text, "The bridge of Tolm", "Tolm Herald", "2031-04-02", "https://gull.example/1", "en")
    return LabelledArticle(article, tuple(sentences), {"Tarn": ("the mayor",)}, frozenset(("kind",)), {"country": "Orla"})


@cache
def written(name: str) -> Files:
    """Give what is written in a format of ours, by path."""
    chosen = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "in" if chosen.is_folder else f"in{chosen.suffix}")
        write_exchange(labelled(), out, name)
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


def _lines(*rows: Any) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _doccano() -> Files:
    spans = [[0, len(_TEXTS[0]), "official_claim"], [len(_TEXTS[0]) + 1, len(_TEXTS[0]) + 1 + len(_TEXTS[1]), "Quote"]]
    relations = {"id": 2, "text": _TEXTS[0], "relations": [{"from_id": 2, "to_id": 1}]}
    relations["entities"] = [
        {"id": n, "label": label, "start_offset": a, "end_offset": b}
        for n, (label, a, b) in enumerate((("Source", 0, 12), ("Cue", 13, 17), ("Content", 18, 35)), 1)
    ]
    return {"in.jsonl": _lines({"id": 1, "text": _WHOLE, "label": spans, "Comments": []}, relations)}


def _doccano_classes() -> Files:
    return {"in.jsonl": _lines(*({"id": n, "text": t, "label": ["quote"], "Comments": []} for n, t in enumerate(_TEXTS)))}


def _prodigy() -> Files:
    options = [{"id": kind, "text": kind} for kind in ("quote", "official_claim", "narrative")]
    rows = [
        {"text": words, "options": options, "accept": [kind], "answer": "accept", "_view_id": "choice", "_input_hash": n}
        for n, (words, kind, _) in enumerate(LABELLED)
    ]
    rows += [row | {"_session_id": "news-ann", "meta": {"article_id": "a1", "title": "Dyke"}} for row in rows[:2]]
    spans = [{"start": 0, "end": len(_TEXTS[0]), "label": "Official claim"}, {"start": 4, "end": 12, "label": "ORG"}]
    return {"in.jsonl": _lines(*rows, {"text": _WHOLE, "spans": spans, "answer": "accept", "_task_hash": 4})}


def _label_studio() -> Files:
    def choice(label: str, **place: Any) -> dict[str, Any]:
        value = {"choices": [label], **place}
        return {"id": "r", "from_name": "kind", "to_name": "text", "type": "choices", "value": value}

    region = {"start": 0, "end": 12, "labels": ["Source"], "text": _TEXTS[0][:12]}
    tasks = [
        {
            "id": n,
            "data": {"text": words, "article_id": "a1", "meta": {"title": "Dyke"}},
            "annotations": [
                {
                    "id": n,
                    "completed_by": who,
                    "result": [
                        choice(kind),
                        {"id": "s", "from_name": "l", "to_name": "text", "type": "labels", "value": region},
                    ],
                    "was_cancelled": False,
                }
                for who in (1, {"id": 2, "email": "ben@gull.example"})
            ],
            "predictions": [{"result": [choice("quote")], "score": 0.5, "model_version": "m"}],
        }
        for n, (words, kind, _) in enumerate(LABELLED[:2])
    ]
    return {"in.json": json.dumps(tasks).encode()}


def _label_studio_min() -> Files:
    rows = [
        {"id": n, "text": words, "kind": kind, "annotator": 1, "annotation_id": n, "lead_time": 1.5, "created_at": "2031"}
        for n, (words, kind, _) in enumerate(LABELLED)
    ]
    return {"in.json": json.dumps(rows).encode()}


def _spacy() -> Files:
    pairs = [[words, {"cats": {"quote": float(kind == "quote"), "narrative": 0}}] for words, kind, _ in LABELLED]
    return {"in.json": json.dumps([*pairs, [_WHOLE, {"entities": [[0, len(_TEXTS[0]), "official_claim"]]}]]).encode()}


def _gate() -> Files:
    places = {
        "Official claim": [{"indices": [0, len(_TEXTS[0])]}],
        "Narrative": [{"indices": [len(_WHOLE) - 10, len(_WHOLE)]}],
    }
    return {"in.json": json.dumps({"text": _WHOLE, "entities": places, "id": 3}).encode()}


def _bio() -> Files:
    words = _TEXTS[0].replace(".", " .").split()
    tagged = "".join(f"{word}\t{'B' if n == 0 else 'I'}-official_claim\n" for n, word in enumerate(words))
    return {"in.bio": f"-DOCSTART- -X- O\n\n{tagged}\nSnow O\nfell O\n. O\n".encode()}


def _webanno() -> Files:
    lines = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Sentence_kind|kind|source_type\n#T_SP=webanno.custom.Role|value\n"
        "#T_RL=webanno.custom.Link|what|BT_webanno.custom.Role\n\n\n#Text=Ann 😀 said no.\n"
        "1-1\t0-3\tAnn\tQuote[1]\tstate[1]\tSource[2]\t_\t_\n1-2\t4-6\t😀\tQuote[1]\tstate[1]\tSource[2]\t_\t_\n"
        "1-3\t7-11\tsaid\tQuote[1]\tstate[1]\tCue\tby\t1-1[2_0]\n1-4\t12-14\tno\tQuote[1]\tstate[1]\tContent\tof\t1-3\n"
        "1-5\t14-15\t.\tQuote[1]\tstate[1]\t_\t_\t_\n\n#Text=Snow fell.\n2-1\t17-21\tSnow\t_\t_\t_\t_\t_\n"
    )
    return {"in.tsv": lines.encode()}


_TYPES = (
    '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription><name>{}</name>'
    "<supertypeName>uima.tcas.Annotation</supertypeName>{}</typeDescription></types></typeSystemDescription>"
)
_FEATURE = (
    "<features><featureDescription><name>kind</name><rangeTypeName>uima.cas.String</rangeTypeName>"
    "</featureDescription></features>"
)


def _cas() -> Files:
    kind = f'<custom:SentenceKind xmi:id="3" sofa="1" begin="0" end="{len(_TEXTS[0])}" kind="Official claim"/>'
    xmi = (
        '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas='
        '"http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>'
        f'{kind}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{_WHOLE}"/>'
        '<cas:View sofa="1" members="3"/></xmi:XMI>'
    )
    types = _TYPES.format("webanno.custom.SentenceKind", _FEATURE)
    return {"in.zip": zipped({"in.xmi": xmi, "TypeSystem.xml": types})}


def _cas_json() -> Files:
    kind = {"%ID": 3, "%TYPE": "webanno.custom.SentenceKind", "@sofa": 1, "begin": 0, "end": len(_TEXTS[0]), "kind": "Quote"}
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": _WHOLE}
    feature = {"%NAME": "kind", "%RANGE": "uima.cas.String"}
    types = {"%NAME": "webanno.custom.SentenceKind", "%SUPER_TYPE": "uima.tcas.Annotation", "kind": feature}
    views = {"_InitialView": {"%SOFA": 1, "%INDEX": 3, "%MEMBERS": [3]}}
    whole = {"%TYPES": {types["%NAME"]: types}, "%FEATURE_STRUCTURES": [sofa, kind], "%VIEWS": views}
    return {"in.json": json.dumps(whole).encode()}


def _unread() -> Files:
    return {"in.json": json.dumps({"name": "news", "examples": [{"content": _TEXTS[2]}]}).encode()}


def _packed() -> Files:
    return {"in.zip": zipped({**_doccano(), "__MACOSX/in.jsonl": b"x", "read me.txt": b"By Ann."})}


_READ_ONLY: Mapping[str, Callable[[], Files]] = {
    "doccano": _doccano,
    "doccano classes": _doccano_classes,
    "prodigy answers": _prodigy,
    "label studio answers": _label_studio,
    "label studio min": _label_studio_min,
    "spacy": _spacy,
    "gate": _gate,
    "bio": _bio,
    "webanno": _webanno,
    "cas": _cas,
    "cas json": _cas_json,
    "unread": _unread,
    "packed": _packed,
}


def export(draw: random.Random) -> Files:
    """Give the files of a whole export."""
    name = draw.choice([*FORMATS, *_READ_ONLY])
    return written(name) if name in FORMATS else _READ_ONLY[name]()
