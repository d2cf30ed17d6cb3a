"""Notebooks: each kind of output as readers see it, what is refused, what is kept."""

import base64
import html
import random
import re
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.config import load_config

from hooks import content, notebook_outputs, notebooks
from tests.site import gates, ledger
from tests.site.conftest import NOTEBOOK, POST, ROOT, change, served, set_series
from tests.site.pages import content_of, parsed, read_site, with_class
from tests.site.visits import Visit

KINDS = Path(__file__).with_name("kinds_of_output.py")
# What would be something else outside of a fence.
NASTY = [
    *["```", "````", "~~~", "    ", "\t", "\n", "\n\n", " ", "- ", "> ", "# no heading", "---"],
    *[
        '--8<-- "reber/strings.py"',
        '; --8<-- "reber/strings.py"',
        ';--8<-- "a"',
        "--8<--",
        "-8<- 'b'",
        "8<-",
    ],
    *["# --8<-- [start:x]", ";;--8<-- [end:x] --8<-- [start:y]", "<!-- more -->", "<!--", "-->"],
    *["<script>alert(1)</script>", "</code></pre></div>", "<b>", "&amp;", "&lt;", "&#60;"],
    *["$x$", "$$", r"\(", '[0.5]{data-v="no.such"}', "{ .wide }", "/// html | script", "///"],
    *['??? note "x"', "[^1]", "[^1]: x", "*[x]: y", "[a]: https://a", "|---|", "``", "{{ x }}"],
]


