"""One post that uses everything: what Material's blog and the extensions that are switched on offer.

It is built once, in a copy, and looked at as files and in the browser.
"""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

from hooks import tables
from tests.site import gates
from tests.site.conftest import served
from tests.site.pages import content_of, read_site, with_class
from tests.site.visits import Visit

EVERYTHING = Path(__file__).with_name("everything.md")
PAGE = "everything/"
SECOND = """
  second:
    name: A second author
    description: Writes as well
    avatar: assets/favicon.svg
"""
# What would be left in the text of a page if an extension were off.
SOURCE = re.compile(
    r"^(===|!!!|\?\?\?|:::|///|- |\* |\|)|\[\^|\]\[|\]\(|==|\+\+|~~|\^\^|\*\*|\*\[|--8<--|```|\{ *[.#:]|\[[x ]\]",
    re.MULTILINE,
)
ALIGNED = """() => [...document.querySelectorAll("#tables ~ .md-typeset__scrollwrap")[0].querySelectorAll("tbody tr:first-child td")]
  .map(cell => getComputedStyle(cell).textAlign)"""
SHOWN = """() => [...document.querySelectorAll(".tabbed-block")]
  .map(block => block.getClientRects().length > 0)"""
# Of the set with sets in it: what of a name or a tab begins before all of the one above has ended.
OVERLAPS = """() => [...document.querySelectorAll("#tabs ~ .tabbed-set > div > *")]
  .map(part => {
    const inside = document.createRange();
    inside.selectNodeContents(part);
    return { part, top: part.getBoundingClientRect().top, bottom: inside.getBoundingClientRect().bottom };
  })
  .sort((a, b) => a.top - b.top)
  .filter(({ top }, i, all) => i && top < all[i - 1].bottom - 1)
  .map(({ part }) => part.textContent)"""


def test_a_post_that_uses_everything(copy, built, open_page, axe):
    shutil.copy(EVERYTHING, copy / "docs/posts")
    with open(copy / "docs/.authors.yml", "a", encoding="utf-8") as authors:
        authors.write(SECOND)
    site = read_site(built(copy, strict=True))
    for page in (PAGE, "", "archive/2026/", "category/everything/"):
        assert not gates.of_page(site, page), page
        _holds_no_source(site.tree(page))
    assert not gates.of_site(site)
    files = [f"{site.folder}/{name}index.html" for name in (PAGE, "")]
    assert not {path: wrong for path, wrong in gates.validity(*files).items() if wrong}
    _declares_all(site)
    _begins_well(site, "")
    _begins_well(site, "category/everything/")
    _is_whole(site.tree(PAGE))
    with served(site.folder) as address:
        _is_seen_and_read_by_all(open_page, axe, address)
        _has_tabs_for_all(open_page, address)


def _holds_no_source(tree):
    silent = "ancestor::pre or ancestor::code or ancestor::svg or ancestor::math"
    text = "".join(content_of(tree).xpath(f".//text()[not({silent})]"))
    assert not SOURCE.search(text)


def _declares_all(site):
    """Each entry of its front matter is honoured."""
    tree = site.tree(PAGE)
    [place] = with_class(tree, "place")
    assert re.sub(r"\s+", " ", place.text_content()).strip() == (
        "2 January 2026 updated 4 March 2026 12 min to read "
        "The Unrolled project, A second author Understanding computations Everything"
    )
    assert tree.findtext(".//h1") == "Everything a post may hold"
    links = [(a.text, urljoin(PAGE, a.get("href"))) for a in tree.xpath("//section//a")]
    assert links == [
        ("Part A. TimeDistributed: one layer at every step", "time-distributed/"),
        ("The sizes", "reference/notation/#sizes"),
        ("https://keras.io/", "https://keras.io/"),
    ]
    assert [tag.text.strip() for tag in with_class(tree, "md-tag")] == ["LSTM", "everything"]
    index = json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    found = {entry["location"]: entry for entry in index if entry["location"].startswith(PAGE)}
    assert found[PAGE]["title"] == "Everything a post may hold"
    assert found[PAGE]["text"].startswith("<p>The beginning of a post with a reference")
    assert "Keras NumPy An equation" in found[f"{PAGE}#tabs"]["text"]
    pinned = with_class(site.tree(""), "md-post--excerpt")[0]
    assert (
        "pinned" in pinned.text_content() and "Everything a post may hold" in pinned.text_content()
    )


def _begins_well(site, page):
    """Where its beginning is repeated, links lead to where they should, and tabs are tabs."""
    [beginning] = [
        post
        for post in with_class(site.tree(page), "md-post--excerpt")
        if "Everything" in post.text_content()
    ]
    leads = {a.text_content(): urljoin(page, a.get("href")) for a in beginning.iterfind(".//a")}
    assert leads["reference"] == "reference/notation/"
    assert leads["1"] == f"{PAGE}#fn:first"
    assert leads["link down"] == f"{PAGE}#text"
    assert leads["Everything a post may hold"] == PAGE
    assert leads["Continue reading: Everything a post may hold"] == PAGE
    assert [a.get("title") for a in beginning.iter("abbr")] == ["long short-term memory"]
    buttons = beginning.xpath(".//input[@type='radio']")
    assert len({button.get("id") for button in buttons}) == 2
    assert {button.get("name") for button in buttons} == {"everything-__tabbed_1"}
    assert with_class(beginning, "align-right")


