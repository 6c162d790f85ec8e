"""What was done, in two paragraphs that a paper's methods section can take: every number is of the run itself."""

import shlex
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from ...classify.linear.composed import ATTRIBUTION
from ...classify.linear.label_pairs import VOICE
from ...classify.model_files.container import read_model
from ...classify.model_files.shipped import shipped_model
from ...classify.word_reader.reader import WordReader
from ...classify.wording.recipe import Setup
from ...data.corpora.reader import GROUP
from ...data.display import counted, sentences_in_articles
from ...data.records import LabelledArticle
from ..estimators.wording import WordingEstimator
from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.evaluate import UNSEEN
from ..evaluation.result import Evaluation
from ..folds.unseen import reader_text
from ..given_reader import data_of_reader, open_reader, seen_by_reader
from ..held_out_attributions import FITTED, SHIPPED, choose_source
from ..measures.calibration import BINS
from ..measures.scores import DRAWS
from ..tasks.adapted import OF_PACKAGE, PACKAGE
from ..tasks.labels import LabelTask
from ..tasks.registry import task_of
from ..tasks.task import AnyTask
from .recipe_text import Asked, recipe_text
from .used import TOGETHER, way_of

_SHORT = 12  # hexadecimal digits of a digest
_MACRO = (
    "Scores are macro F1 (the unweighted mean of the labels' F1) and accuracy, with 95 % intervals: the middle 95 % of "
    f"{DRAWS:,} bootstrap draws of whole articles with replacement."
)
_LEARNED: Mapping[str, str] = {
    TOGETHER: (
        "Kind and source type were predicted together by three L2-penalised logistic regressions (scikit-learn; C, the "
        "inverse strength of the penalty, is 0.1) on features of the sentence and its article, such as cue words, quotation "
        "marks, attributions and words of the source: whether the sentence is a quotation, whether it is attributed, and "
        "of what type its source is. On held-out training articles the first two were calibrated by Platt scaling, the "
        "third by temperature scaling."
    ),
    "KindClassifier": (
        "The label was predicted by an L2-penalised logistic regression (scikit-learn; C, the inverse strength of the "
        "penalty, is 0.1) on features of the sentence and its article, such as cue words, quotation marks, attributions and "
        "words of the source, calibrated by temperature scaling on held-out training articles."
    ),
    "StanceClassifier": (
        "The stance of a sentence towards a target was predicted by two L2-penalised logistic regressions (scikit-learn; C, "
        "the inverse strength of the penalty, is 0.05 and 0.1): the first on features of the sentence and of its mention of "
        "the target, the second also on the predictions of the first for the surrounding sentences. Both were calibrated by "
        "temperature scaling on held-out training articles."
    ),
    "BiasClassifier": (
        "Loaded words were predicted first, and from them whether the sentence is biased, by L2-penalised logistic "
        "regressions (scikit-learn; C, the inverse strength of the penalty, is 0.3 and 0.1); the second was calibrated by "
        "temperature scaling on held-out training articles."
    ),
}
_PLAIN = (
    "The label was predicted by an L2-penalised logistic regression (scikit-learn; C, the inverse strength of the penalty, "
    "is 0.1) on the words of the sentence and on features of the sentence and its article, such as cue words, quotation "
    "marks, attributions and words of the source, for this column alone. It was calibrated by temperature scaling on "
    "held-out training articles."
)
_ADAPTED = (
    "The built-in model for the column, or the given model, was adapted: its weights were changed to fit the labels of "
    "the training articles."
)
_ATTRIBUTION = (
    "Attributions were extracted by a sequence of regularised logistic regressions on hashed features of tokens: cues "
    "first, then source and content of each cue, then a choice among whole spans."
)
_READ = (
    "The features also include what a word reader makes of each article: the log odds of the words' roles, of the links "
    "between cue and word (biaffine scores) and of the sentences' labels, by a small transformer (MiniLM, fine-tuned). The "
    "word reader was {}."
)
_UNSEEN = "It learned from none of the scored articles."
_READ_BY_MODEL = "The features also include what a word reader, a small transformer, makes of each article: {}."
_READER_FOUND = (
    "Attributions that serve as features came from the attribution model on top of the word reader {}, a small transformer."
)
_OF_TASK = {VOICE: _LEARNED[TOGETHER], ATTRIBUTION: _ATTRIBUTION}
_OF_SOURCE = {
    FITTED: "Attributions that serve as features came from models fitted on the training articles of each fold.",
    SHIPPED: (
        "Attributions that serve as features came from the built-in attribution model, which was trained "
        "on none of these articles."
    ),
}


