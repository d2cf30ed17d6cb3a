"""The gates: what every page of the built site is held to.

A gate looks at one thing and returns what is wrong with it, as sentences; none
if nothing is. The gates of FILE read the built page, those of SITE compare
pages, those of VISIT look at a page that a browser has opened (visits.py).
test_gates.py plants each kind of fault and sees exactly its gate fail.

    python -m tests.site.gates site

holds a built site to all gates that need no browser, as before it is published.
"""

import base64
import functools
import hashlib
import json
import re
import struct
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from hooks import node
from tests.site.pages import content_of, parsed, read_site
from tests.site.sources import ROOT

FOREIGN = ("http", "https", "mailto", "data")


def short(element):
    """The start tag of an element, to tell which one is meant."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"[:120]


def says(element):
    """What an element that stands alone is called: its text, its title or its label."""
    given = (element.get("aria-label"), element.get("title"), element.text_content())
    return any(text and text.strip() for text in given)


# One page, as it lies in the folder ----------------------------------------------------------


def head(site, page):
    """Language, title, description and icon are there."""
    tree = site.tree(page)
    if tree.get("lang") != "en":
        yield f'<html> has lang="{tree.get("lang") or ""}", not "en"'
    if not (tree.findtext(".//head/title") or "").strip():
        yield "there is no <title>"
    if not any(text.strip() for text in tree.xpath("//head/meta[@name='description']/@content")):
        yield "there is no description"
    if not tree.xpath("//head/link[@rel='icon']/@href"):
        yield "there is no icon"


def headings(site, page):
    """One <h1> comes first, and none skips a level."""
    content = content_of(site.tree(page))
    found = content.xpath(
        ".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
    )
    levels = [int(heading.tag[1]) for heading in found]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"there are {levels.count(1)} <h1>, and the first heading is <h{levels[0] if levels else '?'}>"
    for before, after, heading in zip(levels, levels[1:], found[1:]):
        if after > before + 1:
            yield f"<h{after}> follows <h{before}>: {heading.text_content()}"


@functools.lru_cache(maxsize=64)
def ids_of(tree):
    return frozenset(tree.xpath("//@id"))


def ids(site, page):
    """No two elements have the same id."""
    for name, count in Counter(site.tree(page).xpath("//@id")).items():
        if count > 1:
            yield f'{count} elements have id="{name}"'


def names(site, page):
    """Each link and each button is called something."""
    for control in site.tree(page).iter("a", "button"):
        alternatives = control.xpath(".//img/@alt | .//svg/title/text()")
        if not says(control) and not any(text.strip() for text in alternatives):
            yield f"has no name: {short(control)}"


def alternatives(site, page):
    """Each image and each drawing says in words what it shows.

    Hidden from screen readers it may be only where something beside it, or the
    control that it is the icon of, says the same.
    """
    tree = site.tree(page)
    for image in tree.iter("img"):
        if not (image.get("alt") or "").strip():
            yield f"an image has no alternative text: {short(image)}"
    for drawing in tree.iter("svg"):
        parent = drawing.getparent()
        beside = [other for other in parent if other is not drawing and other.tag != "svg"]
        control = next(drawing.iterancestors("a", "button", "label"), None)
        if next(drawing.iterancestors("svg"), None) is not None:
            continue  # a part of another
        if drawing.get("role") == "img":
            names = (drawing.get("aria-labelledby") or "").split()
            titles = [tree.get_element_by_id(name, None) for name in names]
            if not any(title is not None and says(title) for title in titles):
                yield f"a drawing has no title: {short(drawing)}"
        elif drawing.get("class") == "eq-glyphs":
            continue  # shows nothing by itself
        elif drawing.get("aria-hidden") == "true":
            if not any(map(says, beside)):
                yield f"nothing says what a hidden drawing shows: {short(parent)}{short(drawing)}"
        elif control is None or not says(control):
            yield f"an icon has no name: {short(parent)}{short(drawing)}"


REFERENCES = "//a/@href | //img/@src | //link/@href | //script/@src | //use/@href"
NAMED = "//@for | //@aria-labelledby | //@aria-describedby | //@aria-controls"


def links(site, page):
    """Every link within the site leads to a file, and to an anchor that is there."""
    tree = site.tree(page)
    for reference in tree.xpath(REFERENCES):
        wrong = broken(site, page, reference)
        if wrong and reference.getparent().get("rel") != "canonical":
            yield wrong
    for names in tree.xpath(NAMED):
        for name in set(names.split()) - ids_of(tree):
            yield f"{short(names.getparent())} names {name}, which has no element"


def broken(site, page, reference):
    """Why a link on a page leads nowhere, or None."""
    url = urlsplit(str(reference))
    if url.scheme in FOREIGN or url.netloc:
        return None
    path = urljoin(f"{site.base}{page}", url.path)
    if not path.startswith(site.base):
        return f"leads out of the site, which is published at {site.base}: {reference}"
    target = unquote(path.removeprefix(site.base))
    address = re.sub(r"(^|/)index\.html$", r"\1", target)
    if address and not address.endswith("/") and f"{address}/" in site.html:
        address += "/"
    if address not in site.html:
        return None if (site.folder / target).is_file() else f"there is no {target}: {reference}"
    anchor = unquote(url.fragment)
    if anchor and anchor not in ids_of(site.tree(address)):
        return f"{address or 'the home page'} has no #{anchor}: {reference}"
    return None


def elsewhere(site, page):
    """Nothing is loaded from another site; a link that a reader follows may lead there."""
    loaded = "//*[not(self::a)]/@href | //@src | //@srcset | //@data | //@poster"
    for reference in site.tree(page).xpath(loaded):
        if urlsplit(str(reference)).netloc and reference.getparent().get("rel") != "canonical":
            yield f"loads from elsewhere: {short(reference.getparent())}"


# What a page may do: all but script and style is the same on every page.
ALLOWED = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'none'"],
    "frame-src": ["'none'"],
    "media-src": ["'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}


# The only inline scripts of the site, and what an inline style may say: the heights of equations.
LISTED = "overrides/partials/javascripts/*.html"
HEIGHTS = re.compile(r"(?:\.eq-\d+-\d+\{--height:[\d.]+em;--below:-?[\d.]+em\})*")


@functools.cache
def listed(page, base):
    """The texts of the scripts that the project lists, as they stand on a page."""
    if page != "404.html":
        base = "/".join([".."] * page.count("/")) or "."
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(LISTED)))
    found = re.findall(r"<script>(.*?)</script>", texts, re.DOTALL)
    assert len(found) == 3
    return [text.replace("{{ base_url | e }}", base) for text in found]


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(site, page):
    """The Content-Security-Policy comes first, is strict, and allows the scripts that the project lists."""
    tree = site.tree(page)
    first = tree.find("head")[0]
    if first.get("http-equiv") != "Content-Security-Policy":
        yield f"the policy does not come first in the head, but {short(first)}"
        return
    rules = [rule.split() for rule in first.get("content").split(";")]
    given = {name: sources for name, *sources in rules}
    scripts, styles = listed(page, site.base), [style.text or "" for style in tree.iter("style")]
    allowed = dict(ALLOWED)
    allowed["script-src"] = ["'self'", *map(digest, scripts)]
    allowed["style-src"] = ["'self'", *map(digest, styles)]
    for name in sorted({*given, *allowed}):
        if sorted(given.get(name, [])) != sorted(allowed.get(name, [])):
            yield (
                f"the policy says {name} {' '.join(given.get(name, ['nothing']))}, "
                f"the page needs {' '.join(allowed.get(name, ['nothing']))}"
            )
    for script in tree.xpath("//script[not(@src or contains(@type, 'json'))]"):
        if script.text not in scripts:
            yield f"no script of {LISTED}: {(script.text or '')[:80]!r}"
    for style in styles:
        if not HEIGHTS.fullmatch(style):
            yield f"a style says more than heights of equations: {style[:80]!r}"
    for found in tree.xpath("//@*[starts-with(name(), 'on') or name() = 'style']"):
        yield f"what the policy forbids stands in {short(found.getparent())}"


def trail(site, page):
    """Search engines are told the way to a page of answers: names and addresses of pages, from the home page to it."""
    tree = site.tree(page)
    told = tree.xpath("//script[@type='application/ld+json']/text()")
    if len(told) != page.startswith("reference/answers/"):
        yield f"there are {len(told)} texts for search engines"
    for text in told:
        given = json.loads(text)
        steps = given.pop("itemListElement", [])
        if given != {"@context": "https://schema.org", "@type": "BreadcrumbList"}:
            yield f"search engines are told {given}"
        way = [step.pop("item", "").removeprefix(site.home) for step in steps]
        if way[:1] != [""] or way[-1:] != [page] or not set(way) <= set(site.html):
            yield f"search engines are told a way over {way}"
            return
        for place, (address, step) in enumerate(zip(way, steps), 1):
            title = " ".join(site.tree(address).findtext(".//head/title").split())
            kind = {
                "@type": "ListItem",
                "position": place,
                "name": title.rpartition(" - ")[0] or title,
            }
            if step != kind:
                yield f"search engines are told {step}, not {kind}"


def preview(site, page):
    """Who is sent the address of a page is shown its title, what it is about, and a picture that is there."""
    if page == "404.html":
        return  # which has no address
    tree = site.tree(page)
    found = tree.xpath("//head/meta[@property]")
    told = {meta.get("property"): unquote(meta.get("content", "")).strip() for meta in found}
    title = tree.findtext(".//head/title").rpartition(" - ")[0]
    if title and told.get("og:title") != unquote(title):
        yield f"is shown as {told.get('og:title')}, not as {title}"
    for name in ("og:type", "og:title", "og:description", "og:image:alt"):
        if not told.get(name):
            yield f"says no {name}"
    if told.get("og:url") != f"{site.home}{page}":
        yield f"is shown at {told.get('og:url')}, not at {site.home}{page}"
    address = told.get("og:image", "")
    picture = site.folder / address.removeprefix(site.home)
    if not address.startswith(site.home) or not picture.is_file():
        yield f"has no picture {address}"
        return
    begin = picture.read_bytes()[:24]
    size = tuple(int(told.get(f"og:image:{side}") or 0) for side in ("width", "height"))
    if begin[:8] != b"\x89PNG\r\n\x1a\n" or struct.unpack(">II", begin[16:24]) != size:
        yield f"its picture {address} is no PNG of {size[0]} by {size[1]}"
    if tree.xpath("//head/meta[@name='twitter:card']/@content") != ["summary_large_image"]:
        yield "its picture is shown small"


def tab_order(site, page):
    """The keys reach all in the order in which it stands."""
    for order in site.tree(page).xpath("//@tabindex[. > 0]"):
        yield f"goes before all others: {short(order.getparent())}"


FILE = (
    head,
    headings,
    ids,
    names,
    alternatives,
    links,
    elsewhere,
    policy,
    trail,
    preview,
    tab_order,
)


# All pages together --------------------------------------------------------------------------


def titles(site):
    """No two pages have the same title."""
    found = {page: site.tree(page).findtext(".//head/title") for page in site.html}
    for title, count in Counter(found.values()).items():
        if title and count > 1:
            pages = ", ".join(page or "the home page" for page in found if found[page] == title)
            yield f"{count} pages have the title {title!r}: {pages}"


def feeds(site):
    """Every link of the feeds and of the site's map leads to a page."""
    for name in ("feed_rss_created.xml", "feed_rss_updated.xml", "sitemap.xml"):
        tree = ElementTree.parse(site.folder / name)
        found = [e for e in tree.iter() if e.tag.rpartition("}")[2] in ("link", "guid", "loc")]
        for url in sorted({element.text.strip() for element in found if element.text}):
            wrong = f"is not of {site.home}" if not url.startswith(site.home) else None
            wrong = wrong or broken(site, "", url.removeprefix(site.home) or "index.html")
            if wrong:
                yield f"{name}: {url}: {wrong}"


