"""The names by which columns are recognised: those of articles, of labelled sentences, and of administration.

Names are compared in small letters and without spaces, hyphens, underscores and points. ``docs/tables.md`` shows these
tables; a test holds it to them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

_BETWEEN = re.compile(r"[\W_]+")

OF_ARTICLES: Mapping[str, tuple[str, ...]] = {
    "text": tuple(
        "text article_text full_text main_text maintext body_xhtml body article_body body_text content article story "
        "plain_text news_text full_content article_content text_content contents bodies content_html content_text "
        "content_encoded cleaned_text clean_text raw_text selftext body_html article_html content_elements "
        "html raw_html markdown paragraphs text_clean text_cleaned "
        "volltext artikeltext beitragstext fließtext inhalt texte texte_intégral texte_integral texte_complet "
        "texte_article contenu texto texto_completo texto_noticia contenido cuerpo testo testo_completo testo_integrale "
        "testo_articolo contenuto tekst volledige_tekst artikeltekst inhoud".split()
    ),
    "id": tuple(
        "id article_id doc_id document_id uuid uid guid name_id article uri urn story_id news_id item_id url link".split()
    ),
    "title": tuple(
        "title headline headline_main title_rendered article_title web_title metadata_title headlines heading "
        "article_headline news_title news_headline headline_text "
        "titel überschrift ueberschrift schlagzeile titre título titulo titular titolo kop".split()
    ),
    "outlet": tuple(
        "outlet outlet_name publisher publisher_name publication publication_name source_name news_outlet newspaper "
        "paper paper_name newspaper_name newspaper_title publication_title outlet_title news_source media_source news_site "
        "news_org news_organization news_organisation magazine broadcaster "
        "source_hostname site_name source site media_name media_outlet thread_site source_domain domain hostname "
        "clean_url provider source_url zeitung zeitungsname quelle medium journal média périodique periódico periodico "
        "diario medio fuente giornale testata quotidiano fonte krant dagblad bron".split()
    ),
    "date": tuple(
        "date published publish_date published_at date_published date_publish pub_date publication_date "
        "web_publication_date publishing_date published_date published_time published_on publication_time "
        "news_date date_of_publication release_date released posted_at posted_on version_created first_created "
        "display_date first_publish_date datetime timestamp article_date issued "
        "datum erscheinungsdatum veröffentlichungsdatum veroeffentlichungsdatum publikationsdatum date_de_publication "
        "date_de_parution date_parution fecha fecha_de_publicación fecha_de_publicacion fecha_publicación "
        "fecha_publicacion data_di_pubblicazione data_pubblicazione publicatiedatum verschijningsdatum".split()
    ),
    "url": tuple(
        "url link web_url permalink canonical_url canonical_link article_url source_url links_permalink "
        "metadata_source_url".split()
    ),
    "language": ("language", "lang", "in_language", "language_code"),
}
"""Part of an article to the names of its column, the likeliest first, with those of German, French, Spanish, Italian and
Dutch tables. Italian *data* is none of them: in JSON it is the name of anything."""

OF_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "text": tuple(
        "sentence sentence_text sentences sent text tweet tweet_text utterance statement claim quote_text comment "
        "comment_text post post_text message snippet excerpt segment passage paragraph content body full_text raw_text "
        "input_text input".split()
    ),
    "article": tuple(
        "article article_id article_name doc doc_id doc_name document document_id document_name news_id story_id file "
        "filename file_name source_file".split()
    ),
    "n": ("n", "sentence_number", "sentence_no", "sentence_index"),
    "start": ("start",),
    "end": ("end",),
    "before": ("before",),
    "after": ("after",),
    "split": ("split",),
    "kind": ("kind", "sentence_kind"),
    "source_type": ("source_type", "type_of_source"),
    "source": ("source",),
    "cue": ("cue",),
    "bias": ("bias", "bias_label", "label_bias"),
    "attributions": ("attributions",),
    "stance": ("stance", "stance_label", "label_stance"),
    "target": ("target", "stance_target", "target_name"),
    "loaded": ("loaded",),
    "targets": ("targets",),
    "complete": ("complete",),
    "title": ("title", "headline", "article_title"),
    "outlet": tuple(
        "outlet publisher publication newspaper news_outlet outlet_name source_name paper paper_name newspaper_name "
        "news_source".split()
    ),
    "date": ("date", "published", "publish_date", "published_at", "date_published", "pub_date", "publication_date"),
    "url": ("url", "link", "news_link", "source_url", "article_url"),
    "language": ("language", "lang"),
}
"""Part of a labelled sentence to the names of its column, the likeliest first."""

ANY_LABEL = tuple(
    "label labels class classes category categories annotation annotations gold gold_label gold_labels tag tags "
    "choice answer answer_label target_label final_label majority_label true_label y".split()
)
"""Names of a label column that do not say what is labelled: its labels may be those of our scheme."""

ADMINISTRATION = frozenset(
    "id ids row_id sentence_id sent_id item_id example_id record_id response_id task_id annotation_id text_id "
    "tweet_id post_id comment_id uuid uid guid hash md5 sha1 sha256 text_hash input_hash task_hash session_id "
    "session view_id inner_id import_id project project_id batch batch_id created_at updated_at created updated "
    "modified modified_at created_on updated_on last_updated last_modified date_created date_modified timestamp "
    "datetime time created_time annotated_at labelled_at labeled_at coded_at submitted_at completed_at started_at "
    "finished_at saved_at start_time end_time start_date end_date recorded_date submit_time accept_time "
    "annotation_date annotation_time date_annotated coding_date lead_time duration duration_ms duration_seconds "
    "duration_in_seconds seconds elapsed elapsed_time time_spent time_taken work_time_in_seconds annotator "
    "annotator_id annotators annotator_name annotated_by labelled_by labeled_by coded_by coder coder_id coder_name "
    "rater rater_id labeler labeller created_by updated_by completed_by reviewer reviewed_by user user_id username "
    "user_name worker worker_id email initials assignment_id assignment_status hit_id status progress finished "
    "was_cancelled was_postponed is_labeled reviews comments_count comment_authors total_annotations "
    "cancelled_annotations total_predictions overlap allow_skip last_action parent_annotation result_count "
    "unresolved_comment_count confidence certainty_score probability score prob version model_version ip ip_address "
    "user_language distribution_channel note notes remark remarks memo index level_0 unnamed row row_number row_nr "
    "nr no number line line_number idx serial".split()
)
"""Columns that tell how labelling went, or number the rows: never labels."""


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Give a column's name as names are compared.

    >>> plain(" Source-Type "), plain("doc.ID"), plain("sourceType")
    ('sourcetype', 'docid', 'sourcetype')
    """
    return _BETWEEN.sub("", name.casefold())


