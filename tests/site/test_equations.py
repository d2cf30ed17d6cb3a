"""Equations and the captions of drawings: as readers, searchers and listeners get them, and what is refused."""

import json
import re
import subprocess
import time
from xml.etree import ElementTree

import lxml.html
import pytest
from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from hooks import content, diagrams, equations, faults, mathjax, node
from tests.site.conftest import NOTEBOOK, POST, ROOT, Pages, change, served, set_series
from tests.site.tabs import moves
from tests.site.visits import TOO_WIDE

# What a search finds, and what stands in titles, tables of contents and feeds.
READABLE = {
    r"h_t = \tanh(x_t W + h_{t-1} U + b)": "h_t = tanh(x_t W + h_(t − 1) U + b)",
    # Below and above.
    r"\sum_{t=0}^{2} x_t": "∑_(t = 0)^2 x_t",
    r"\frac{1}{N} \sum_n L_n": "1/N ∑_n L_n",
    r"\prod_{k=1}^K f_k": "∏_(k = 1)^K f_k",
    r"\int_0^1 f(x)\,dx": "∫_0^1 f(x) d x",
    r"\lim_{n\to\infty} a_n": "lim_(n → ∞) a_n",
    r"\max_i x_i": "max_i x_i",
    r"\operatorname*{argmax}_k p_k": "argmax_k p_k",
    r"\sum_{\substack{i<3\\j<4}} a_{ij}": "∑_(i < 3; j < 4) a_(i j)",
    r"x \overset{\text{def}}{=} y": "x =^(def) y",
    r"x \xrightarrow{f} y": "x →^f y",
    r"\underset{k}{\mathrm{top}}\, x": "top_k x",
    r"\sideset{_1^2}{_3^4}\sum x": "_1^2 ∑_3^4 x",
    # Roots, fractions, powers.
    r"\sqrt{v + 1}": "√(v + 1)",
    r"\sqrt[3]{x}": "∛x",
    r"\sqrt[4]{x + 1}": "∜(x + 1)",
    r"\sqrt[n]{x}": "√[n]x",
    r"\sqrt{x} y": "√x y",
    r"\tfrac12 x": "1/2 x",
    r"\frac{a + b}{2c}": "(a + b)/(2c)",
    r"\binom{n}{k}": "(n choose k)",
    r"e^{-x}": "e^(−x)",
    r"1{,}162 \cdot 10^{-5}": "1,162 ⋅ 10^(−5)",
    # Accents.
    r"\hat h": "ĥ",
    r"\bar{h}_t": "h̄_t",
    r"\vec h": "h\u20d7",
    r"\dot x": "ẋ",
    r"\ddot x": "ẍ",
    r"\tilde{h}_t": "h̃_t",
    r"\check x + \breve x + \acute x + \grave x + \mathring a": "x̌ + x̆ + x́ + x̀ + å",
    r"\overline{x}": "x\u0305",
    r"\underline{x}": "x\u0332",
    r"\overline{a + b}": "overline(a + b)",
    r"\widehat{xy}": "hat(x y)",
    r"\widetilde{xy}": "tilde(x y)",
    r"\overrightarrow{AB}": "vec(A B)",
    r"\underline{ab}": "underline(a b)",
    r"\overleftrightarrow{AB} + \overleftarrow{x}": "overleftrightarrow(A B) + x\u20d6",
    r"\underbrace{a + b}_{n}": "underbrace(a + b)_n",
    r"\overbrace{a + b}^{n}": "overbrace(a + b)^n",
    # Primes.
    r"U' + b'_z": "U′ + b_z′",
    r"f''(x) + f'''(x)": "f″(x) + f‴(x)",
    r"x'^2": "x′^2",
    # Words and functions.
    r"-\ln p": "−ln p",
    r"\sin x + \cos(x) + \log_2 x": "sin x + cos(x) + log_2 x",
    r"\operatorname{softmax}(x)": "softmax(x)",
    r"x \bmod 3": "x mod 3",
    r"x \text{ and } y": "x and y",
    r"\mathrm{ReLU}(x) + \mathrm{out}\, y": "ReLU(x) + out y",
    r"\gcd(a, b) \bmod c": "gcd(a, b) mod c",
    # Relations, signs.
    r"\|x\|_2^2 + (a + b)^2": "‖x‖_2^2 + (a + b)^2",
    r"a \cdots b, \ldots": "a ⋯ b, …",
    r"p(a \mid b) \ll q \equiv r": "p(a ∣ b) ≪ q ≡ r",
    r"g \leftarrow -g": "g ← −g",
    r"|x| + \lVert x \rVert": "|x| + ‖x‖",
    r"a \notin A": "a ∉ A",
    # Tables.
    r"\begin{pmatrix} 0.1 & -0.2 \\ x + 1 & 0 \end{pmatrix}": "(0.1, −0.2; x + 1, 0)",
    r"\left(\begin{array}{r@{\;\,}r} 0 & -1 \end{array}\right)": "(0, −1)",
    r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{else} \end{cases}": "{x, if x > 0; 0, else",
    r"\begin{aligned} a &= b + c \\ &= -d \end{aligned}": "a = b + c; = −d",
    r"\begin{aligned} a &= b, & c &= d \end{aligned}": "a = b, c = d",
    r"\begin{aligned} a &= b & c &= d \end{aligned}": "a = b, c = d",
    # What looks like HTML.
    r"\text{<b> \$} \& x": "<b> $& x",
    r"a \phantom{b} c": "a c",
}


@pytest.fixture(scope="module", autouse=True)
def _end():
    yield
    mathjax.stop()


def made(tex, display=False):
    return mathjax.answer(mathjax.typeset(tex, display))


@pytest.mark.parametrize("tex", READABLE)
def test_an_equation_as_one_line_of_text(tex):
    assert made(tex)["text"] == READABLE[tex]


@pytest.mark.parametrize(
    ("tex", "symbols"),
    [
        (r"\tilde h_t", ["h̃"]),
        (r"\tilde{c} + h + W_f", ["c̃", "h", "W_f"]),
        (r"\hat h + \bar h_t + \vec h + \dot x + \check h", []),
        (r"\overline{h} + \underline{x}", []),
        (r"\overline{h W} + \underbrace{x U}_{b}", ["h", "W", "x", "U", "b"]),
        (r"\sum_i x_i + \max_h y_h + A_i + A_i^h", ["x", "y", "h"]),
        (r"\frac{\partial L}{\partial W_f} e^{-x}", ["L", "W_f", "x"]),
    ],
)
def test_only_what_is_a_symbol_of_the_notation_is_marked(tex, symbols):
    assert re.findall('data-sym="([^"]*)"', made(tex)["svg"]) == symbols


# What is refused, and what its author is told to write.
REFUSED = {
    r"\sgima(x)": r"Undefined control sequence \sgima in the equation \sgima(x)",
    r"\frac{1}": "Missing argument for \\frac",
    r"\boldsymbol x": r"\boldsymbol is not known here (\mathbf{x} is a bold letter)",
    r"\bm x": r"\bm is not known here (\mathbf{x} is a bold letter)",
    r"\newcommand{\a}{b}": r"\newcommand is not known here (write out what it stands for",
    r"\def\a{b}": r"\def is not known here (write out what it stands for",
    r"\color{red} x": r"\color is not known here (symbols get their colours by themselves)",
    r"\cancel{x}": r"\cancel is not known here (show the line before and the line after)",
    r"\eqref{a}": r"\eqref is not known here (number the equation with \tag{1} and write (1)",
    r"x + \ref{a}": r"\ref is not known here (number the equation with \tag{1}",
    r"x \label{a}": r"\label is not known here (number the equation with \tag{1}",
    r"\dv{f}": r"Undefined control sequence \dv (of the package physics, which is off)",
    r"\prescript{1}{2}{x}": r"\prescript (of the package mathtools, which is off)",
    r"\begin{CD} A \end{CD}": "Unknown environment 'CD' (of the package amscd, which is off)",
    r"\ce{H2O}": r"\ce is not known here (write \mathrm{x})",
    r"x \tag{1}": r"\tag numbers an equation on lines of its own, not one in the equation",
    r"\href{a}{b}": r"\href is not allowed in the equation",
}


@pytest.mark.parametrize("tex", REFUSED)
def test_what_is_refused_says_what_to_write(tex):
    with pytest.raises(mathjax.EquationError) as refused:
        mathjax.typeset(tex, display=False)
    assert REFUSED[tex] in str(refused.value)


def test_what_is_refused_beforehand_is_unknown_to_mathjax():
    """Else the advice would stand in the way of what works.

    But for references, which no page has, and what would change the equations after it.
    """
    answers = {name: mathjax._ask(rf"\{name}", display=True) for name in mathjax.ADVICE}
    known = {name for name in answers if "Undefined" not in answers[name].get("error", "")}
    assert known == {"ref", "eqref", "label", "DeclareMathOperator"}


@pytest.mark.parametrize("environment", ["", "align"])
def test_a_numbered_equation(environment):
    tex = r"z &= x W \tag{1} \\ y &= z" if environment else r"z = x W \tag{1}"
    if environment:
        tex = rf"\begin{{{environment}}} {tex} \end{{{environment}}}"
    answer = made(tex, display=True)
    assert answer["number"] == "(1)"
    assert answer["text"] == "(1) z = x W" + ("; y = z" if environment else "")
    # Beside the drawing, not in it: as wide as without.
    plain = made(tex.replace(r"\tag{1}", ""), display=True)
    assert answer["svg"] == plain["svg"]
    assert re.sub("</?mrow>", "", answer["mathml"]) == plain["mathml"]
    with pytest.raises(mathjax.EquationError, match="than one"):
        mathjax.typeset(r"\begin{align} a \tag{1} \\ b \tag{2} \end{align}", display=True)


def test_text_that_looks_like_markup_stays_text():
    answer = made(r"\text{<script>alert(1)</script> <img src=x onerror=alert(1)> é 中} \binom n k")
    assert answer["text"].startswith("<script>alert(1)</script>")
    for part in ("svg", "mathml"):
        tree = ElementTree.fromstring(f"<div>{answer[part]}</div>")
        assert not {"script", "img"} & {element.tag for element in tree.iter()}
    # Read aloud, n over k is no fraction.
    assert 'linethickness="0"' in answer["mathml"]


# MathJax in its own process ------------------------------------------------------------------


@pytest.fixture
def anew(tmp_path, monkeypatch):
    """MathJax knows no equation yet, and has not been started."""
    mathjax.stop()
    monkeypatch.setattr(mathjax, "CACHE", tmp_path)
    monkeypatch.setattr(mathjax, "_answers", {})
    yield
    mathjax.stop()


GONE = "process.exit(1)"  # before it is asked


@pytest.mark.parametrize(
    "script",
    [
        GONE,
        "process.stdin.destroy(); setTimeout(() => process.exit(1), 100)",
        "setInterval(() => {}, 1000)",
        "process.stdout.write(`\"${'x'.repeat(100000)}\"\\n`)",
        "process.stdin.on('data', () => process.stdout.write('{', () => process.exit()))",
    ],
)
def test_a_mathjax_that_fails_is_told_once_and_started_anew(script, anew, monkeypatch):
    start = node.start
    monkeypatch.setattr(mathjax, "SECONDS", 0.5)
    monkeypatch.setattr(mathjax, "CHARACTERS", 50_000)

    def broken(_):
        command = [node.NODE, "-e", script]
        ends = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if script == GONE:
            ends.wait()
        return ends

    monkeypatch.setattr(node, "start", broken)
    for tex in ("x", "y"):
        with pytest.raises(mathjax.MathJaxStopped, match=f"at the equation {tex}: build again"):
            mathjax.typeset(tex, display=False)
    monkeypatch.setattr(node, "start", start)
    monkeypatch.setattr(mathjax, "SECONDS", 60)
    assert made("x")["text"] == "x"


def test_a_mathjax_that_was_killed_between_two_equations_is_started_anew(anew):
    assert made("x")["text"] == "x"
    mathjax._process.kill()
    mathjax._process.wait()
    assert made("y")["text"] == "y"


# In Markdown ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def convert():
    """A function that converts Markdown with the extensions of the site, up to the last."""
    with open(ROOT / "mkdocs.yml", encoding="utf-8") as settings:
        listed = yaml_load(settings)["markdown_extensions"]
    options = {name: entry[name] for entry in listed if isinstance(entry, dict) for name in entry}
    names = [name for entry in listed for name in ([entry] if isinstance(entry, str) else entry)]
    names += content.PARTS
    markdown = Markdown(extensions=names, extension_configs=options)
    return lambda text: markdown.reset().convert(text)


def shown(html):
    """The equations in a piece of HTML as readable text."""
    return re.findall(r'class="arithmatex[^"]*" data-eq="\w+"[^>]*>([^<]*)<', html)


@pytest.mark.parametrize(
    "prices",
    [
        "$5/$10",
        "$5–$10",
        "US$5 or US$6",
        "5$/10$ a month",
        "costs $5, then $10.50.",
        "$5 (or A$7)",
        "$20,000 and $30,000",
        "5$–10$",
        r"\$5 and 6\$",
    ],
)
def test_a_price_is_no_equation(convert, prices):
    html = convert(f"It is {prices} and $x$.")
    assert shown(html) == ["x"] and not list(equations.faults(html))
    said = lxml.html.fromstring(html).text_content()
    assert said == f"It is {prices} and x.".replace("\\", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "$k$th of $T$s, ($x$), “$y$”, $a$/$b$, **$c$**$d$",
            ["k", "T", "x", "y", "a", "b", "c", "d"],
        ),
        (r"$5 x$, $10$ and $-3$", ["5x", "10", "−3"]),
        (r"\(x\) and \\(y\\), `$z$`, \$z$", ["x"]),
        (r"\\$x$", ["x"]),
        ("$x${#here .big data-light=f aria-label=a}", ["x"]),
        ("$a &lt; b$, $a < b$, $\\text{a &amp; b}$", ["a &lt; b"] * 2 + ["a &amp; b"]),
        ("$$x$$", ["x"]),
        ("$$\nx\n$$\n\n\\[ y \\]\n\n\\begin{align}\nz &= 1\n\\end{align}", ["x", "y", "z = 1"]),
        ("- $$\n  x\n  $$\n- > $$\n  > y\n  > $$", ["x", "y"]),
        ('!!! note "The $x$"\n    a $y$\n\nb[^1]\n\n[^1]: c $z$', ["x", "y", "z"]),
    ],
)
def test_equations_in_text(convert, text, expected):
    html = convert(text)
    assert shown(html) == expected and not list(equations.faults(html))


