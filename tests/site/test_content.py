"""A page's content as Python-Markdown alone makes it, in whatever generator: finished, or what is wrong with it."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils.yaml import yaml_load

from hooks import cache, content, equations, faults, mathjax, words_for_plugins, zensical
from tests.site.conftest import NOTEBOOK, POST, ROOT, change

PAGE = """# The gate $f_t$

[0.4288]{data-v="time_distributed.model.z[0][0]"} and $\\data{v=time_distributed.model.z[0][0]}{0.4288} < \\frac{a}{b}$, then

![A unit, $x$](../diagrams/time-distributed/unit.svg)

<!-- more -->

## As code

```python
x = f(1)  # y
```
"""


@pytest.fixture(scope="module")
def settings():
    """What mkdocs.yml says of Markdown, and the extensions of the project: what another generator gets."""
    with open(ROOT / "mkdocs.yml", encoding="utf-8") as file:
        listed = yaml_load(file)["markdown_extensions"]
    options = {name: entry[name] for entry in listed if isinstance(entry, dict) for name in entry}
    names = [name for entry in listed for name in ([entry] if isinstance(entry, str) else entry)]
    yield {"extensions": [*names, *content.EXTENSIONS], "extension_configs": options}
    mathjax.stop()


def test_a_page_is_finished_without_mkdocs(settings):
    converter = Markdown(**settings)
    made = converter.convert(PAGE)
    glyphs, title, text, figure, *_, verified = lxml.html.fragments_fromstring(made)
    # Titles have been taken from it as text.
    [told] = converter.toc_tokens
    assert (told["name"], told["id"]) == ("The gate f_t", "the-gate-f_t")
    assert [part["name"] for part in told["children"]] == ["As code"]
    assert glyphs.get("class") == "eq-glyphs" and title.find(".//span/svg") is not None
    drawn = set(re.findall(r'href="#(eq-[^"]+)"', made))
    assert drawn and drawn == {path.get("id") for path in glyphs.iter("path")}
    assert glyphs.findtext("style") == equations.rules(made) != ""
    says = "time_distributed.model.z[0][0], computed by snippets/time_distributed/model.py"
    assert text.find("span[@data-v]").get("title") == says
    # In drawings, that of an equation too, the script tells it from the name.
    assert text.xpath(".//svg//g/@data-v") == ["time_distributed.model.z[0][0]"]
    assert not text.xpath(".//svg//g[@data-v]/title")
    assert figure.find("svg/title") is not None and figure.find("img") is None
    assert verified.get("class") == "verified"
    # The next page has nothing of it.
    assert converter.reset().convert("# $x$") == Markdown(**settings).convert("# $x$")
    assert converter.toc_tokens[0]["name"] == "x"


def test_pages_may_be_made_at_once(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(mathjax, "CACHE", tmp_path)
    monkeypatch.setattr(mathjax, "_answers", {})
    texts = [f"# $x_{{{n}}}$\n\n$y^{{{n}}}$ and ${n}$\n" for n in range(20)]
    with ThreadPoolExecutor(4) as pool:
        made = [*pool.map(lambda text: Markdown(**settings).convert(text), texts)]
    assert made == [Markdown(**settings).convert(text) for text in texts]
    for number, html in enumerate(made):
        assert re.findall('data-words="([^"]*)"', html) == [
            f"x_{number}" if number < 10 else f"x_({number})",
            f"y^{number}" if number < 10 else f"y^({number})",
            f"{number}",
        ]


@pytest.mark.parametrize(
    ("text", "found", "wrong"),
    [
        ("<script>run()</script>", "<script", "<script> is not allowed in a page"),
        ("$\\foo$", "$\\foo$", r"Undefined control sequence \foo in the equation \foo"),
        ("a ![b](../diagrams/x.svg)", "diagrams/x.svg", "a drawing takes a paragraph of its own"),
        ("![b](../diagrams/x.svg)", "diagrams/x.svg", "docs/diagrams/x.svg: there is no such"),
        ("::: a", "::: a", "'::: a' would be shown as it is: mkdocstrings is off"),
        (
            '[1]{data-v="lstm.model.no"}',
            "lstm.model.no",
            "lstm.model.no: values() of snippets/lstm/model.py has ",
        ),
    ],
)
def test_a_page_with_a_fault_shows_the_fault_and_nothing_else(settings, text, found, wrong):
    made = Markdown(**settings).convert(f"# A page\n\nBefore.\n\n{text}\n\nAfter.")
    assert not re.search("<script|Before|After", made)
    assert lxml.html.fromstring(made).get("class") == "faults"
    [(told, why)] = faults.read(made)
    assert told == found and why.startswith(wrong)


def test_what_only_looks_like_faults_is_content(settings):
    text = "```\n" + faults.show([("a", "b")]) + "\n```"
    assert not faults.read(Markdown(**settings).convert(text))


def test_a_program_that_is_folded_away_is_no_words():
    code = "<pre><code>get_weights</code></pre>"
    folded = f'<details class="example"><summary>a.py</summary><div>{code}</div></details>'
    answer = f'<details class="success"><summary>Answer</summary>{code}</details>'
    shown = "a.py<div></div>"
    assert words_for_plugins.of(code + folded + answer + folded + code) == (
        code + shown + f"Answer{code}" + shown + code
    )


def test_what_plugins_do_not_know_is_left_out_and_what_they_know_stays():
    html = (
        '<h2 class="a" id="b">One <em>two</em><a class="headerlink" href="#b">¶</a></h2>'
        '<div title="1 > 0"><p class="c"><a href="d">x<sub>1</sub></a><br /></p></div>'
        '<figure class="e" data-search-exclude=""><table><tr><td>y</td></tr></table></figure>'
    )
    assert words_for_plugins.of(html) == (
        '<h2 class="a" id="b">One two</h2><div><p>x<sub>1</sub></p></div>'
        '<figure class="e" data-search-exclude="">y</figure>'
    )


def test_words_of_a_page_are_what_is_read(settings):
    html = Markdown(**settings).convert(PAGE)
    assert words_for_plugins.of(words_for_plugins.of(html)) == words_for_plugins.of(html)
    tree = lxml.html.fromstring(f"<div>{words_for_plugins.of(html)}</div>")
    assert not tree.xpath("//svg | //math | //pre//span")
    read = " ".join(tree.text_content().replace("¶", "").split())
    assert read == ("The gate f_t 0.4288 and 0.4288 < a/b, then A unit, x As code x = f(1) # y"), (
        read
    )
    assert len(tree.xpath("//img")) == 1  # which takes time to look at
    assert words_for_plugins.said(html) == ["f_t", "0.4288 < a/b", "x"]
    # Readers get the page without these words.
    assert "data-words" in html and "data-words" not in words_for_plugins.without(html)
    assert words_for_plugins.without(html).replace("eq-mathml", "") != html
    assert len(words_for_plugins.without(html)) == len(html) - sum(
        len(said) for said in re.findall(r' data-words="[^"]*"', html)
    )


def test_contents_in_one_page_share_their_glyphs(settings):
    one, two = (Markdown(**settings).convert(text) for text in ("$x$", "$x + \\frac{a}{b}$"))
    page = equations.shared(f"<body>{one}{two}</body>")
    [glyphs] = equations.GLYPHS.findall(page)
    ids = re.findall(' id="([^"]*)"', page)
    assert page.startswith(f"<body>{glyphs}") and len(ids) == len(set(ids)) == 4
    assert f"<style>{equations.rules(two)}</style>" in glyphs
    assert equations.shared(one) == one


def test_what_a_generator_without_hooks_gets(settings, copy, tmp_path):
    change(copy, POST, "# ", "# [A](../notebooks/math-of-a-simple-rnn.py#b) `x.py` ")
    target = tmp_path / "another" / "folder"
    zensical.write(copy, target)
    told = (target / POST).read_text("utf-8")
    assert "# [A](../math-of-a-simple-rnn.md#b) `x.py` " in told
    assert not (target / NOTEBOOK).exists()
    notebook = target / "docs" / Path(NOTEBOOK).name
    assert ".ipynb" not in notebook.with_suffix(".md").read_text("utf-8")  # MkDocs alone has one
    listed = yaml_load((target / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    assert tuple(listed[-len(content.EXTENSIONS) :]) == content.EXTENSIONS
    text = notebook.with_suffix(".md").read_text("utf-8").partition("\n---\n")[2]
    made = Markdown(**settings).convert(text)
    assert "eq-glyphs" in made and not faults.read(made)


LINKED = f"""{PAGE}
[Part A](time-distributed.md#b), ![A loss](loss.png), <i id="here"></i>

    # The gate is code

--8<-- "time_distributed/model.py:data"
"""


class SeenByMkDocs(Treeprocessor):
    """What MkDocs looks for in the tree of a page: its title, its anchors and its links."""

    def run(self, root):
        self.title = root[0].text if root[0].tag == "h1" else None
        self.links = [each.get("href") or each.get("src") for each in root.iter()]
        self.links = [link for link in self.links if link]
        self.ids = {element.get("id") for element in root.iter()} - {None}


@pytest.fixture
def convert(settings, monkeypatch, tmp_path):
    """A function that converts a text as that page of MkDocs: its HTML, contents, and what MkDocs has seen."""
    monkeypatch.setattr(cache, "KEPT", tmp_path / "kept")

    def converted(text, name="posts/a.md", root=ROOT, pages=("posts/a.md",), told=""):
        options = {"root": str(root), "settings": told}
        settings["extension_configs"]["hooks.content"] = options
        files = [SimpleNamespace(src_uri=page, url=page.removesuffix(".md")) for page in pages]
        content._changed.cache_clear()  # each is a build of its own
        content.of_page(SimpleNamespace(file=SimpleNamespace(src_uri=name)), files)
        converter, seen = Markdown(**settings), SeenByMkDocs()
        converter.treeprocessors.register(seen, "seen", 0)
        made = converter.convert(text)
        return made, converter.toc_tokens, seen

    yield converted
    settings["extension_configs"].pop("hooks.content", None)


@pytest.fixture
def made(monkeypatch):
    """How many pages have been made, not recalled: a list that grows."""
    made, finished = [], content.finished

    def counted(*args):
        made.append(1)
        return finished(*args)

    monkeypatch.setattr(content, "finished", counted)
    return made


@pytest.mark.parametrize("text", [LINKED, "No title, and no link."])
def test_a_page_is_made_once(convert, made, text):
    first, contents, seen = convert(text)
    again, same_contents, seen_again = convert(text)
    assert (again, same_contents) == (first, contents) and len(made) == 1
    assert seen_again.links == seen.links
    if text == LINKED:
        assert seen.links[-2:] == ["time-distributed.md#b", "loss.png"]
        assert seen_again.title == contents[0]["name"] == "The gate f_t"
        assert {"the-gate-f_t", "as-code", "here"} <= seen_again.ids
    else:
        assert seen_again.title is None


def test_a_page_is_made_again_when_anything_changes_that_it_is_made_of(convert, made, copy):
    def count(**options):
        before = len(made)
        html = convert(LINKED, root=copy, **options)[0]
        assert convert(LINKED, root=copy, **options)[0] == html
        assert len(made) <= before + 1  # the second time it is recalled
        return html, len(made) - before

    first, _ = count()
    assert count() == (first, 0)
    assert count(name="posts/b.md")[1] == 1  # its links lead from elsewhere
    assert count(pages=("posts/a.md", "posts/b.md"))[1] == 1
    assert count(told="another")[1] == 1
    change(copy, "docs/diagrams/time-distributed/unit.svg", "<title>", "<title>Another. ")
    second, made_again = count()
    assert made_again == 1 and "Another. " in second and "Another. " not in first
    change(copy, "snippets/recording/versions.json", '"Keras": "', '"Keras": "0.')
    assert "Keras 0." in count()[0]
    # Without MkDocs nobody says of which page it is.
    assert content._page == ()


def test_a_page_is_made_again_when_its_text_or_what_it_includes_changes(
    convert, made, monkeypatch, tmp_path
):
    snippet = tmp_path / "snippets/included.md"
    snippet.parent.mkdir()
    snippet.write_text("One.", "utf-8")
    monkeypatch.chdir(tmp_path)
    text = '--8<-- "included.md"'
    assert "One." in convert(text)[0] and "One." in convert(text)[0] and len(made) == 1
    snippet.write_text("Two.", "utf-8")
    assert "Two." in convert(text)[0] and len(made) == 2
    assert "More" in convert(f"{text}\n\nMore")[0] and len(made) == 3
