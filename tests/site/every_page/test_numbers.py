"""Every number of the built site, in digits or words: tied and right, or given."""

import functools

import pytest

from hooks import ties
from tests.site import ledger, verdicts
from tests.site.pages import read_site
from tests.site.sources import ROOT


def test_every_number_is_tied_or_given(site, page):
    found = ledger.faults(page, read_site(site).html[page])
    assert not found, "\n" + "\n".join(found)


def test_the_refresh_command_sees_every_tie_of_a_page(site, page):
    source = ledger.source_of(page, ROOT)
    if source is None or page == "":  # what posts begin with
        return
    drawings = [path for path in ties.sources(ROOT) if path.suffix == ".svg"]
    seen = {
        (tie.name, ledger.value_of(tie.text))
        for path in [source, *drawings]
        for tie in found_in(path)
    }
    shown = {
        (name, ledger.value_of(text)) for name, text in ledger.tied(read_site(site).html[page])
    }
    assert shown <= seen, f"{source.name}: write the tie otherwise: {shown - seen}"


@functools.cache
def found_in(path):
    return ties.find(path.read_text(encoding="utf-8"))


PAGE = '<article class="md-content">{}</article>'


@pytest.mark.parametrize(
    ("html", "loose"),
    [
        ("<p>about 0.25</p>", ["0.25"]),
        ("<p>about −.25, or 3.5e2</p>", [".25", "3.5e2"]),
        ("<p>4e-8, 4E−08 and 4 · 10⁻⁸ are one</p>", ["4e-8", "4E−08", "4 · 10⁻⁸"]),
        ("<p>4 × 10<sup>−8</sup>, not 4 × 10 or 10⁻⁸</p>", ["4 × 10^{−8}", "10", "10"]),
        (
            "<math><mn>4</mn><mo>⋅</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>8</mn></mrow></msup></math>",
            ["4⋅10^{−8}"],
        ),
        ("<p>1,162 and 1,234.5 and 1\u202f234.56</p>", ["1,162", "1,234.5", "1\u202f234.56"]),
        ("<p>0,6272; 11,62; 2,5,7; (2, 5, 7)</p>", ["0,6272", "11,62", "2,5,7"]),
        ("<p>With Python 3.11.9, of 2026.10.1, 0.25.</p>", ["0.25"]),
        ("<p>0.<b>62</b>, 62.7 % and <em>0.5</em>0</p>", ["0.62", "62.7", "0.50"]),
        ("<table><tr><td>0.5</td><td>0.25</td></tr></table>", ["0.5", "0.25"]),
        ("<math><mfrac><mn>0.5</mn><mn>0.25</mn></mfrac></math>", ["0.5", "0.25"]),
        ("<math><msub><mi>z</mi><mrow><mn>1</mn><mo>,</mo><mn>3</mn></mrow></msub></math>", []),
        ("<math><msub><mi>z</mi><mn>0.5</mn></msub></math>", ["0.5"]),
        ('<p><span data-v="a.b">3.1</span> · 10⁻⁵ and <span data-v="a.b">3</span>.1</p>', ["3.1"]),
        ('<p><span data-v="a.b">0.25</span> and 0.25</p>', ["0.25"]),
        ("<math><mi>x</mi><mo>=</mo><mn>0.25</mn></math>", ["0.25"]),
        ('<math><mrow data-v="a.b"><mo>−</mo><mn>0.25</mn></mrow></math>', []),
        ("<pre><code>0.25</code></pre><p><code>3.15</code> and 7</p>", []),
        (
            '<svg><text>0.25</text><text data-v="a.b">0.5<title>a.b = 0.51</title></text></svg>',
            ["0.25"],
        ),
        ('<svg><desc>from 0.5 to 0.75</desc><text data-v="a.b">0.5</text></svg>', ["0.75"]),
    ],
)
def test_the_ledger_finds_every_untied_decimal(html, loose):
    entries = ledger.entries(PAGE.format(html))
    assert [entry.text for entry in entries if entry.tie is None] == loose


def test_a_fault_names_page_line_number_and_nearest_value():
    html = PAGE.format("<p>The output is 0.6228.</p>")
    [fault] = ledger.faults("time-distributed/", html, chosen=[])
    assert fault.startswith("docs/posts/time-distributed.md")
    assert "0.6228 is neither tied to a value nor declared as given" in fault
    assert "the nearest value is time_distributed.model.y_six[1] = 0.627147766" in fault


def test_agreement_with_a_value_is_no_tie():
    html = PAGE.format("<p>The output is 0.6271.</p>")
    assert len(ledger.faults("time-distributed/", html, chosen=[])) == 1


def test_a_tied_number_that_is_off_by_one_in_its_last_place_is_found():
    html = PAGE.format('<p><span data-v="time_distributed.model.y_six[1]">0.6272</span></p>')
    [fault] = ledger.faults("time-distributed/", html, chosen=[])
    assert fault.endswith("print 0.6271, not 0.6272")


def test_numbers_are_tied_in_every_way_they_are_printed():
    name = "backpropagation.miniature.large_dz[0]"  # -3.0984660963220625e-05
    html = PAGE.format(
        f'<p><b data-v="{name}">−<i>3.1</i></b> · 10<sup>−5</sup>, <b data-v="{name}">−3.1e-05</b></p>'
        f'<math><mrow data-v="{name}"><mo>−</mo><mn>3.1</mn></mrow><mo>⋅</mo><msup><mn>10</mn><mrow>'
        "<mo>−</mo><mn>5</mn></mrow></msup></math>"
        '<p data-v="time_distributed.model.y_six[1]">62.7\u202f%</p>'
    )
    assert ledger.faults("backpropagation/", html, chosen=[]) == []
    [fault] = ledger.faults("backpropagation/", html.replace("<mn>5<", "<mn>4<"), chosen=[])
    assert fault.endswith("print −3.1⋅10^{−5}, not −3.1⋅10^{−4}")