@pytest.fixture(scope="module")
def config():
    """The settings of the site, as Markdown is given them."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [str(ROOT / "snippets")]
    config.markdown_extensions += content.PARTS
    return config


def shown(kind, data, **metadata):
    """An output as Jupyter describes it."""
    return {"output_type": "display_data", "data": {kind: data}, "metadata": {kind: metadata}}


def printed(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


# Each kind, in the browser ---------------------------------------------------------------------


@pytest.fixture
def every_kind(copy, built):
    """The built site of a copy with a notebook that shows every kind of output."""
    (copy / "docs/notebooks/kinds.py").write_bytes(KINDS.read_bytes())
    set_series(
        copy, POST.removeprefix("docs/"), NOTEBOOK.removeprefix("docs/"), "notebooks/kinds.py"
    )
    return read_site(built(copy, strict=True))


def test_every_kind_of_output(every_kind, open_page, axe):
    page = "kinds/"
    assert not gates.of_page(every_kind, page) and not gates.of_site(every_kind)
    assert not gates.validity(f"{every_kind.folder}/{page}*.html")
    assert not ledger.faults(page, every_kind.html[page], chosen=[])
    under = under_code(every_kind.html[page])

    assert under["print"] == ["printed 0.3333333333333333\n'and a value'\n"]
    assert under["overprinted"] == ["step 3 of 3 done\na       b\n"]
    assert "chatter" not in content_of(every_kind.tree(page)).text_content().replace(
        'print("chatter', ""
    )
    assert under["hostile"] == [HOSTILE]

    [frame] = under["frame"]
    assert rows(frame) == [
        ["", "name", "loss", "right"],
        ["0", "LSTM <3", "0.1234", "**98.5**"],
        ["1", "GRU", "0.2345", "7.0"],
    ]
    assert frame.get("class") == "output frame" and "2 rows × 3 columns" in frame.text_content()
    assert not frame.xpath(".//@style | .//@border | .//table/@class | .//style")
    assert not frame.xpath(".//th[not(normalize-space())]"), "an empty cell heads nothing"

    [markdown] = under["markdown"]
    assert markdown.findtext(".//strong") == "0.1234" and markdown.find(".//ul/li") is not None
    assert markdown.xpath(".//a/@href") == ["https://example.com/"]
    assert [equation.tag for equation in with_class(markdown, "arithmatex")] == ["span"]
    assert rows(markdown) == [["a", "b"], ["1", "2"]] and with_class(markdown, "align-right")
    for table in every_kind.tree(page).iter("table"):
        assert [e.get("class") for e in table.iterancestors("div")][:2] == [
            "md-typeset__table",
            "md-typeset__scrollwrap",
        ]
        assert not with_class(table.getparent().getparent().getparent(), "md-typeset__table")[1:]
    [words] = under["words"]
    assert words.findtext(".//b") == "bold"
    assert [
        [equation.tag for equation in with_class(shown, "arithmatex")] for shown in under["latex"]
    ] == [["div"], ["div"]]

    one, between, drawing, other = under["pictures"]
    assert between == "between\n"
    assert [picture.find("img").get("alt") for picture in (one, other)] == [
        "A red bar.",
        "A blue square.",
    ]
    assert drawing.findtext("svg/title") == "A circle" and "a circle" in drawing.text_content()
    png = (every_kind.folder / page / one.find("img").get("src")).read_bytes()
    assert png.startswith(b"\x89PNG") and one.find("img").get("width") == "800"

    with served(every_kind.folder) as address:
        visit = Visit(address, page)
        tab = open_page(address + page, visit=visit)
        visit.examine(tab, axe)
        assert not visit.wrong(tab)
        for picture in tab.locator("figure.output > :is(img, svg)").all():
            picture.scroll_into_view_if_needed()
            assert picture.bounding_box()["width"] > 50
            assert picture.evaluate("p => p.naturalWidth ?? p.clientWidth") > 50
        numbers = tab.locator(".frame td").nth(2)
        assert numbers.evaluate("td => getComputedStyle(td).textAlign") == "right"


HOSTILE = """\
```
# no heading
````
<!-- more -->
--8<-- "time_distributed/model.py:train"
;--8<-- "x"
--8<--
# --8<-- [start:x]
[1.5]{data-v="no.such"} $x$ <script>alert(1)</script>
---

/// html | script
</code></pre> (1)!
"""


def under_code(page):
    """What stands below each cell whose code names itself in its first line: {name: texts and elements}."""
    found = {}
    for code in with_class(content_of(parsed(page)), "language-python"):
        name = re.match(r"# (\w+)$", code.text_content().split("\n")[0])
        if name:
            found[name[1]] = []
            for below in code.itersiblings():
                if "output" in (below.get("class") or "").split():
                    found[name[1]].append(below)
                elif "language-text" in (below.get("class") or ""):
                    found[name[1]].append(below.text_content())
                else:
                    break
    return found


def rows(element):
    found = element.xpath(".//tr")
    return [
        [cell.text_content().strip() for cell in row if cell.tag in ("td", "th")] for row in found
    ]


# Text ------------------------------------------------------------------------------------------


def test_what_is_printed_is_text_whatever_it_is(config):
    """In code, too; 200 texts of what means something to Markdown, HTML or this site elsewhere."""
    page = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    dice = random.Random(12)
    for _ in range(200):
        text = "".join(dice.choices([*NASTY, "x"], k=dice.randrange(1, 12))).expandtabs()
        text = text.strip("\n ") or "x"
        for language in ("text", "python"):
            made = page.reset().convert(f"{notebook_outputs.fence(language, text)}\n\nAfter.")
            assert made.endswith("</code></pre></div>\n<p>After.</p>"), text
            code = made[made.index("<code>") + 6 : made.index("</code>")]
            read = html.unescape(re.sub(r"</?span[^>]*>", "", code)).removesuffix("\n")
            # Blanks at the ends of lines are not seen.
            assert without_blanks(read) == without_blanks(text)


def test_what_follows_markdown_stays_what_it_is(config):
    """Whatever an output leaves open: a fence, an element, a comment, a block."""
    page = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    after = "\n\n".join(
        ["```text\nx\n```", "````\nx\n````", "~~~\nx\n~~~", "-->", "$$", "///", "`a` ?>"]
    )
    alone = page.convert(after)
    dice, told = random.Random(13), []
    for _ in range(150):
        text = "\n".join(dice.choices([*NASTY, "x", ""], k=dice.randrange(1, 8)))
        try:
            written = notebook_outputs.Writer("small", config).write([shown("text/markdown", text)])
        except notebook_outputs.Refused as refused:
            told.append(str(refused))
            continue
        made = page.reset().convert(f"before\n\n{written}\n\n{after}")
        assert made.startswith('<p>before</p>\n<div class="output">') and made.endswith(alone), text
        assert "alert" not in made or "<script" not in made
        assert "import numpy" not in made, "reber/strings.py was included"
    assert len(told) < 120 and any("<script>" in wrong for wrong in told)


def without_blanks(text):
    return [line.rstrip() for line in text.split("\n")]


# What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (shown("image/jpeg", ""), "shows image/jpeg, which a page cannot: print it, or show a"),
        (shown("application/pdf", ""), "shows application/pdf, which a page cannot: print it"),
        (shown("application/javascript", "1"), "shows application/javascript, which a page"),
        (shown("x/y", "1"), "shows x/y, which a page cannot"),
        (
            {"output_type": "display_data", "data": {"text/plain": "1", "x/y": "1"}},
            "shows x/y, which a page cannot",
        ),
        (
            {
                "output_type": "display_data",
                "data": {"text/html": "1", notebook_outputs.WIDGET: {}},
            },
            "shows application/vnd.jupyter.widget-view+json, which a page cannot",
        ),
        (shown("text/html", "<script>alert(1)</script>"), "shows HTML with <script>, which a page"),
        (
            shown("text/html", "<style>p {}</style><p>a</p>"),
            "shows HTML with <style>, which a page",
        ),
        (
            shown("text/html", "<p>a<iframe src='a.html'></iframe>"),
            "shows HTML with <iframe>, which",
        ),
        (
            shown("text/html", "<video src='a.mp4'></video>"),
            "shows HTML with <video>, which a page",
        ),
        (
            shown("text/html", "<audio src='a.mp3'></audio>"),
            "shows HTML with <audio>, which a page",
        ),
        (shown("text/html", "<img src='a.png'>"), "shows HTML with <img>, which a page cannot"),
        (shown("text/html", "<svg><path d=''/></svg>"), "shows HTML with <svg>, which a page"),
        (shown("text/html", "<form><input></form>"), "shows HTML with <form>, which a page cannot"),
        (
            shown("text/html", "<p onclick='a()'>a</p>"),
            "whose <p> has onclick, which a page cannot",
        ),
        (
            shown(
                "text/html", "<td style='x:1'>1</td><p style='text-align: left; color: red'>a</p>"
            ),
            "whose <p> has a style of its own (color), which a page cannot: say it in words",
        ),
        (
            shown("text/html", "<a href='javascript:a()'>a</a>"),
            "may not stand in a page: <a> leads",
        ),
        (
            shown("text/html", "<a href='../posts/lstm.md'>a</a>"),
            "leads to '../posts/lstm.md': link it",
        ),
        (shown("text/html", "<p>&#x202e;evil</p>"), "shows the invisible character U+202E"),
        (printed("\u202eevil"), "shows the invisible character U+202E"),
        (printed("\0"), "shows the invisible character U+0000"),
        (shown("text/markdown", "a\n\n<div>"), "may not stand in a page: a <div> is not closed"),
        (
            shown("text/markdown", "[a](../posts/lstm.md)"),
            "leads to '../posts/lstm.md': link it from",
        ),
        (shown("text/markdown", "![a](a.png)"), "leads to 'a.png': link it from the text"),
        (
            shown("text/markdown", "```python\nx = 1"),
            "Markdown of which '```' would be shown as it",
        ),
        (shown("text/markdown", "</div>"), "may not stand in a page: an element is closed that"),
        (shown("text/markdown", "<b onclick='a()'>b</b>"), "the attribute onclick is not allowed"),
        (shown("text/markdown", "[a](javascript:a())"), "may not stand in a page: <a> leads to"),
        (
            shown("text/markdown", r"$\sgima$"),
            r"equation with a mistake: Undefined control sequence",
        ),
        (shown("text/latex", r"$\sgima$"), r"equation with a mistake: Undefined control sequence"),
        (shown("text/latex", "Let $x$ be $y$."), "LaTeX that is no single equation: show Markdown"),
        (shown("image/svg+xml", "<svg><p></svg>"), "shows an SVG that is no XML: mismatched tag"),
        (shown("image/svg+xml", "<svg/>"), "whose first element is no <svg> of http://www.w3.org"),
        (
            shown(
                "image/svg+xml",
                f'<svg xmlns="{notebook_outputs.SVG[1:-1]}"><script/></svg>',
                alt="a",
            ),
            "shows an SVG that may not stand in a page: <script> is not allowed in a page: show a PNG",
        ),
        (
            shown(
                "image/svg+xml",
                f'<svg xmlns="{notebook_outputs.SVG[1:-1]}" onload="a()"/>',
                alt="a",
            ),
            "the attribute onload is not allowed, here of <svg>: show a PNG",
        ),
        (
            shown(
                "image/svg+xml", f'<svg xmlns="{notebook_outputs.SVG[1:-1]}"><title> </title></svg>'
            ),
            'without a text for those who do not see it: begin the cell with `# %% alt="What the',
        ),
        (
            shown("text/markdown", '[1]{data-v="a.b"}'),
            "shows Markdown with a tied number: an output",
        ),
        (
            shown("text/latex", r"$\data{v=a.b}{1}$"),
            "shows Markdown with a tied number: an output is",
        ),
        (
            shown(
                "image/svg+xml",
                f'<svg xmlns="{notebook_outputs.SVG[1:-1]}"><g data-v="a.b"/></svg>',
                alt="a",
            ),
            "shows an SVG with a tied number: an output is computed, and has no ties",
        ),
        (shown("image/png", "AAAA"), 'begin the cell with `# %% alt="What the picture shows."`'),
        (shown("image/png", "AAAA", alt="a"), "a picture that is no PNG of at most 500,000 bytes"),
    ],
)
def test_what_a_page_cannot_show_is_refused(config, output, told):
    writer = notebook_outputs.Writer("small", config)
    with pytest.raises(notebook_outputs.Refused) as refused:
        writer.write([printed("before"), output])
    assert told in str(refused.value) and not writer.pictures