def methods_text(
    result: Evaluation | AttributionEvaluation, articles: Sequence[LabelledArticle], about: Mapping[str, Any]
) -> str:
    """Write the two paragraphs: data and folds; model, measures and versions.

    Parameters
    ----------
    result : Evaluation or AttributionEvaluation
    articles : sequence of LabelledArticle
        Those that were evaluated.
    about : mapping
        ``command`` and ``versions``.
    """
    if isinstance(result, AttributionEvaluation):
        first = [data_sentence(result.data), _marked(result), _folds_of_attributions(result, articles)]
        command = str(about["command"])
        made = [_ATTRIBUTION, *_read(reader_of(command))] if result.folds else given_model(command)
        second = [*made, _MEASURES_OF_SPANS]
    else:
        first = [data_sentence(result.data), _labels(result), *_folds(result, articles)]
        second = [*_model(result, articles, str(about["command"])), _MACRO, *_measures(result)]
    return paragraphs(first, [*second, versions_sentence(about["versions"])])


def paragraphs(*sentences: Sequence[str]) -> str:
    """Join sentences to paragraphs, with an empty line between them."""
    return "\n\n".join(" ".join(filter(None, of)) for of in sentences) + "\n"


def data_sentence(data: Mapping[str, Any]) -> str:
    """Name the data, its sizes and the beginning of its digest."""
    digest = f" (SHA-256 of the content: {str(data['digest'])[:_SHORT]}…)" if data.get("digest") else ""
    size = sentences_in_articles(data["sentences"], data["articles"])
    return f"The dataset {data['name']}{digest} has {size}."


def versions_sentence(versions: Mapping[str, str]) -> str:
    """Name the programs with their versions."""
    others = [f"{name} {version}" for name, version in versions.items() if name != "sayso"]
    return f"Computed with sayso {versions['sayso']} ({', '.join(others)})."


def _labels(of: Evaluation) -> str:
    """Say how many sentences have each label."""
    labels = ", ".join(f"{x.label} ({x.support:,})" for x in of.score.labels)
    where = "" if of.alone else f" in {counted(of.articles, 'article')}"
    return f"The evaluation covers {counted(of.sentences, 'sentence')}{where} with a label of {of.column}: {labels}."


def _folds(of: Evaluation, articles: Sequence[LabelledArticle]) -> list[str]:
    """Say how the scored sentences were held out."""
    if of.folds is None:
        return [
            f"The given model (SHA-256 {str(of.model)[:_SHORT]}…) was scored unchanged; nothing was fitted on these "
            "sentences."
        ]
    whole = {
        "articles": f"all sentences of an article, and {_same(articles)}, are in the same fold",
        "single sentences": "the data names no articles, so sentences of one article may be in different folds",
    }
    if UNSEEN in of.notes:
        whole["articles"] = "articles that share a stance target are in the same fold"
    together = whole.get(of.parted, "near-duplicate sentences, and texts that share rare words, are in the same fold")
    repeats = of.repeats or 1
    seeds = (
        f"seed {of.seed}"
        if repeats == 1
        else f"{repeats} repeats with the seeds {of.seed} to {(of.seed or 0) + repeats - 1}"
    )
    said = [
        f"The sentences were divided into {of.folds} folds, stratified by label and grouped: {together} ({seeds}). Every "
        "sentence was labelled by a model that was fitted on the other folds."
    ]
    if of.similar:
        said.append(
            f"There are {of.similar.groups:,} such groups of {of.similar.texts:,} texts; the largest has "
            f"{of.similar.largest:,}."
        )
    if of.grouped:
        said.append(
            f"In addition, {of.grouped.groups:,} groups of {of.grouped.column} were held out as a whole, in "
            f"{of.grouped.rounds} "
            "rounds."
        )
    return [*said, *_external(of)]


def _same(articles: Sequence[LabelledArticle]) -> str:
    """Name the articles that stay together; events only where the data names them."""
    return "articles with the same text" + (" or on the same event" if any(GROUP in a.meta for a in articles) else "")


def _external(of: Evaluation) -> list[str]:
    if of.external is None:
        return []
    found = of.external
    left_out = (
        (f" except {counted(found.left_out, 'article')} that the set also contains, exactly or as near-duplicates")
        if found.left_out
        else ""
    )
    return [
        f"An external test set, {found.name}, with {counted(found.sentences, 'labelled sentence')} in "
        f"{counted(found.articles, 'article')}, was labelled by a model fitted on all the data{left_out}."
    ]


def _model(of: Evaluation, articles: Sequence[LabelledArticle], command: str) -> list[str]:
    """Say what was trained on what; for a given model, its file says that."""
    if of.folds is None:
        return given_model(command)
    if " --adapt " in command:
        return [_ADAPTED]
    words = shlex.split(command)
    given = list(pairwise(words))
    also = tuple(column for option, column in given if option == "--also")
    encoder = next((name for option, name in given if option == "--encoder"), None)
    reader = reader_of(command)
    task = task_of(of.task, articles, of.column, Setup(also=also, reader=reader))
    return [*_learned(task, articles, Asked(encoder, "--search" in words)), *_read(reader)]


def reader_of(command: str) -> WordReader | None:
    """Give the word reader that a command names."""
    name = next((name for option, name in pairwise(shlex.split(command)) if option == "--reader"), None)
    return open_reader(name) if name else None