def notebooks(site):
    """A notebook that is downloaded links only to what is found from anywhere, or within itself."""
    for path in sorted(site.folder.rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            text = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
            for link in re.findall(r"\]\(([^)\s]+)|(?:href|src)=\"([^\"]+)\"", text):
                if urlsplit("".join(link)).scheme not in FOREIGN:
                    yield f"{path.name}: {''.join(link)} leads nowhere from a reader's own folder"


def validity(*patterns):
    """What html-validate finds in files, by its standard rules: {path: sentences}."""
    node.install_packages(for_tests=True)
    script = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    config = ROOT / ".htmlvalidate.mjs"
    command = [node.NODE, script, "--config", config, "--formatter", "json", *patterns]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode in (0, 1) and run.stdout, run.stderr
    return {
        result["filePath"]: [f"{m['message']} ({m['ruleId']})" for m in result["messages"]]
        for result in json.loads(run.stdout)
    }


def moved(site):
    """What stands at an old address leads to a page, by a link, and by itself with scripts and without."""
    for address, html in site.moved.items():
        tree = parsed(html)
        [link] = tree.xpath("//a/@href")
        target = urljoin(f"/{address}", link).removeprefix("/")
        if target not in site.html:
            yield f"{address}: there is no page {target}"
        # A browser does not read what is in a <noscript> when it runs scripts; a parser does.
        refresh = tree.xpath("//head/noscript/meta[@http-equiv='refresh']/@content")
        if refresh != [f"0; url={link}"]:
            yield f"{address}: without scripts it leads to {refresh}, not to {link}"
        if not re.match(
            r'\s*<meta http-equiv="Content-Security-Policy"', html.partition("<head>")[2]
        ):
            yield f"{address}: the policy does not come first in the head"


SITE = (titles, feeds, notebooks, moved)


def of_page(site, page):
    """What the gates of FILE find wrong with a page: {name of the gate: sentences}."""
    return named(FILE, site, page)


def of_site(site):
    """What the gates of SITE find wrong: {name of the gate: sentences}."""
    return named(SITE, site)


def named(gates, *given):
    found = {gate.__name__: list(gate(*given)) for gate in gates}
    return {name: wrong for name, wrong in found.items() if wrong}


def main(folder):
    """Print what the gates find wrong with the site in a folder; return whether they find anything."""
    site = read_site(Path(folder))
    if not site.html:
        sys.exit(f"{folder}: there is no page")
    found = {f"{folder}: {gate}": wrong for gate, wrong in of_site(site).items()}
    for page in site.html:
        found |= {f"{page or 'home'}: {gate}": w for gate, w in of_page(site, page).items()}
    found |= validity(f"{folder}/**/*.html")
    for place, wrong in found.items():
        for sentence in wrong:
            print(f"{place}: {sentence}")
    return any(found.values())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
