"""Show that the own corpus repeats neither itself nor real news.

    python benchmarks/corpus_diversity.py SHARED_DIR

Four checks: no two sentences of different articles share 60 % of their word 3-grams; type-token ratio and distinct
4-grams per 10,000 words beside SHARED_DIR/articles/news-500.jsonl cut to the same size; no sentence shares an
8-gram of words with any text below SHARED_DIR. What is shared is counted and shown, ours and theirs.

The cut: real articles in an order drawn by seed, each cut at a sentence's end to the length of the article of ours
in the same place of our own order, until both have the same number of words. So both hold as many articles of
the same lengths, and a long real article does not pass for lack of variety. Texts are compared over non-overlapping
windows of 10,000 words as well as whole, with the middle of 20 draws.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median

from sayso.data.articles.sentences import find_sentences
from sayso.data.corpora.own import own_corpus
from sayso.data.splits.near_sentences import near_duplicates

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
WINDOW = 10_000
DRAWS = 20
TEXTS = frozenset({".txt", ".json", ".jsonl", ".csv", ".tsv", ".md", ".ann", ".xml", ".parquet"})


def words_of(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def our_words() -> list[list[str]]:
    """Return the words of each article, its sentences only (furniture and datelines left out)."""
    return [[w for s in a.sentences for w in words_of(s.span.of(a.article.text))] for a in own_corpus()]


def real_sentences(path: Path) -> list[list[list[str]]]:
    """Return the words of each sentence of each real article."""
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [[words_of(s.of(text)) for s in find_sentences(text)] for text in texts]


def cut(real: Sequence[list[list[str]]], lengths: Iterable[int], rng: random.Random) -> list[str]:
    """Return as many words of real articles as ours have, article by article."""
    order = rng.sample(range(len(real)), len(real))
    wanted, words = list(lengths), []
    total = sum(wanted)
    for i in order:
        if len(words) >= total:
            break
        length = wanted.pop(0) if wanted else total - len(words)
        n = 0
        for sentence in real[i]:
            if n >= length:
                break
            words += sentence
            n += len(sentence)
    return words[:total]


def variety(words: Sequence[str]) -> dict[str, float]:
    windows = [words[i : i + WINDOW] for i in range(0, len(words) - WINDOW + 1, WINDOW)]
    return {
        "words": len(words),
        "types per token, whole": len(set(words)) / len(words),
        "types per token, 10,000 words": mean(len(set(w)) / WINDOW for w in windows),
        "distinct 4-grams per 10,000 words, whole": len(set(grams(words, 4))) / len(words) * WINDOW,
        "distinct 4-grams in 10,000 words": mean(len(set(grams(w, 4))) for w in windows),
    }


def grams(words: Sequence[str], n: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(n)), strict=False)


def shared_grams(shared: Path, n: int) -> tuple[Counter[str], int]:
    """Count our sentences' n-grams that occur in a text below a folder, and our sentences that hold one."""
    sentences = [words_of(s.span.of(a.article.text)) for a in own_corpus() for s in a.sentences]
    ours = {gram for words in sentences for gram in grams(words, n)}
    found: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for path in sorted(shared.rglob("*")):
        if path.suffix.lower() in TEXTS and path.is_file():
            hits = ours.intersection(grams(words_of(readable(path)), n))
            seen |= hits
            found.update(" ".join(gram) for gram in hits)
    return found, sum(any(gram in seen for gram in grams(words, n)) for words in sentences)


def readable(path: Path) -> str:
    if path.suffix == ".parquet":
        import pandas as pd

        frame = pd.read_parquet(path).select_dtypes(exclude="number")
        return "\n".join(str(value) for column in frame for value in frame[column])
    text = path.read_bytes().decode("utf-8", errors="replace")
    if path.suffix in {".json", ".jsonl"}:
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        return re.sub(r"\\[nrt]", " ", text)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shared", type=Path, metavar="SHARED_DIR")
    shared = parser.parse_args().shared
    pairs = list(near_duplicates(own_corpus()))
    print(f"sentences of different articles that share 60 % of their 3-grams: {len(pairs)}")
    for one, other, likeness in pairs:
        print(f"  {likeness:.0%} {one.article}:{one.n} {other.article}:{other.n} {one.text}")
    articles = our_words()
    ours = variety([word for words in articles for word in words])
    real = real_sentences(shared / "articles" / "news-500.jsonl")
    lengths = [len(words) for words in articles]
    drawn = [variety(cut(real, lengths, random.Random(seed))) for seed in range(DRAWS)]
    print(f"{'':42} {'ours':>9} {'real':>9} ours/real")
    for name, value in ours.items():
        theirs = median(d[name] for d in drawn)
        print(f"{name:42} {value:9.4g} {theirs:9.4g} {value / theirs:9.3f}")
    found, n_sentences = shared_grams(shared, 8)
    print(f"8-grams of ours that occur below the folder: {len(found)}, in {n_sentences} sentences")
    for gram, n in found.most_common():
        print(f"  {n} {gram}")


if __name__ == "__main__":
    main()
