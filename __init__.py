"""Tell, sentence by sentence, on whose say-so a reader takes what a news article says.

``import sayso`` imports nothing else: each name is loaded when it is first used.
"""

# pytest imports this file a second time, under the name of the folder: all that is imported here is called sayso.…,
# so that every class exists once
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.classify.annotation.annotation import Annotation
    from sayso.classify.annotation.annotator import Annotator
    from sayso.classify.annotation.records import AnnotatedSentence, BiasLabel, FoundAttribution, OwnLabel, StanceLabel
    from sayso.classify.api.annotating import annotate, load_annotator
    from sayso.classify.api.frames import annotate_frame
    from sayso.classify.api.reading import load_dataset, read_articles
    from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span
    from sayso.errors import SaysoError
    from sayso.train.estimators.attribution import AttributionExtractor
    from sayso.train.estimators.bias import BiasClassifier
    from sayso.train.estimators.cross_validation import cross_validate
    from sayso.train.estimators.files import load_model
    from sayso.train.estimators.kind import KindClassifier
    from sayso.train.estimators.sentence_in import SentenceIn
    from sayso.train.estimators.stance import StanceClassifier
    from sayso.train.estimators.text import TextClassifier
    from sayso.train.evaluation.attribution import AttributionEvaluation
    from sayso.train.evaluation.result import Evaluation

    __version__: str

__all__ = [
    "AnnotatedSentence",
    "Annotation",
    "Annotator",
    "Article",
    "Attribution",
    "AttributionEvaluation",
    "AttributionExtractor",
    "BiasClassifier",
    "BiasLabel",
    "Evaluation",
    "FoundAttribution",
    "KindClassifier",
    "LabelledArticle",
    "OwnLabel",
    "SaysoError",
    "Sentence",
    "SentenceIn",
    "Span",
    "StanceClassifier",
    "StanceLabel",
    "TextClassifier",
    "__version__",
    "annotate",
    "annotate_frame",
    "cross_validate",
    "load_annotator",
    "load_dataset",
    "load_model",
    "read_articles",
]

_NAMES_OF = {
    "classify.annotation.annotation": ("Annotation",),
    "classify.annotation.annotator": ("Annotator",),
    "classify.annotation.records": ("AnnotatedSentence", "BiasLabel", "FoundAttribution", "OwnLabel", "StanceLabel"),
    "classify.api.annotating": ("annotate", "load_annotator"),
    "classify.api.frames": ("annotate_frame",),
    "classify.api.reading": ("load_dataset", "read_articles"),
    "data.records": ("Article", "Attribution", "LabelledArticle", "Sentence", "Span"),
    "errors": ("SaysoError",),
    "train.estimators.attribution": ("AttributionExtractor",),
    "train.estimators.bias": ("BiasClassifier",),
    "train.estimators.cross_validation": ("cross_validate",),
    "train.estimators.files": ("load_model",),
    "train.estimators.kind": ("KindClassifier",),
    "train.estimators.sentence_in": ("SentenceIn",),
    "train.estimators.stance": ("StanceClassifier",),
    "train.estimators.text": ("TextClassifier",),
    "train.evaluation.attribution": ("AttributionEvaluation",),
    "train.evaluation.result": ("Evaluation",),
}
_MODULE_OF = {name: f"sayso.{module}" for module, names in _NAMES_OF.items() for name in names}

if not TYPE_CHECKING:  # a type checker knows the names above, and refuses others

    def __getattr__(name: str) -> object:
        """Load a name when it is first used."""
        if name == "__version__":
            from importlib.metadata import version

            value = version("sayso")
        elif name in _MODULE_OF:
            from importlib import import_module

            value = getattr(import_module(_MODULE_OF[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the names, those that are not loaded yet too."""
    return sorted({*globals(), *__all__})
