"""Plants a fault of each kind in a page of the built site: exactly its gate fails, and says what is wrong."""

import json
import mimetypes
import random
import re
import shutil
import time

import pytest

from hooks import aliases
from tests.site import gates
from tests.site.pages import Site, read_site
from tests.site.visits import Visit

PAGE = "time-distributed/"
SMALL = "404.html"  # for what needs a browser
END = "</article>"
POLICY = '<meta http-equiv="Content-Security-Policy"'
TRAIL = (
    '<script type="application/ld+json">'
    '{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": '
)


@pytest.fixture
def pages(site):
    return read_site(site)


def test_without_a_fault_no_gate_fails(pages):
    assert not gates.of_page(pages, PAGE)


@pytest.mark.parametrize(
    ("gate", "old", "new", "told"),
    [
        ("head", ' lang="en"', "", '<html> has lang="", not "en"'),
        ("head", r"<title>[^<]+", "<title>", "there is no <title>"),
        ("head", r'<meta name="description"[^>]+>', "", "there is no description"),
        ("head", r'<link rel="icon"[^>]+>', "", "there is no icon"),
        ("headings", END, f"<h4>Too deep</h4>{END}", "<h4> follows <h2>: Too deep"),
        ("headings", END, f"<h1>Again</h1>{END}", "there are 2 <h1>"),
        ("ids", END, f'<p id="sources">Again</p>{END}', '2 elements have id="sources"'),
        ("names", END, f'<a href="../tags/"> </a>{END}', 'has no name: <a href="../tags/">'),
        ("alternatives", END, f'<img src="../assets/logo.svg">{END}', "no alternative text: <img"),
        ("alternatives", 'unit-title">[^<]+', 'unit-title">', 'has no title: <svg role="img"'),
        ("alternatives", r'<span class="eq-mathml">.*?</span>', "", "what a hidden drawing shows"),
        ("alternatives", ' title="Navigation"', "", "an icon has no name: <label"),
        ("links", END, f'<a href="../nowhere/">n</a>{END}', "there is no nowhere/: ../nowhere/"),
        ("links", END, f'<a href="../tags/#none">n</a>{END}', "tags/ has no #none: ../tags/#none"),
        (
            "links",
            END,
            f'<a href="/tags/">n</a>{END}',
            "out of the site, which is published at /below/",
        ),
        ("links", 'desc id="[^"]+"', "desc", "names time-distributed-unit-desc, which"),
        ("elsewhere", END, f'<img src="//e.org/x.png" alt="x">{END}', "elsewhere: <img"),
        ("policy", POLICY, "<meta name='nothing'", "does not come first in the head, but <meta"),
        ("policy", "img-src", "img-src https:", "the page needs 'self' data:"),
        ("policy", "; style-src", " 'unsafe-inline'; style-src", "says script-src 'self' 'sha256"),
        ("policy", END, f"<script>document.title = 1</script>{END}", "no script of overrides/"),
        ("policy", "</head>", "<style>p { color: red }</style></head>", "more than heights of equ"),
        ("policy", END, f'<p style="color: red">n</p>{END}', "forbids stands in <p style"),
        ("trail", "</head>", f"{TRAIL}[]}}</script></head>", "told a way over []"),
        (
            "preview",
            r'og:title" content="[^"]+',
            'og:title" content="Other',
            "as Other, not as Part A",
        ),
        ("preview", r'og:description" content="[^"]+', 'og:description" content="', "no og:desc"),
        ("preview", r'og:image:alt" content="[^"]+', 'og:image:alt" content=" ', "no og:image:alt"),
        ("preview", r'og:type" content="[^"]+', 'og:type" content="', "says no og:type"),
        (
            "preview",
            r'og:url" content="[^"]+',
            'og:url" content="/',
            "is shown at /, not at https:",
        ),
        (
            "preview",
            r"/preview\.png",
            "/lost.png",
            "has no picture https://unrolled.example/below/t",
        ),
        (
            "preview",
            r'og:image" content="[^"]+',
            'og:image" content="preview.png',
            "no picture pre",
        ),
        ("preview", 'content="630"', 'content="600"', "preview.png is no PNG of 1200 by 600"),
        ("preview", "summary_large_image", "summary", "its picture is shown small"),
        ("tab_order", END, f'<p tabindex="2">n</p>{END}', 'before all others: <p tabindex="2">'),
    ],
)
def test_a_fault_in_a_page(pages, gate, old, new, told):
    html, count = re.subn(old, lambda _: new, pages.html[PAGE], count=1, flags=re.DOTALL)
    assert count
    found = gates.of_page(pages.with_page(PAGE, html), PAGE)
    assert list(found) == [gate], found
    assert told in "\n".join(found[gate])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Breadcrumb", "Bread", "told {'@context': 'https://schema.org', '@type': 'BreadList'}"),
        (
            'answers/shapes/"',
            'answers/"',
            "a way over ['', 'reference/answers/', 'reference/answers/']",
        ),
        ('below/reference/answers/"', 'below/lost/"', "a way over ['', 'lost/', "),
        ('"position": 2', '"position": 3', "'position': 3, 'name': 'Answers'}, not {"),
        ('"name": "Answers"', '"name": "Other"', "'name': 'Other'}, not {"),
        ('<script type="application/ld.json">.*?</script>', "", "there are 0 texts"),
    ],
)
def test_a_fault_in_what_search_engines_are_told(pages, old, new, told):
    page = "reference/answers/shapes/"
    head, script, rest = re.split("(<script type=.application/ld.*?</script>)", pages.html[page])
    html = head + re.sub(old, new, script) + rest
    found = gates.of_page(pages.with_page(page, html), page)
    assert [*found] == ["trail"] and told in "\n".join(found["trail"])


