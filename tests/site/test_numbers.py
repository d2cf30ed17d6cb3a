"""Every number of the built site: tied and right, or given."""

from decimal import Decimal

import pytest

from tests.site import ledger, verdicts
from tests.site.pages import parsed, read_site, with_class
from tests.site.sources import given, sources


def chosen_by_posts(html):
    """What the posts declare as given whose beginnings a page repeats."""
    excerpts = with_class(parsed(html), "md-post--excerpt")
    links = [link for excerpt in excerpts for link in excerpt.xpath(".//h2//a/@href")]
    slugs = {link.split("#")[0].rstrip("/").rpartition("/")[2] for link in links}
    return [number for slug in slugs for number in given(f"{slug}/")]


def test_every_decimal_is_tied_or_given(site, page):
    html = read_site(site).html[page]
    found = ledger.faults(page, html, [*given(page), *chosen_by_posts(html)])
    assert not found, "\n" + "\n".join(found)
    # A number that is given but not printed would let a computed one pass.
    printed = {Decimal(text) for text, tie in ledger.entries(html) if tie is None}
    unused = [number for number in given(page) if abs(Decimal(str(number))) not in printed]
    assert not unused, f"{sources()[page].name}: given, but not printed: {unused}"


PAGE = '<article class="md-content">{}</article>'


@pytest.mark.parametrize(
    ("html", "loose"),
    [
        ("<p>about 0.25</p>", ["0.25"]),
        ("<p>about −.25, or 3.5e2</p>", [".25", "3.5"]),
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
    assert [text for text, tie in ledger.entries(PAGE.format(html)) if tie is None] == loose


def test_a_fault_names_page_line_number_and_nearest_value():
    html = PAGE.format("<p>The output is 0.6228.</p>")
    [fault] = ledger.faults("time-distributed/", html, chosen=[])
    assert fault.startswith("docs/posts/time-distributed.md")
    assert "0.6228 is neither tied to a value nor declared as given" in fault
    assert "the nearest value is time_distributed.y_six[1] = 0.627147766" in fault


def test_agreement_with_a_value_is_no_tie():
    html = PAGE.format("<p>The output is 0.6271.</p>")
    assert len(ledger.faults("time-distributed/", html, chosen=[])) == 1


def test_a_tied_number_that_is_off_by_one_in_its_last_place_is_found():
    html = PAGE.format('<p><span data-v="time_distributed.y_six[1]">0.6272</span></p>')
    [fault] = ledger.faults("time-distributed/", html, chosen=[])
    assert fault.endswith("print 0.6271, not 0.6272")


def test_the_page_on_numbers_quotes_what_the_checks_say_now():
    recorded = verdicts.RECORD.read_bytes().decode("utf-8")
    assert recorded == verdicts.text(), "run `python -m tests.site.verdicts`"