def test_an_output_of_nothing_is_none(config):
    nothing = {"output_type": "display_data", "data": {}, "metadata": {}}
    assert (
        notebook_outputs.Writer("small", config).write(
            [nothing, printed(" \n"), printed("x", "stderr")]
        )
        == ""
    )


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({}, (60, 30)),
        ({"width": 20}, (20, 10)),
        ({"height": 60}, (120, 60)),
        ({"width": "2"}, (60, 30)),
    ],
)
def test_a_picture_keeps_its_proportions(config, asked, size):
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60).to_bytes(4) + (30).to_bytes(4)
    writer = notebook_outputs.Writer("small", config)
    hostile = 'A "wave"\n\n```\n<b>'
    written = writer.write(
        [shown("image/png", base64.b64encode(head).decode(), alt=hostile, **asked)]
    )
    assert "\n" not in written
    image = parsed(written).find(".//img")
    assert (int(image.get("width")), int(image.get("height"))) == size
    assert image.get("alt") == hostile and writer.pictures == {image.get("src"): head}


def test_a_text_without_a_picture_is_refused(config):
    with pytest.raises(
        notebook_outputs.Refused, match="has an alt for which it shows no picture: 'a'"
    ):
        notebook_outputs.Writer("small", config).write([printed("x")], ["a"])