def test_faults_among_pages(pages, tmp_path):
    title = re.search("<title>[^<]+", pages.html["tags/"])[0]
    twice = pages.with_page("copy/", pages.html["tags/"])
    name = title.removeprefix("<title>")
    assert gates.of_site(twice) == {"titles": [f"2 pages have the title '{name}': tags/, copy/"]}

    copy = Site(tmp_path, pages.html)
    for feed in pages.folder.glob("*.xml"):
        shutil.copy(feed, tmp_path)
    assert not gates.of_site(copy)
    feed = tmp_path / "feed_rss_created.xml"
    feed.write_text(feed.read_text("utf-8").replace("/lstm/", "/lost/"), "utf-8")
    [[gate, [told]]] = gates.of_site(copy).items()
    assert gate == "feeds" and "feed_rss_created.xml: http" in told and "no lost/" in told

    shutil.copy(pages.folder / "feed_rss_created.xml", tmp_path)
    cells = [{"cell_type": "markdown", "source": ["See [the other](other.py#here)."]}]
    (tmp_path / "one.ipynb").write_text(json.dumps({"cells": cells}))
    [[gate, [told]]] = gates.of_site(copy).items()
    assert gate == "notebooks" and told.startswith("one.ipynb: other.py#here leads nowhere")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('<a href="[^"]+', '<a href="../../nowhere/', "old/place/: there is no page nowhere/"),
        (
            '0; url=[^"]+',
            "0; url=/",
            "without scripts it leads to ['0; url=/'], not to ../../tags/",
        ),
        (POLICY, "<meta name='nothing'", "the policy does not come first"),
    ],
)
def test_a_fault_at_an_old_address(pages, old, new, told):
    html = aliases.page("old/place/", "tags/", "Tags")
    copy = Site(pages.folder, pages.html, {"old/place/": html})
    assert not gates.of_site(copy)
    changed = re.sub(old, new, html, count=1)
    found = gates.of_site(Site(pages.folder, pages.html, {"old/place/": changed}))
    assert [*found] == ["moved"] and told in found["moved"][0]


def test_invalid_html(pages, tmp_path):
    html = pages.html[SMALL].replace(END, f"<p><ul><li>n</ul></p>{END}")
    assert not gates.of_page(pages.with_page(SMALL, html), SMALL)
    (tmp_path / SMALL).write_text(html, "utf-8")
    [[path, told]] = gates.validity(f"{tmp_path}/*.html").items()
    assert path.endswith(SMALL) and "Stray end tag '</p>' (close-order)" in "\n".join(told)


