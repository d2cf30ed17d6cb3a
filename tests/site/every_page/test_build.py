"""The built site as files: all pages, all equations, no debris, links that lead somewhere."""

import json
import re
from collections import Counter
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
import yaml

from tests.site import gates
from tests.site.conftest import source_pages
from tests.site.pages import content_of, read_site, with_class
from tests.site.sources import DOCS, ROOT, dates, prose, sources

EQUATION = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$[^$\n]+\$", re.DOTALL)


@pytest.fixture
def pages(site):
    """All pages of the site."""
    return read_site(site)


def test_every_page_is_tested(pages):
    assert sorted(pages.html) == source_pages()


def test_every_page_passes_the_gates(pages, page):
    assert not gates.of_page(pages, page)


def test_the_pages_together_pass_the_gates(pages):
    assert not gates.of_site(pages)


def test_html_is_valid(site):
    assert not {path: wrong for path, wrong in gates.validity(f"{site}/**/*.html").items() if wrong}


def test_every_equation_of_the_source_is_typeset(pages, page):
    path = sources().get(page)
    written = len(EQUATION.findall(prose(path))) if path else 0
    equations = with_class(pages.tree(page), "arithmatex")
    assert len(equations) == written
    for equation in equations:
        assert equation.find("svg") is not None and equation.find(".//math") is not None


def test_nothing_is_left_to_typeset(pages, page):
    content = content_of(pages.tree(page))
    silent = "ancestor::pre or ancestor::code or ancestor::script"
    text = "".join(content.xpath(f".//text()[not({silent})]"))
    assert not re.search(r"\\[a-zA-Z(\[]|\$\$|data-eq", text)
    assert not content.xpath("//mjx-container | //mjx-break | //*[@data-eq]")


def test_glyphs_of_equations_are_on_the_page(pages, page):
    tree = pages.tree(page)
    drawn = set(tree.xpath("//use/@href"))
    assert drawn <= {f"#{name}" for name in tree.xpath("//svg[@class='eq-glyphs']//path/@id")}


def test_drawings_are_part_of_the_page_and_described(pages, page):
    tree = pages.tree(page)
    assert not tree.xpath("//img[contains(@src, 'diagrams/')]")
    for drawing in tree.xpath("//figure[@class='diagram']/svg"):
        description = tree.get_element_by_id(drawing.get("aria-describedby"))
        assert len(description.text.strip()) > 20


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "docs" / "diagrams").rglob("*.svg")),
    ids=lambda p: f"{p.parent.name}-{p.stem}",
)
def test_every_symbol_in_a_drawing_says_which_one_it_is(path):
    tree = ElementTree.parse(path)
    parents = {child: parent for parent in tree.iter() for child in parent}
    assert tree.getroot().get("viewBox").startswith("0 0 360 "), (
        "360 units wide: one to a pixel of a phone"
    )
    for element in tree.iter():
        if "sym" in (element.get("class") or "").split():
            line, at = [], element
            while at is not None:
                line += [at.get("data-sym")]
                at = parents.get(at)
            named = any(line) or any(child.get("data-sym") for child in element.iter())
            assert named, f"{path.name}: the symbol {''.join(element.itertext())!r} has no data-sym"


def test_nothing_is_left_of_the_notebooks_own_look(pages, page):
    assert "jp-" not in pages.html[page] and "requirejs" not in pages.html[page].lower()


def test_the_search_index_holds_readable_text(site):
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    # One page shows in its code how a number is tied.
    told = [e["text"] for e in index["docs"] if "how-the-numbers-stay-true" not in e["location"]]
    text = "\n".join(told)
    assert "h_t = tanh(x_t W + h_(t − 1) U + b)" in text
    prose = re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL)  # which may show a tie
    assert not re.search(r"\\\w|data-|<svg|<math|mjx", prose)
    assert all(entry["title"] for entry in index["docs"])


def test_the_feed_lists_each_dated_page_in_words(site):
    feed = ElementTree.parse(site / "feed_rss_created.xml").getroot()
    items = feed.findall("./channel/item")
    assert len(items) == len(dates())
    for item in items:
        words = item.findtext("title") + item.findtext("description")
        assert not re.search(r"\\\w|data-v|<svg|\$", words)
    for when in ("created", "updated"):
        feed = ElementTree.parse(site / f"feed_rss_{when}.xml").getroot()
        told = [parsedate_to_datetime(date.text) for date in feed.iterfind(".//item/pubDate")]
        assert Counter(date.date() for date in told) == Counter(dates(when).values())


def test_the_home_page_shows_the_series_in_reading_order(pages):
    listed = re.search(
        r"^  series:\n(.*?)^\S",
        (ROOT / "mkdocs.yml").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )[1]
    addresses = {path.relative_to(DOCS).as_posix(): page for page, path in sources().items()}
    names = [name for series in yaml.safe_load(listed) for name in series["pages"]]
    names = [name for name in names if name in addresses]  # a draft is left out
    shown = pages.tree("").xpath("//ol[@class='series']//a/@href")
    assert shown == [addresses[name] for name in names]
    for number, name in enumerate(names):
        tree = pages.tree(addresses[name])
        for rel, neighbour in (("prev", number - 1), ("next", number + 1)):
            links = tree.xpath("//link[@rel=$rel]/@href", rel=rel)
            assert bool(links) == (0 <= neighbour < len(names))
            if links:
                assert urljoin(addresses[name], links[0]) == addresses[names[neighbour]]
        [place] = with_class(tree, "place")
        assert re.search(r"part \d+ of \d+", place.text_content())
