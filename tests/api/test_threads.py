import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import sayso
from sayso.classify.annotation import annotator as annotator_module
from sayso.classify.language import word_forms
from sayso.classify.model_files.shipped import shipped_model

N_THREADS = 4
ROUNDS = 6


def made_up(n):
    """Give an article whose words no other article has."""
    names = ", ".join(f"Tor{chr(97 + n)}{chr(97 + i)}nes" for i in range(12))
    return sayso.Article(f"a{n}", f"The ferry to {names} is late, captain Ola Berg{chr(97 + n)} said. “We wait,” she added.")


def test_threads_annotate_at_the_same_time_as_one_after_the_other(monkeypatch, tmp_path):
    monkeypatch.setattr(word_forms, "_MOST", 40)  # the tables of word forms begin anew every few articles
    annotator = sayso.load_annotator()
    articles = [made_up(n) for n in range(N_THREADS * ROUNDS)]
    expected = [annotator.annotate(article) for article in articles]
    start = Barrier(N_THREADS)

    def annotate(number):
        start.wait()
        mine = articles[number::N_THREADS]
        return list(annotator.annotate_all(mine)) if number % 2 else [annotator.annotate(article) for article in mine]

    with ThreadPoolExecutor(N_THREADS) as pool:
        for number, found in enumerate(pool.map(annotate, range(N_THREADS))):
            assert found == expected[number::N_THREADS]


@pytest.mark.parametrize("stage", ["find_sentences", "view", "describe"])
def test_only_one_thread_at_a_time_reads(stage, monkeypatch):
    """The stages share tables: two threads in one of them would spoil these."""
    inside, most = [], []
    original = getattr(annotator_module, stage)

    def watched(*arguments):
        inside.append(stage)
        most.append(len(inside))
        time.sleep(0.002)  # any other thread that may come in does so
        found = original(*arguments)
        inside.pop()
        return found

    monkeypatch.setattr(annotator_module, stage, watched)
    annotator = sayso.load_annotator()
    with ThreadPoolExecutor(N_THREADS) as pool:
        list(pool.map(annotator.annotate, map(made_up, range(8))))
    assert max(most) == 1


def test_threads_may_ask_estimators_too(monkeypatch):
    monkeypatch.setattr(word_forms, "_MOST", 40)
    articles = [made_up(n) for n in range(N_THREADS * 3)]
    kinds, extractor = (sayso.load_model(shipped_model(name)) for name in ("voice", "attribution"))
    texts = [[article.text] for article in articles]
    expected = [(kinds.predict_proba(text).tolist(), extractor.predict(text)) for text in texts]
    with ThreadPoolExecutor(N_THREADS) as pool:
        found = list(pool.map(lambda text: (kinds.predict_proba(text).tolist(), extractor.predict(text)), texts))
    assert found == expected


def test_a_thread_that_stops_half_way_holds_up_no_other():
    annotator = sayso.load_annotator()
    half_way = annotator.annotate_all(made_up(n) for n in range(3))
    next(half_way)
    with ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(annotator.annotate, made_up(3)).result(timeout=60)) == 2
