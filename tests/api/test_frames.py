import pandas as pd
import pytest

import sayso

BODIES = ["Rain is expected, the weather office said.", "The pier is shut. “For good,” said Ida Berg."]
OURS = sayso.annotate("It rained.").to_pandas().columns.tolist()
FRENCH = (
    "Le maire a dit que les bateaux ne partiront pas demain parce que le vent est trop fort pour les marins "
    "et que la mer est mauvaise dans la baie."
)


def news(*bodies, **columns):
    return pd.DataFrame({"body": list(bodies or BODIES), **columns})


def test_a_row_is_a_sentence_and_keeps_index_and_other_columns():
    frame = news(outlet=["Orla Post", "Tolle News"], day=[3, 4]).set_index(pd.Index(["a", "b"], name="key"))
    found = sayso.annotate_frame(frame, text="body")
    assert found.columns.tolist() == ["outlet", "day", *OURS]
    assert found.index.tolist() == ["a", "b", "b"]
    assert found.index.name == "key"
    assert found[["outlet", "day", "article", "n", "text", "kind"]].values.tolist() == [
        ["Orla Post", 3, "a", 0, "Rain is expected, the weather office said.", "official_claim"],
        ["Tolle News", 4, "b", 0, "The pier is shut.", "narrative"],
        ["Tolle News", 4, "b", 1, "“For good,” said Ida Berg.", "quote"],
    ]
    assert found["day"].dtype == frame["day"].dtype
    assert frame.columns.tolist() == ["body", "outlet", "day"]  # it was not changed


def test_the_sentences_are_those_of_annotate():
    found = sayso.annotate_frame(news(), text="body").reset_index(drop=True)
    one_by_one = [sayso.annotate(sayso.Article(str(n), text)).to_pandas() for n, text in enumerate(BODIES)]
    pd.testing.assert_frame_equal(found, pd.concat(one_by_one, ignore_index=True), check_dtype=False)


def test_ids_and_titles_come_from_columns_that_are_named():
    frame = news(key=[7, None], headline=["Rain", None])
    found = sayso.annotate_frame(frame, text="body", id="key", title="headline")
    assert found["article"].tolist() == ["7.0", "1", "1"]  # with a value missing pandas makes the others floats
    assert {"key", "headline"} <= set(found.columns)


def test_a_column_article_may_be_the_id():
    found = sayso.annotate_frame(news(article=["rain", "pier"]), text="body", id="article")
    assert found["article"].tolist() == ["rain", "pier", "pier"]
    assert found.columns.tolist() == OURS


def test_targets_and_models_of_ones_own_have_columns(fake_models):
    found = sayso.annotate_frame(news(), text="body", targets=["Ida Berg"], bias=False)
    assert found.columns.tolist() == [*OURS, "stance_Ida Berg", "stance_Ida Berg_confidence"]
    assert found["bias"].isna().all()
    with pytest.raises(sayso.SaysoError, match=r"nowhere\.sayso"):
        sayso.annotate_frame(news(), text="body", models=["nowhere.sayso"])


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", " \n"])
def test_rows_without_a_text_are_counted(missing):
    frame = news(BODIES[0], missing, BODIES[1], missing)
    with pytest.warns(UserWarning, match=r"^2 of 4 rows: no text in column 'body', .*no row for 1, 3 \(index\)\.$"):
        found = sayso.annotate_frame(frame, text="body")
    assert found.index.tolist() == [0, 2, 2]


def test_texts_without_a_sentence_are_counted():
    with pytest.warns(UserWarning, match=r"^1 of 3 rows: no sentence in the text, .*no row for 2 \(index\)\.$"):
        found = sayso.annotate_frame(news(*BODIES, "..."), text="body")
    assert found.index.tolist() == [0, 1, 1]


def test_articles_that_are_not_english_are_counted_and_labelled_only_when_asked_for():
    frame = news(FRENCH, BODIES[0])
    with pytest.warns(UserWarning, match=r"^1 article is not in English \(fr 1; 0\): left out; any_language=True labels"):
        assert sayso.annotate_frame(frame, text="body").index.tolist() == [1]
    assert sayso.annotate_frame(frame, text="body", any_language=True).index.tolist() == [0, 1]


def test_the_warning_names_the_callers_line():
    with pytest.warns(UserWarning, match="no text") as told:
        sayso.annotate_frame(news(None), text="body")
    assert [warning.filename for warning in told] == [__file__]