NOISE = random.Random(1).randbytes(20_000).hex()  # what cannot be packed into less
LIGHT = "[data-md-color-scheme=slate] h1 { color: #333 }"
STYLE = f'<link rel="stylesheet" href="planted.css">{END}'
SCRIPT = f'<script src="/planted.js"></script>{END}'
OWN = f'<script src="/assets/javascripts/planted.js"></script>{END}'


@pytest.mark.parametrize(
    ("gate", "old", "new", "planted", "told"),
    [
        (
            "weight",
            END,
            STYLE,
            f"/* {NOISE * 5} */",
            "more than 110,000: planted.css ",
        ),
        ("own_scripts", END, OWN, f"// {NOISE}", "at most 17,600: "),
        ("own_scripts", END, OWN, "", "loads planted.js, for which nothing is on the page"),
        (
            "requests",
            f"img-src(.*){END}",
            rf'img-src http://elsewhere.example\1<img src="http://elsewhere.example/n" alt="n">{END}',
            "",
            "asks http://elsewhere.example/n for something",
        ),
        ("console", END, SCRIPT, "console.warn('planted')", "planted"),
        ("console", END, SCRIPT, "nothing.like.it", "nothing is not defined"),
        (
            "policy_held",
            END,
            f"<script>document.title = 'planted'</script>{END}",
            "",
            "script-src-elem forbids inline",
        ),
        (
            "stillness",
            "<h1>",
            '<img src="/planted.svg" alt="n"><h1>',
            '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>',
            "<h1>This page does not exist</h1> from ",
        ),
        ("access", END, f"<button></button>{END}", "", "1280 wide, light: button-name: "),
        ("access", END, STYLE, LIGHT, "360 wide, dark: color-contrast: "),
        # One paragraph of many that look alike in the light, and one that is folded.
        (
            "access",
            END,
            f"<p>One.</p><p>Two.</p>{STYLE}",
            LIGHT.replace("h1", "p:last-of-type"),
            "360 wide, dark: color-contrast: ",
        ),
        ("width", END, STYLE, "h1 { width: 500px }", "reaches out of the screen: h1 This"),
        (
            "width",
            END,
            f"<details><summary>More</summary><p class='wide'>Folded.</p></details>{STYLE}",
            ".wide { width: 500px }",
            "reaches out of the screen: p Folded.",
        ),
    ],
)
def test_a_fault_in_a_browser(open_page, address, axe, pages, gate, old, new, planted, told):
    html = re.sub(old, new, pages.html[SMALL], count=1, flags=re.DOTALL)
    visit = Visit(address, SMALL)

    routes = {
        "**/planted.*": lambda route: late(route, planted),
        "http://elsewhere.example/**": lambda route: route.fulfill(body=""),
        f"{address}{SMALL}": lambda route: route.fulfill(body=html, content_type="text/html"),
    }
    tab = open_page(SMALL, visit=visit, routes=routes)
    visit.examine(tab, axe)
    found = visit.wrong(tab)
    assert list(found) == [gate], found
    assert told in "\n".join(found[gate])
    assert tab.title() != "planted"


def late(route, body):
    """Answer when the page has been shown: what comes then can move it."""
    if route.request.url.endswith(".svg"):
        time.sleep(0.4)
    kind = mimetypes.guess_type(route.request.url)[0]
    route.fulfill(body=body, content_type=kind)


def test_faults_in_the_open_drawer_and_in_the_open_search(open_page, address, axe, pages):
    style = """@media (max-width: 1000px) { .md-nav__link { color: #999 } }
        .md-search-result__meta { color: #ccc !important }"""
    html = pages.html[SMALL].replace(END, STYLE)
    visit = Visit(address, SMALL)
    routes = {
        "**/planted.css": lambda route: route.fulfill(body=style, content_type="text/css"),
        f"{address}{SMALL}": lambda route: route.fulfill(body=html, content_type="text/html"),
    }
    tab = open_page(SMALL, routes=routes, width=360)
    visit.open_drawer(tab, axe)
    visit.open_search(tab, axe)
    told = visit.found["access"]
    places = ("drawer open", "search open, 360 wide", "search open, 1280 wide")
    assert {sentence.split(", light: color-contrast")[0] for sentence in told} >= set(places)