def test_pipes_of_equations_divide_no_cells(convert):
    html = convert(
        "| a | $|x|$ | b |\n|---|---|---|\n"
        "| $p(a|b)$ | $\\|y\\|$ | `$|z|$` |\n"
        "| $5 | costs $6|$c$ |\n"
        "| $\\left|x\\right|$ | $\\begin{array}{c|c} 1 & 2 \\end{array}$ | d |\n"
    )
    rows = lxml.html.fromstring(html).xpath("//tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["a", "|x|", "b"],
        ["p(a|b)", "‖y‖", "$|z|$"],
        ["$5", "costs $6", "c"],
        ["|x|", "1, 2", "d"],
    ]
    assert not list(equations.faults(html))
    # In text a pipe is a pipe.
    assert shown(convert("One $|x|$ and\ntwo | $y$")) == ["|x|", "y"]


def test_equations_in_html_that_markdown_does_not_read(convert):
    html = convert(
        '<figure title="of $x$"><svg><text>$y$</text></svg><figcaption>$h_t$, $a &lt; b$, $5/$10, <code>$y$</code></figcaption></figure>\n\n'
        "<figure markdown><figcaption>$c_t$ <b>$z$</b> <code>$q$</code></figcaption>\n\n*a* $d$\n\n</figure>\n\n"
        "<pre>$e$</pre>\n\n<!-- $f$ -->\n\n```\n$g$\n```\n\nand <b>$h$</b>"
    )
    assert shown(html) == ["h_t", "a &lt; b", "c_t", "z", "d", "h"]
    assert 'title="of x"' in html and "$5/$10" in html and "<em>a</em>" in html
    assert "<code>$y$</code>" in html and "<code>$q$</code>" in html and "<pre>$e$</pre>" in html
    assert not list(equations.faults(html))