def _read(reader: WordReader | None) -> list[str]:
    """Say what the features include where there is a word reader."""
    if reader is None:
        return []
    return [_READ.format(_told(reader)), _UNSEEN if seen_by_reader(reader) else ""]


def _told(reader: WordReader) -> str:
    return reader_text(reader.as_json(), data_of_reader(reader))


def _learned(task: AnyTask, articles: Sequence[LabelledArticle], asked: Asked | None = None) -> list[str]:
    """Say how a task learns: features, penalty, calibration; and where its attributions come from."""
    found = task.source(articles)
    way, source = _LEARNED.get(way_of(task), ""), _OF_SOURCE.get(found.way, "")
    if found.reader is not None and found.way == SHIPPED:
        source = _READER_FOUND.format(found.reader.as_json()["name"])
    if isinstance(task, LabelTask) and isinstance(task.learner, WordingEstimator) and task.learner.by_wording:
        way = recipe_text(task.learner.used_recipe, asked)
    return [way, source]


def way_text(way: str, task: str, articles: Sequence[LabelledArticle], label: str | None = None) -> str:
    """Say how a way of learning of ``sayso compare`` was made: features, penalty, calibration; empty for baselines.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    task : str
    articles : sequence of LabelledArticle
        Those that were learned from.
    label : str, optional
        Label column, where it is not that of the task.
    """
    if way == "own":
        return " ".join(filter(None, _learned(task_of(task, articles, label), articles)))
    built_in = shipped_model(OF_PACKAGE.get(task, task)) if way in ("adapted", PACKAGE) else None
    base = manifest_text(read_model(built_in).manifest) if built_in else ""
    source = _OF_SOURCE.get(choose_source(articles).way, "")
    said = {"plain": (_PLAIN, source), "adapted": (base, _ADAPTED), PACKAGE: (base, "It was not fitted on these sentences.")}
    return " ".join(filter(None, said.get(way, ())))


def kept_text(methods: str) -> str:
    """Take from the methods text of an evaluation what it says of the model; empty where it is no such text."""
    _, _, second = methods.partition("\n\n")
    model, found, _ = second.partition(_MACRO)
    return model.strip() if found else ""


def given_model(command: str) -> list[str]:
    """Say what a given model has learned from what, by its manifest; nothing where its file is not there any more.

    Parameters
    ----------
    command : str
        That repeats the evaluation: it names the file with ``--model``.
    """
    words = shlex.split(command)
    paths = [Path(value) for option, value in pairwise(words) if option == "--model"]
    if not paths or not paths[0].is_file():
        return []
    manifest, reader = read_model(paths[0]).manifest, reader_of(command)
    said = _of_manifest(manifest, reader)
    if reader is not None and manifest["task"] != ATTRIBUTION:
        said.append(_READER_FOUND.format(_told(reader)))
    return said


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """Say in sentences what a model file says of its making."""
    return " ".join(filter(None, _of_manifest(manifest)))


def _of_manifest(manifest: Mapping[str, Any], reader: WordReader | None = None) -> list[str]:
    data = [f"{of['name']} ({sentences_in_articles(of['sentences'], of['articles'])})" for of in manifest.get("data", [])]
    said = [_OF_TASK.get(str(manifest["task"]), "")]
    if manifest.get("reader"):
        said.append(_READ_BY_MODEL.format(_told(reader) if reader else reader_text(manifest["reader"])))
    if data:
        said.append(f"The model was fitted on {' and '.join(data)}, seed {manifest.get('seed')}.")
    return said


def _measures(of: Evaluation) -> list[str]:
    """Name the measures besides the scores."""
    said = []
    if of.repeats and of.repeats > 1:
        said.append(
            "Macro F1, accuracy and their interval are means over the repeats; all other figures describe the first repeat."
        )
    said.append(
        f"Calibration was measured by the expected calibration error over {BINS} bins of equal width, the Brier score and "
        "the log loss."
    )
    if of.human and of.human.kappa is not None:
        said.append(
            f"A second annotator labelled {counted(of.human.sentences, 'sentence')}; agreement (Cohen's kappa) is "
            f"{of.human.kappa:.3f}."
        )
    return said


def _marked(of: AttributionEvaluation) -> str:
    return f"The evaluation covers {counted(of.attributions, 'marked attribution')} in {counted(of.articles, 'article')}."


def _folds_of_attributions(of: AttributionEvaluation, articles: Sequence[LabelledArticle]) -> str:
    if of.folds is None:
        return "The given model was scored unchanged; nothing was fitted on these articles."
    return (
        f"The articles were divided into {of.folds} folds (seed {of.seed}); {_same(articles)} are in the same fold. "
        "Attributions in an article were extracted by models that were fitted on the other folds."
    )


_MEASURES_OF_SPANS = (
    "Scores are precision, recall and F1 of words (content, source, cue) and of attributions: by overlap (the contents "
    "share at least half of their words), full (in addition, the source is correct) and exact (the contents have the same "
    f"words). Intervals of F1 are the middle 95 % of {DRAWS:,} bootstrap draws of whole articles with replacement."
)