@pytest.mark.parametrize("chunk", [1, 2, 5])
def test_chunks_put_together_are_the_whole(chunk):
    frame = news(*BODIES, *BODIES, BODIES[0])
    parts = list(sayso.annotate_frame(frame, text="body", chunk=chunk))
    assert len(parts) == -(-5 // chunk)
    pd.testing.assert_frame_equal(pd.concat(parts), sayso.annotate_frame(frame, text="body"))


def test_frames_are_annotated_as_they_come(tmp_path):
    news(*BODIES, BODIES[0]).to_csv(tmp_path / "news.csv", index=False)
    taken = []

    def frames():
        for frame in pd.read_csv(tmp_path / "news.csv", chunksize=2):
            taken.append(len(frame))
            yield frame

    found = sayso.annotate_frame(frames(), text="body")
    assert taken == []
    assert next(found).index.tolist() == [0, 1, 1]
    assert taken == [2]
    assert next(found).index.tolist() == [2]
    assert next(found, None) is None


def test_a_frame_without_rows_gives_one_without_rows():
    empty = news().iloc[:0]
    found = sayso.annotate_frame(empty, text="body")
    assert (len(found), found.columns.tolist()) == (0, OURS)
    assert found.dtypes.equals(sayso.annotate_frame(news(), text="body").dtypes)
    assert found.dtypes.equals(sayso.annotate_frame(news("It rained.")[:1], text="body", bias=False).dtypes)
    assert [len(part) for part in sayso.annotate_frame(empty, text="body", chunk=2)] == [0]


def test_a_missing_column_is_named_with_those_that_there_are():
    frame = news(outlet="Orla Post")
    with pytest.raises(ValueError, match=r"No column 'text' in the frame; it has 'body', 'outlet'\. Give text=NAME"):
        sayso.annotate_frame(frame)
    with pytest.raises(ValueError, match=r"No column 'paper' in the frame; .* Give outlet=NAME"):
        sayso.annotate_frame(frame, text="body", outlet="paper", chunk=1)  # before the first chunk is asked for


def test_the_column_of_texts_must_be_named():
    with pytest.raises(ValueError, match=r"^text is the name of the column that holds the articles' texts, not None\.$"):
        sayso.annotate_frame(news(), text=None)


def test_names_that_the_result_has_too_are_refused():
    with pytest.raises(ValueError, match=r"columns that the result has too: 'kind', 'text'\. Rename them first"):
        sayso.annotate_frame(news(kind="x", text="y", outlet="z"), text="body")


def test_a_column_that_stands_twice_is_refused():
    twice = pd.concat([news(), news()], axis=1)
    with pytest.raises(ValueError, match=r"The frame has 2 columns 'body'; give each a name of its own"):
        sayso.annotate_frame(twice, text="body")


def test_values_that_are_no_texts_are_refused():
    with pytest.raises(ValueError, match=r"Row 1: column 'body' holds float, not a string\."):
        sayso.annotate_frame(news(BODIES[0], 3.5), text="body")


@pytest.mark.parametrize("broken", ["body", "key", "headline"])
def test_half_a_character_costs_its_row_only(broken):
    frame = pd.DataFrame({"body": BODIES, "key": ["a", "b"], "headline": ["Rain", "Pier"]}, dtype=object)
    frame.loc[1, broken] += "\ud83d"
    with pytest.warns(UserWarning, match=r"^1 of 2 rows: half a character \(a lone surrogate\) .*no row for 1 \(index\)\.$"):
        found = sayso.annotate_frame(frame, text="body", id="key", title="headline")
    assert found["article"].tolist() == ["a"]


def test_columns_of_one_name_are_refused():
    frame = pd.concat([news(), pd.DataFrame({"o": [1, 2]}), pd.DataFrame({"o": [3, 4]})], axis=1)
    with pytest.raises(ValueError, match=r"^The frame has several columns of one name: 'o'\. Rename them first\.$"):
        sayso.annotate_frame(frame, text="body")


def test_targets_that_would_share_a_column_are_refused():
    clash = r"^the target 'Ida' and the target 'Ida_confidence' would share the column 'stance_Ida_confidence'"
    with pytest.raises(sayso.SaysoError, match=clash):
        sayso.annotate_frame(news(), text="body", targets=["Ida", "Ida_confidence"])
    with pytest.raises(ValueError, match=r"columns that the result has too: 'stance_Ida'\. Rename them first"):
        sayso.annotate_frame(news(stance_Ida="x"), text="body", targets=["Ida"])


@pytest.mark.parametrize("chunk", [0, -2, 1.5, "all", True])
def test_a_chunk_is_a_number_of_rows(chunk):
    with pytest.raises(ValueError, match=r"chunk is the number of rows of each frame, 1 or more, not"):
        sayso.annotate_frame(news(), text="body", chunk=chunk)


@pytest.mark.parametrize("frame", ["news.csv", {"text": ["It rained."]}, 7, pd.Series(["It rained."])])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(TypeError, match=rf"takes a DataFrame, or an iterable of them, not {type(frame).__name__}\."):
        sayso.annotate_frame(frame)


def test_what_holds_no_frames_is_refused():
    with pytest.raises(TypeError, match=r"takes an iterable of DataFrames; this one gave list"):
        next(sayso.annotate_frame([["It rained."]]))


def test_tables_of_other_libraries_are_taken():
    pa = pytest.importorskip("pyarrow")
    found = sayso.annotate_frame(pa.table({"text": BODIES}))
    assert found.index.tolist() == [0, 1, 1]