def find_column(names: Sequence[str], usual: Iterable[str]) -> str | None:
    """Give the first of a table's columns that has one of the usual names, the likeliest name first."""
    by_plain = {plain(name): name for name in reversed(names)}
    return next((by_plain[key] for key in map(plain, usual) if key in by_plain), None)


def named_column(names: Iterable[str], wanted: str) -> str | None:
    """Find the column that a user named: by its exact name, or the only one that differs in capitals and outer spaces.

    >>> named_column(["Satz", "Art"], "satz"), named_column(["Satz", "SATZ"], "satz"), named_column(["Satz", "SATZ"], "SATZ")
    ('Satz', None, 'SATZ')
    """
    columns = list(names)
    if wanted in columns:
        return wanted
    alike = [name for name in columns if name.strip().casefold() == wanted.strip().casefold()]
    return alike[0] if len(alike) == 1 else None


def is_administration(name: str) -> bool:
    """Tell whether a column only tells how labelling went, or numbers the rows.

    >>> [is_administration(name) for name in ("Lead time", "Unnamed: 0", "__index_level_0__", "topic")]
    [True, True, True, False]
    """
    key = plain(name)
    return key in _PLAIN_ADMINISTRATION or bool(_NUMBERED.fullmatch(key))


_PLAIN_ADMINISTRATION = frozenset(map(plain, ADMINISTRATION))
_NUMBERED = re.compile(r"unnamed\d*|unnamed\d+level\d+|indexlevel\d+")  # what pandas calls an index, or no name


def names_text(fields: Sequence[str]) -> bool:
    """Tell whether the fields of a first line are surely a header with a column of text.

    >>> names_text(["id", "Text"]), names_text(["The text", " said the mayor"]), names_text(["text"])
    (True, False, False)
    """
    keys = [plain(field) for field in fields]
    if len(keys) < 2 or not all(len(field) <= _LONGEST_NAME for field in fields):
        return False
    known = [key in _KNOWN for key in keys]
    is_text = any(key in _TEXTS for key in keys)
    is_tight = not any(field.startswith(" ") for field in fields[1:])  # a comma of prose is followed by a space
    return is_text and (is_tight or sum(known) > 1)


_LONGEST_NAME = 60
_TEXTS = frozenset(plain(name) for names in (OF_ARTICLES, OF_SENTENCES) for name in names["text"])
_KNOWN = frozenset(
    plain(name)
    for group in (*OF_ARTICLES.values(), *OF_SENTENCES.values(), ANY_LABEL, tuple(ADMINISTRATION))
    for name in group
)
