import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_example_of_a_task_is_that_of_the_test():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = (ROOT / "tests" / "train" / "tasks" / "test_a_new_task.py").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 2
    assert [line for block in blocks for line in block.splitlines() if line not in code.splitlines()] == []


def test_the_files_that_the_page_names_are_there():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:data|classify|train|tests|benchmarks|docs)/[\w/.-]*)`", page)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