def test_all_that_is_refused_is_told_with_its_line(copy, told):
    head = "# ---\n# title: {0}\n# date: 2026-11-22\n# description: {0}.\n# ---\n"
    cells = [
        "# %% [markdown]\n# # Small\n# show(1)\n",
        "# %%\nfrom IPython.display import HTML, Javascript\nx = 1\n",
        "# %%\nHTML('<script>1</script>')\n\n\n",
        "# %%\nif x:\n    display(Javascript('1'))\n",
        "# %% [raw]\n# a\n",
        "# %%\n1 / 0\n",
        "# %%\nHTML('<video>')\n",
    ]
    small = head.format("Small") + "\n".join(cells)
    (copy / "docs/notebooks/small.py").write_text(small, "utf-8")
    (copy / "docs/notebooks/half.py").write_text(head.format("Half") + "\n# %%\nx = (1\n", "utf-8")
    dead = head.format("Dead") + "\n# %%\nimport os\n\nos.write(2, b'alas')\nos._exit(1)\n"
    (copy / "docs/notebooks/dead.py").write_text(dead, "utf-8")
    message = told(copy)
    log = ".cache/notebooks/dead/kernel.log"
    assert f"docs/notebooks/dead.py: its kernel died: {log} has its last words" in message
    assert "alas" in (copy / log).read_text(encoding="utf-8")
    for code, wrong in [
        ("HTML('<script>", "shows HTML with <script>, which a page cannot: print it"),
        ("if x:", "shows application/javascript, which a page cannot"),
        ("# a\n", "is raw text: begin it with `# %% [markdown]`"),
        ("1 / 0", "raises ZeroDivisionError: division by zero"),
    ]:
        line = small.count("\n", 0, small.index(code)) + 1
        assert f"docs/notebooks/small.py:{line}: a cell {wrong}" in message
    assert "<video>" not in message, "it was never executed"
    assert "docs/notebooks/half.py:8: is no Python: '(' was never closed" in message