def test_what_only_looks_like_an_equation_of_the_build_stays_as_it_is(convert):
    html = convert('<div data-eq="no">a</div>\n\n<p title="&quot; id=a $x$">b</p>')
    assert equations.drawn(html) == html
    [_, second] = lxml.html.fragments_fromstring(html)
    assert dict(second.attrib) == {"title": '" id=a x'}


def test_words_that_hold_no_markup_have_readable_equations(convert):
    html = convert(
        '![The state $h_t$](a.png "of $x$") [b](c.md "to $y$")\n\n# The $f_t < 1$\n\n## `$a$` $b$'
    )
    assert 'alt="The state h_t"' in html and 'title="of x"' in html and 'title="to y"' in html
    assert 'id="the-f_t-1"' in html and "<code>$a$</code>" in html
    assert equations.in_words("The gate $f_t$ for $5/$10") == "The gate f_t for $5/$10"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a $$x$$ b", "$$x$$"),
        ("text\n$$\nx\n$$", "$$\nx\n$$"),
        ("$$\na\n\nb\n$$", "$$\na"),
        ("a \\begin{align} x \\end{align}", "\\begin{align} x \\end{align}"),
        ("<p>a $$x$$ b</p>", "$$x$$"),
    ],
)
def test_an_equation_of_its_own_among_words_is_refused(convert, text, written):
    [(found, wrong)] = equations.faults(convert(text))
    assert wrong.startswith("an equation of its own takes a paragraph of its own")
    assert re.search(faults._pattern(found), text)[0].strip() == written