@pytest.mark.parametrize(
    ("html", "loose"),
    [
        ("<p>13 steps, 7 units, 1,162 parameters</p>", ["13", "1,162"]),
        ("<p>Three units, two layers, one of <b>nine</b></p>", ["Three", "nine"]),
        (
            "<p>thirty-two, a hundred and two thousand</p>",
            ["thirty-two", "a hundred", "two thousand"],
        ),
        (
            "<p>twice, half of it, two thirds, one ten-thousandth</p>",
            ["twice", "half", "two thirds", "one ten-thousandth"],
        ),
        ("<p>4 times, two times, 5 percent and 5 %</p>", ["4", "two", "5", "5"]),
        ("<p>the third line, a weight, often, someone, height</p>", []),
        ("<p>in 1997, since 2015, (2014), 2019–2026, 22 November 2026</p>", ["22"]),
        ("<p>2000 strings of 2000</p>", ["2000"]),
        ("<p>float64, W12, x_10</p>", []),
        (
            "<math><msub><mi>h</mi><mn>20</mn></msub><mo>=</mo><msup><mi>f</mi><mn>40</mn></msup></math>",
            ["40"],
        ),
        ('<p><b data-v="a.b">nine</b> <b data-given="10">ten</b> eleven</p>', ["eleven"]),
        ("<pre>three</pre><p><code>12</code></p>", []),
        ("<svg><title>Four lines</title><text>12</text></svg>", ["12", "Four"]),
        ('<svg class="data"><desc>At 12, ten of them</desc><text>12</text></svg>', ["ten"]),
        ('<p class="place">31 min to read</p>', []),
    ],
)
def test_the_ledger_finds_every_untied_integer_and_word(html, loose):
    entries = ledger.entries(PAGE.format(html))
    assert [entry.text for entry in entries if entry.tie is None] == loose


@pytest.mark.parametrize(
    ("given", "html", "right"),
    [
        ("13 steps", "<p>It takes 13\nsteps.</p>", True),
        ("13 steps", "<p>It takes 14 steps.</p>", False),
        ("13 steps", "<p>It takes 13 units.</p>", False),
        ("three inputs", "<p>Three <b>inputs</b></p>", True),
        ("three inputs", "<p>three outputs, of three inputs</p>", False),
        ("three inputs", "<p>three inputs, and three inputs</p>", False),
        ("three inputs ×2", "<p>three inputs, and three inputs</p>", True),
        ("three inputs ×2", "<p>three inputs, and four</p>", False),
        ("a rate of 0.5", "<p>a rate of 0.5</p>", True),
        ("a rate of 0.5", "<p>a rate of 0.55</p>", False),
        ("0.5", "<p>0.5</p>", False),  # says not what it counts
        ("ten", "<p>ten</p>", False),
    ],
)
def test_what_is_given_says_what_it_counts(given, html, right):
    html = PAGE.format(html)
    assert (not ledger.faults("time-distributed/", html, [given])) == right


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("0.5", "0.5"),
        ("−0.50", "-0.5"),
        ("40", "40"),
        ("four times", "4"),
        ("one half", "0.5"),
        (r"\begin{pmatrix} 0 & 2 \\ 0.1 & 0 \end{pmatrix}", "0;2;0.1;0"),
        ("(256, 6, 5)", "256;6;5"),
    ],
)
def test_a_number_that_is_marked_as_given_changes_with_its_mark(text, marked):
    assert ties.fault(ROOT, marked, text) is None
    assert f"write {marked}" in ties.fault(ROOT, "7", text)


def test_what_is_declared_must_be_needed():
    [fault] = ledger.unfit(PAGE.format("<p>twelve steps</p>"), ["13 steps"])
    assert "'13 steps' is nowhere on the page" in fault
    [fault] = ledger.unfit(PAGE.format('<p><b data-v="a.b.c">13</b> steps</p>'), ["13 steps"])
    assert "has no number that needs it" in fault


def test_a_page_is_held_to_the_records_and_the_head_of_its_own_project(tmp_path):
    record = tmp_path / "snippets/time_distributed/model.json"
    record.parent.mkdir(parents=True)
    record.write_text('{"y_six": {"dtype": "float64", "value": [0.1, 0.8]}}')
    source = tmp_path / "docs/posts/time-distributed.md"
    source.parent.mkdir(parents=True)
    source.write_text("---\ngiven: [0.77 of it]\n---\n0.77 of it and\n0.79\n")
    html = PAGE.format(
        '<p data-v="time_distributed.model.y_six[1]">0.80</p> <p>0.77 of it and 0.79</p>'
    )
    assert ledger.faults("time-distributed/", html, root=tmp_path) == [
        "docs/posts/time-distributed.md:5: 0.79 is neither tied to a value nor declared as given, in 'of it and 0.79'; "
        "the nearest value is time_distributed.model.y_six[1] = 0.8"
    ]


def test_what_is_no_number_is_refused_even_if_given():
    [fault] = ledger.faults(
        "time-distributed/", PAGE.format("<p>0,6272 of it</p>"), chosen=["0,6272 of it"]
    )
    assert "0,6272 is no number: write a point before decimals" in fault


def test_the_page_on_numbers_quotes_what_the_checks_say_now():
    recorded = verdicts.RECORD.read_bytes().decode("utf-8")
    assert recorded == verdicts.text(), "run `python -m tests.site.verdicts`"
