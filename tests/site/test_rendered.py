"""What Markdown has made of a page is used again, and never when something has changed."""

import re

import pytest
from mkdocs.structure.pages import Page

from hooks import mathjax
from hooks import rendered as kept
from tests.site.conftest import POST, change

BUILT = "time-distributed/index.html"
SNIPPET = "snippets/time_distributed.py"


@pytest.fixture
def rendered(monkeypatch):
    """The pages that Markdown was asked for, in order."""
    asked, render = [], Page.render

    def noted(page, config, files):
        asked.append(page.file.src_uri)
        render(page, config, files)

    monkeypatch.setattr(Page, "render", noted)
    return asked


def test_only_what_has_changed_is_rendered_again(copy, built, rendered):
    site = built(copy)
    first = {path: path.read_bytes() for path in site.rglob("*.html")}
    assert len(rendered) > 5
    rendered.clear()
    site = built(copy)
    assert not rendered
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == first

    change(copy, POST, "\n## ", "\nA line more.\n\n## ")
    assert "A line more." in (built(copy) / BUILT).read_text("utf-8")
    assert rendered == ["posts/time-distributed.md"]
    rendered.clear()
    change(copy, SNIPPET, '"""', '"""Changed. ')
    source = (copy / POST).read_text("utf-8")
    section = re.search(rf'--8<-- "{SNIPPET.removeprefix("snippets/")}:(\w+)"', source)[1]
    change(copy, SNIPPET, f"[start:{section}]\n", f"[start:{section}]\n# A comment more.\n")
    assert "# A comment more." in (built(copy) / BUILT).read_text("utf-8")
    assert rendered == ["posts/time-distributed.md"]


def test_a_page_is_rendered_again_when_its_equations_are(
    copy, built, rendered, monkeypatch, tmp_path
):
    """Typeset by another MathJax, or no longer there."""
    monkeypatch.setattr(mathjax, "CACHE", tmp_path / "equations")
    monkeypatch.setattr(mathjax, "_answers", {})
    first = (built(copy) / BUILT).read_bytes()
    for name, other in (("typesetter", lambda: b"another"), ("CACHE", tmp_path / "empty")):
        mathjax.stop()
        rendered.clear()
        monkeypatch.setattr(mathjax, name, other)
        monkeypatch.setattr(mathjax, "_answers", {})
        kept._made_by.cache_clear()
        assert (built(copy) / BUILT).read_bytes() == first
        assert "posts/time-distributed.md" in rendered
    monkeypatch.undo()
    kept._made_by.cache_clear()


def test_a_warning_is_given_by_each_build(copy, built, caplog):
    """Of a page that has not changed, too, when what it links to is gone."""
    change(copy, POST, "\n## ", "\n[There](../reference/other.md) and [here](#nowhere).\n\n## ")
    other = copy / "docs/reference/other.md"
    other.write_text("---\ndescription: Other.\n---\n\n# Other\n", "utf-8")
    gone = "a link '../reference/other.md'"
    for there in (True, True, False, False):
        if not there:
            other.unlink(missing_ok=True)
        caplog.clear()
        built(copy)
        assert (gone in caplog.text) != there
        assert "a link '#nowhere'" in caplog.text