def test_captions_are_markdown(convert):
    caption = 'The state $h_t$, *new*: [0.5]{data-v="a.b"}, `x[0]`, ∂h_t/∂h_0'
    html = convert(f'![{caption}](../diagrams/x-y.svg){{#the-cell .wide data-id="q"}}')
    [figure] = lxml.html.fragments_fromstring(html)
    assert (figure.tag, figure.get("class"), figure.get("id")) == (
        "figure",
        "diagram wide",
        "the-cell",
    )
    assert figure.get("data-id") == "q" and figure.find("img").get("alt") == ""
    words = figure.find("figcaption")
    assert words.text_content() == "The state h_t, new: 0.5, x[0], ∂h_t/∂h_0"
    assert [element.tag for element in words] == ["span", "em", "span", "code"]
    image = "![One\ntwo](../diagrams/x-y.svg)"
    inside = image.replace("\n", "\n    ")
    html = convert(
        f'!!! note "A"\n    {inside}\n\n/// html | cell-explorer#explorer[cell="lstm"]\n\n{image}\n\n///\n\n'
        f"- {image}\n\n> {image}\n\n<div markdown>\n\n{image}\n\n</div>\n\n![](../diagrams/x-y.svg)"
    )
    assert html.count("<figcaption>One\ntwo</figcaption>") == 5
    assert html.count('<figure class="diagram"') == 6 and not list(diagrams.faults(html))


