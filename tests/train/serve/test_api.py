import json

TEXT = (
    "Ferry line to Orla resumes\n\n"
    "The harbour office said boats would sail again on Friday. “We mended both piers,” its head, Mara Quill, said. "
    "Islanders had waited nine days."
)


def test_an_article_is_pasted_labelled_and_kept(served):
    server = served()
    key = server.paste(TEXT, title="Ferry line resumes", outlet="Orla Post")
    article = server.article(key)
    assert [s["text"] for s in article["sentences"]] == [
        "Ferry line to Orla resumes",
        "The harbour office said boats would sail again on Friday.",
        "“We mended both piers,” its head, Mara Quill, said.",
        "Islanders had waited nine days.",
    ]
    assert (article["entry"]["title"], article["entry"]["outlet"]) == ("Ferry line resumes", "Orla Post")
    changed = server.change(key, 2, kind="quote", source_type="state")
    assert changed["change"] == 1
    assert changed["sentence"]["labels"]["kind"] == "quote"
    server.stop()
    again = served().article(key)
    assert [s["labels"]["kind"] for s in again["sentences"]] == [None, None, "quote", None]
    assert [s["change"] for s in again["sentences"]] == [0, 0, 1, 0]


def test_the_models_view_stands_with_each_sentence(served):
    server = served()
    views = [s["model"] for s in server.article(server.paste(TEXT))["sentences"]]
    assert [(view["kind"], view["n"]) for view in views] == [
        ("narrative", 0),
        ("official_claim", 1),
        ("quote", 2),
        ("narrative", 3),
    ]
    assert views[2]["attributions"][0]["speaker"] == "Mara Quill"


def test_a_change_on_what_was_changed_meanwhile_is_a_conflict_that_shows_what_stands(served):
    server = served()
    key = server.paste(TEXT)
    server.change(key, 1, kind="official_claim")
    answer = server.post("/api/change", {"key": key, "n": 1, "set": {"kind": "narrative"}, "base": 0})
    stands = json.loads(answer.body)
    assert answer.status == 409
    assert (stands["change"], stands["sentence"]["labels"]["kind"]) == (1, "official_claim")
    assert stands["error"].startswith("This was changed meanwhile")
    assert server.article(key)["sentences"][1]["labels"]["kind"] == "official_claim"


def test_undo_and_redo_tell_what_they_did(served):
    server = served()
    key = server.paste(TEXT)
    server.change(key, 3, kind="narrative")
    undone = json.loads(server.post("/api/undo").body)
    assert (undone["key"], undone["n"], undone["sentence"]["labels"]["kind"]) == (key, 3, None)
    assert json.loads(server.post("/api/undo").body) == {"nothing": True}
    assert json.loads(server.post("/api/redo").body)["sentence"]["labels"]["kind"] == "narrative"
    assert json.loads(server.post("/api/redo").body) == {"nothing": True}


def test_another_tab_is_told_how_each_changed_sentence_stands_now(served):
    server = served()
    key = server.paste(TEXT)
    for label in ("quote", "narrative", "official_claim"):
        server.change(key, 1, kind=label)
    server.change(key, None, done=True)
    told = json.loads(server.get("/api/changes?since=1").body)
    assert told["last"] == 4
    assert [(one["n"], one["change"]) for one in told["changes"]] == [(1, 3), (None, 4)]
    assert told["changes"][0]["sentence"]["labels"]["kind"] == "official_claim"
    assert told["changes"][1]["done"] is True
    assert json.loads(server.get("/api/changes?since=4").body)["changes"] == []
    assert json.loads(server.get("/api/changes?since=900").body)["last"] == 4