@pytest.mark.parametrize(
    ("source", "is_marked"),
    [
        ('<div class="output">0.5</div>', True),
        ("<p class='wide output'>0.5</p>", True),
        ("The loss is 0.5.\n{ .output }", True),
        ("/// html | div.output\n0.5\n///", True),
        ('The output [0.5]{data-v="shapes.output"} has a "class".', False),
        ("```html\n<div class='output'>\n```", False),
    ],
)
def test_what_authors_write_does_not_pass_for_computed(tmp_path, source, is_marked):
    path = tmp_path / "docs/posts/lstm.md"
    path.parent.mkdir(parents=True)
    path.write_text(source, "utf-8")
    assert bool(list(ledger.pretended("lstm/", tmp_path))) == is_marked


# What is kept ----------------------------------------------------------------------------------


@pytest.fixture
def executions(monkeypatch):
    """A list of the notebooks that were executed, which each print how many there were before."""
    done = []

    class Client:
        def __init__(self, notebook, **_):
            self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]

        def execute(self, **_):
            done.append([cell.source for cell in self.cells])
            if "killed" in done[-1]:
                raise KeyboardInterrupt
            for cell in self.cells:
                cell.outputs = [printed(str(len(done)))]

    monkeypatch.setattr(notebooks, "NotebookClient", Client)
    return done


def test_outputs_are_kept_until_something_changes_that_they_depend_on(
    tmp_path, executions, monkeypatch
):
    """The code, its snippets and theirs, their records, the packages, what executes them; no prose."""
    path = tmp_path / "docs/notebooks/small.py"
    files = {
        path: "# %% [markdown]\n# Prose.\n\n# %%\nimport snippets.a.one as one\n",
        tmp_path / "requirements.txt": "a==1\n",
        tmp_path / "snippets/a/one.py": "from snippets.a import two\n",
        tmp_path / "snippets/a/two.py": 'x = 2\ny = measured("b.three")\n',
        tmp_path / "snippets/b/other.py": "x = 3\n",
        tmp_path / "snippets/b/three.measured.json": "{}\n",
    }
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def shown(kernel="python3"):
        [[output]] = notebooks.executed(path, tmp_path, kernel)
        return int(output["text"])

    assert shown() == 1 and shown() == 1
    for file, old, new, count in [
        (path, "Prose.", "Other prose.", 1),
        (tmp_path / "snippets/b/other.py", "3", "4", 1),
        (path, "as one", "as first", 2),
        (tmp_path / "requirements.txt", "1", "2", 3),
        (tmp_path / "snippets/a/two.py", "2", "3", 4),
        (tmp_path / "snippets/b/three.measured.json", "{}", "{ }", 5),
    ]:
        change(file.parent, file.name, old, new)
        assert shown() == count, file
    assert shown(kernel="another") == 6
    assert len(list(tmp_path.glob(".cache/notebooks/small/*.json"))) == 1, "old ones are removed"


def test_what_is_printed_in_a_row_is_one_piece():
    """A kernel sends it in pieces of no fixed size, and a build would differ from the next."""
    shown = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
    said = [("stdout", "1\n"), ("stdout", "2\n"), ("stderr", "w"), ("stdout", "3\n")]
    first, second, warned, third = (
        {"output_type": "stream", "name": name, "text": text} for name, text in said
    )
    assert notebooks.together([first, second, shown, dict(third), third, warned, third]) == [
        {"output_type": "stream", "name": "stdout", "text": "1\n2\n"},
        shown,
        {"output_type": "stream", "name": "stdout", "text": "3\n3\n"},
        warned,
        third,
    ]


def test_a_build_that_was_stopped_leaves_no_outputs(tmp_path, executions):
    path = tmp_path / "docs/notebooks/small.py"
    path.parent.mkdir(parents=True)
    path.write_text("# %%\nkilled\n", "utf-8")
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        notebooks.executed(path, tmp_path, "python3")
    assert not list(tmp_path.rglob("*.json"))
    executions.clear()
    path.write_text("# %%\nx\n", "utf-8")
    notebooks.executed(path, tmp_path, "python3")
    notebooks.executed(path, tmp_path, "python3")
    assert executions == [["x"]]