def _is_whole(tree):
    """Nothing around a table or a block of code is torn; what is marked up is what it should be."""
    [article] = tree.iter("article")
    direct = [element.get("class", "").split() for element in article.xpath("*")]
    assert sum("md-typeset__scrollwrap" in names for names in direct) == 3
    assert [h.text for h in article.iterchildren("h2")] == [
        *("Text", "Lists", "Tables", "Code", "Notes", "Tabs", "Pictures", "Grids"),
    ]
    for table in article.iter("table"):
        wrapped = [names for names in (e.get("class") for e in table.iterancestors("div")) if names]
        assert wrapped.count("md-typeset__table") == 1
    assert not tree.xpath("//@style | //@align")
    texts = {
        name: [element.text_content() for element in article.iter(name)]
        for name in ("mark", "ins", "del", "sub", "sup", "kbd", "dt", "abbr", "caption")
    }
    assert texts["mark"] == ["marked"] and texts["ins"] == ["inserted"]
    assert texts["del"] == ["taken out"] and "2" in texts["sub"] and "2" in texts["sup"]
    assert texts["kbd"] == ["Ctrl", "Alt", "Del", "Enter", "Tab"]
    assert texts["dt"] == ["Term", "Another term"] and len(texts["abbr"]) == 2
    boxes = tree.xpath("//li[contains(@class, 'task-list-item')]//input")
    assert [box.get("checked") is not None for box in boxes] == [True, False, True]
    numbered = article.xpath(".//span[@data-linenos]/@data-linenos")
    assert [number.strip() for number in numbered] == ["7", "8", "9"]
    assert [ol.get("start") for ol in article.iterchildren("ol")] == ["7"]
    assert article.xpath("//h3/@id")[-1] == "überschrift-заголовок-見出し"


def _is_seen_and_read_by_all(open_page, axe, address):
    """Wide and narrow, light and dark, with all tabs in sight: no complaint, no fault."""
    visit = Visit(address, PAGE)
    tab = open_page(address + PAGE, visit=visit)
    assert tab.evaluate(ALIGNED) == ["left", "center", "right", "left"]
    visit.examine(tab, axe)
    tab.set_viewport_size({"width": 360, "height": 800})
    visit.look(tab, axe, "360 wide", "light")
    tab.evaluate(
        "document.querySelectorAll('.tabbed-block').forEach(b => { b.style.display = 'block'; })"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    visit.look(tab, axe, "all tabs, 360 wide", "light", "dark")
    tab.set_viewport_size({"width": 1280, "height": 800})
    visit.look(tab, axe, "all tabs, 1280 wide", "dark")
    assert not visit.wrong(tab)


def _has_tabs_for_all(open_page, address):
    """By keys, without JavaScript, by a link, and on paper, where all are shown."""
    tab = open_page(address + PAGE, width=360)
    shown = tab.evaluate(SHOWN)
    assert shown.count(True) == 3
    tab.locator("#__tabbed_3_1").focus()
    tab.keyboard.press("ArrowRight")
    tab.get_by_text("A note in a tab.").wait_for()
    assert tab.locator("#__tabbed_3_2").is_checked()
    assert tab.get_by_text("Some text.", exact=True).first.is_hidden()
    names = "document.querySelector('#tabs ~ .tabbed-set > .tabbed-labels')"
    assert tab.evaluate(f"getComputedStyle({names}).outlineStyle") == "solid"
    line = f"getComputedStyle({names}.children[1]).borderBottomColor"
    assert tab.evaluate(line) != tab.evaluate(line.replace("[1]", "[0]"))
    tab.emulate_media(media="print")
    assert all(tab.evaluate(SHOWN))
    assert not tab.evaluate(OVERLAPS)

    tab = open_page(f"{address}{PAGE}#over-time", java_script_enabled=False)
    assert tab.locator("#over-time").is_visible()  # in a tab of a tab, both closed
    tab.get_by_text("An equation, with a long name").click()
    assert tab.locator(".tabbed-block div.arithmatex").is_visible()


def test_tables_are_wrapped_whole():
    opened, closed = tables.OPENED, tables.CLOSED
    for html in ("", "<p>a</p>", "</table>", "<!-- <table> -->", "<pre>&lt;table&gt;</pre>"):
        assert tables.wrapped(html) == html
    for table in (
        "<table><tr><td>1</td></tr></table>",
        '<table class="wide"><tr><td>1</td></tr></table>',
        '<TABLE title="a > b"\n><tr></tr></TABLE>',
        "<table><tr><td><table></table></td></tr></table>",
        "<table><!-- </table> --></table>",
    ):
        assert tables.wrapped(f"<p>a</p>{table}<p>b</p>") == (
            f"<p>a</p>{opened}{table}{closed}<p>b</p>"
        )
    lines = '<div><table class="highlighttable"><tr></tr></table></div>'
    assert tables.wrapped(lines) == lines
    assert tables.wrapped(lines + "<table></table>") == f"{lines}{opened}<table></table>{closed}"
