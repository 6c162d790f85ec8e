"""How an output format is added: a module with a writer and its ``FORMAT``, and its name in `formats.NAMES`.

This file is such a module itself; the test puts it where classify/output/markdown.py would stand.
"""

import sys

from builders import run_sayso

from sayso.classify.commands.annotate import annotate
from sayso.classify.output import formats
from sayso.classify.output.formats import OutputFormat, Writer


class Markdown(Writer):
    """Writes a heading an article, and a list of its sentences with their kinds."""

    def article(self, article, annotated):
        """Give the heading and the list."""
        sentences = [f"- **{a.kind}** {a.span.of(article.text)}\n" for a in annotated]
        return f"# {article.id}\n\n{''.join(sentences)}"


FORMAT = OutputFormat("markdown", suffixes=(".md",), open=lambda options: Markdown())


assert annotate, "imported first: the choices of its --format stay those of the package"


def test_a_file_is_written_in_the_format_of_its_suffix(tmp_path, monkeypatch, fake_model_options):
    monkeypatch.setitem(sys.modules, "sayso.classify.output.markdown", sys.modules[__name__])
    monkeypatch.setattr(formats, "NAMES", (*formats.NAMES, "markdown"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fire.txt").write_text("Rain fell. Police claimed that it burned.\n", encoding="utf-8")
    done = run_sayso("annotate", "fire.txt", "--out", "fire.md", *fake_model_options)
    assert (done.exit_code, done.stderr) == (0, "")
    assert (tmp_path / "fire.md").read_text(encoding="utf-8") == (
        "# fire.txt\n\n- **narrative** Rain fell.\n- **official_claim** Police claimed that it burned.\n"
    )
