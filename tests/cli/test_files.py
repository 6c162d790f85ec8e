from builders import run_sayso


def test_the_kinds_of_files_are_listed():
    result = run_sayso("files")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("# articles: ")
    assert "Plain text: one article each\t.txt .text\t" in lines
    assert "Label Studio\t.json .jsonl .ndjson .json1\t" in lines
    assert "INCEpTION and DKPro (UIMA CAS XMI, JSON)\t.xmi .json\tsayso[files]" in lines