@pytest.mark.parametrize(
    "text",
    [
        "a ![b](../diagrams/x.svg) c",
        "![a](../diagrams/x.svg)\nb",
        "![a](../diagrams/x.svg)\n![b](../diagrams/x.svg)",
        '![a](../diagrams/x.svg "b")',
        "![a][b]\n\n[b]: ../diagrams/x.svg",
        "| a | ![b](../diagrams/x.svg) |\n|---|---|\n| c | d |",
        '<figure><img src="../diagrams/x.svg" alt="a"></figure>',
    ],
)
def test_a_drawing_among_words_is_refused(convert, text):
    found = set(diagrams.faults(convert(text)))
    wrong = "a drawing takes a paragraph of its own: ![caption](../diagrams/topic/name.svg)"
    assert found == {("diagrams/x.svg", wrong)}


# In a built site -----------------------------------------------------------------------------

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 40"><title>A line</title>
<desc>A line from the left to the right.</desc><path class="wire" d="M10 20H350"/></svg>"""
PAGE = r"""---
date: 2026-11-23
slug: gates
authors: [unrolled]
categories: [Understanding computations]
tags: [gates]
description: How the gate $f_t$ works.
---

# The gate $f_t$, and $\hat h$

It costs $5/$10.

![The state $h_t$, *new*, where $\sum_{t=0}^{2} x_t$ is known to whoever has read so far](../diagrams/gates.svg){#the-line}

<!-- more -->

## One: $h_t = z_t \odot h_{t-1}$

$$
c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t + 0 + 0 + 0 + 0 \tag{1}
$$

$$
z = x W \tag{2}
$$

### Two $\sqrt[3]{x}$

| a | $|x|$ |
|---|---|
| $p(a|b)$ | `$|x|$` |

<figure><figcaption>$h_t$ of old</figcaption></figure>

!!! note "Of $x$"
    ![In a note](../diagrams/gates.svg)

![The state $h_t$](../assets/logo.svg "of $x$")
"""
SMALL = "---\ntitle: About $f_t$\ndescription: Small.\ntags: [gates]\n---\n\n# Small $x$\n"


class Slow(Pages):
    """Sends a page up to an equation in its title, and the rest when that has long been shown."""

    def copyfile(self, source, outputfile):
        before, title, after = source.read().partition(b"<h1")
        words, equation, rest = after.partition(b"<span")
        outputfile.write(before + title + words)
        if title:
            time.sleep(0.5)
        outputfile.write(equation + rest)


def test_a_built_page_with_equations_everywhere(copy, built, open_page):
    (copy / "docs/diagrams/gates.svg").write_text(SVG, "utf-8")
    (copy / "docs/posts/gates.md").write_text(PAGE, "utf-8")
    (copy / "docs/reference/small.md").write_text(SMALL, "utf-8")
    set_series(copy, POST.removeprefix("docs/"), "posts/gates.md", NOTEBOOK.removeprefix("docs/"))
    site = built(copy)

    def tree(page):
        return lxml.html.fromstring((site / page / "index.html").read_bytes())

    def texts(page, path):
        return [" ".join(element.text_content().split()) for element in tree(page).xpath(path)]

    title, one, two = "The gate f_t, and ĥ", "One: h_t = z_t ⊙ h_(t − 1)", "Two ∛x"
    # What holds no markup has words.
    assert texts("gates", "//head/title") == [f"{title} - Unrolled"]
    assert title in texts("gates", "//header//span[@class='md-ellipsis']")
    assert set(texts("gates", "//nav[contains(@class, 'md-nav--secondary')]//a")) == {one, two}
    assert tree("gates").xpath("//meta[@name='description']/@content") == [
        "How the gate f_t works."
    ]
    assert f"Next: {title}" in tree("time-distributed").xpath("//footer//@aria-label")
    assert {title, "About f_t"} <= set(texts("tags", "//article//li"))
    assert texts("reference/small", "//head/title") == ["About f_t - Unrolled"]
    assert f"Continue reading: {title}" in texts("", "//article//a")
    feed = ElementTree.parse(site / "feed_rss_created.xml")
    assert title in [item.text for item in feed.iterfind(".//item/title")]
    assert "How the gate f_t works." in [item.text for item in feed.iterfind(".//item/description")]
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    entries = {entry["location"]: entry for entry in index if entry["location"].startswith("gates")}
    assert [entry["title"] for entry in entries.values()] == [title, one, two]
    assert "(1) c_t = f_t ⊙ c_(t − 1) + i_t ⊙ c̃_t" in entries["gates/#one-h_t-z_t-h_t-1"]["text"]
    for page in ("gates", "", "tags", "archive/2026", "reference/small"):
        silent = "ancestor::code or ancestor::script"
        read = "".join(tree(page).xpath(f"//text()[not({silent})] | //@*"))
        assert not re.search(r"\$[^51]|\\[a-z(\[]|data-eq", read), page

    # What is part of the page is typeset.
    assert "$5/$10" in texts("gates", "//article")[0]
    for path in ("h1", "h2", "h3", "td", "th", "figcaption", "p[@class='admonition-title']"):
        assert tree("gates").xpath(f"//article//{path}//span[@class='arithmatex']/svg"), path
    assert tree("gates").xpath("//article//img/@alt") == ["The state h_t"]
    assert texts("gates", "//figure[@id='the-line']//em") == ["new"]
    assert len(tree("gates").xpath("//figure[@class='diagram']/svg[title and desc]")) == 2
    assert tree("").xpath("//figure[@id='gates-the-line']//span[@class='arithmatex']/svg")
    assert texts("gates", "//span[@class='eq-number']") == ["(1)", "(2)"]

    # In a browser nothing is too wide or moves; a number stands beside its equation, or below.
    with served(site) as address:
        for width, beside in [(1280, [True, True]), (360, [False, True])]:
            tab = open_page(f"{address}gates/", width=width)
            assert tab.evaluate("document.documentElement.scrollWidth") == width
            assert tab.evaluate(TOO_WIDE) == [] and moves(tab) == []
            found, ends = [], set()
            for equation in tab.locator("div.arithmatex").all():
                drawn = equation.locator("svg").bounding_box()
                number = equation.locator(".eq-number").bounding_box()
                ends.add(round(number["x"] + number["width"]))
                found.append(number["y"] < drawn["y"] + drawn["height"])
            assert found == beside and len(ends) == 1 and max(ends) <= width
    with served(site, Slow) as address:
        assert moves(open_page(f"{address}gates/")) == []


def test_mistakes_are_told_with_their_own_line(copy, told):
    """All at once, of posts and notebooks, also where code shows the same before."""
    code = "```\n$\\foo$\n$$\n\\bar\n$$\n```\n\nIn `$\\foo$` and $foo$.\n\n"
    mistakes = r"""$\foo$ and

- $$
  x \\
  \bm y
  $$

text
$$
z
$$

![a $\ref{b}$](../assets/logo.svg)

| a | $|\foo x|$ |
|---|---|
| b | c |

<p>$\foo &lt; z$</p>

a ![b](../diagrams/time-distributed/unrolled.svg) c

"""
    line = change(copy, POST, "## One dense unit", f"{code}{mistakes}## One dense unit")
    first = line + code.count("\n")
    aligned = "# $$\n# \\begin{aligned}\n# \\foo\n# \\end{aligned}\n# $$\n"
    small = f"# ---\n# date: 2026-11-23\n# description: A.\n# ---\n\n# %% [markdown]\n# # A\n#\n{aligned}"
    (copy / "docs/notebooks/small.py").write_text(small + "\n# %%\n'$\\foo$'\n", "utf-8")
    title = change(
        copy, "docs/reference/notation.md", "description: ", "title: A $\\foo$\ndescription: "
    )
    message = told(copy)
    undefined = r"Undefined control sequence \foo in the equation "
    for after, wrong in [
        (0, rf"{undefined}\foo"),
        (3, r"\bm is not known here (\mathbf{x} is a bold letter) in the equation x \\"),
        (9, "an equation of its own takes a paragraph of its own"),
        (12, r"\ref is not known here"),
        (14, rf"{undefined}|\foo x|"),
        (18, rf"{undefined}\foo < z"),
        (20, "a drawing takes a paragraph of its own: ![caption](../diagrams/topic/name.svg)"),
    ]:
        assert f"{POST}:{first + after}: {wrong}" in message
    assert message.count(f"{POST}:") == 7
    assert rf"docs/notebooks/small.py:10: {undefined}\begin{{aligned}}" in message
    assert rf"docs/reference/notation.md:{title}: {undefined}\foo" in message
    assert mathjax._process is None  # who serves pages builds again
