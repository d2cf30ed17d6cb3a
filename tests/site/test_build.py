"""The built site as files: all pages, all equations, no debris, links that lead somewhere."""

import json
import os
import re
import subprocess
import sys
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup

from hooks import node
from tests.site.conftest import pages_of, source_pages
from tests.site.sources import ROOT, prose, sources
from tests.site.test_numbers import read

EQUATION = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$[^$\n]+\$", re.DOTALL)


@pytest.fixture(scope="module")
def soups(site):
    """Every page of the site, parsed."""
    return {page: BeautifulSoup(read(site, page), "html.parser") for page in pages_of(site)}


def test_every_page_is_tested(site):
    assert sorted(pages_of(site)) == source_pages()


def test_every_equation_of_the_source_is_typeset(soups, page):
    path = sources().get(page)
    written = len(EQUATION.findall(prose(path))) if path else 0
    equations = soups[page].select(".md-content .arithmatex")
    assert len(equations) == written
    for equation in equations:
        assert equation.find("svg") and equation.find("math"), equation


def test_nothing_is_left_to_typeset(soups, page):
    content = soups[page].select_one(".md-content")
    for silent in content(["pre", "code", "script"]):
        silent.decompose()
    text = content.get_text()
    assert not re.search(r"\\[a-zA-Z(\[]|\$\$|data-eq", text)
    assert not soups[page].select("mjx-container, [data-eq], mjx-assistive-mml")


def test_glyphs_of_equations_are_on_the_page(soups, page):
    drawn = {use["href"] for use in soups[page].select(".arithmatex use")}
    defined = {f"#{glyph['id']}" for glyph in soups[page].select(".eq-glyphs path")}
    assert drawn <= defined


def test_links_and_anchors_lead_somewhere(site, soups, page):
    """MkDocs checks what is written in Markdown; this checks what came of it, themes included."""
    broken = []
    for element, attribute in (("a", "href"), ("img", "src"), ("link", "href"), ("script", "src")):
        for found in soups[page].find_all(element, **{attribute: True}):
            url = urlsplit(found[attribute])
            if url.scheme in ("http", "https", "mailto", "data") or found.get("rel") == [
                "canonical"
            ]:
                continue
            folder = (site / page) if page.endswith("/") or not page else (site / page).parent
            target = (
                (site / url.path.lstrip("/"))
                if url.path.startswith("/")
                else folder / unquote(url.path)
            )
            if target.is_dir():
                target = target / "index.html"
            if not target.exists():
                broken.append(found[attribute])
            elif url.fragment and target.suffix == ".html":
                address = target.resolve().relative_to(site.resolve()).as_posix()
                there = soups[address.removesuffix("index.html")]
                if not there.find(id=unquote(url.fragment)):
                    broken.append(found[attribute])
    assert not broken


def test_ids_are_unique(soups, page):
    ids = [element["id"] for element in soups[page].find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


def test_headings_are_in_order(soups, page):
    content = soups[page].select_one(".md-content")
    levels = [int(heading.name[1]) for heading in content.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_drawings_are_part_of_the_page_and_named(soups, page):
    content = soups[page].select_one(".md-content")
    assert not content.select('img[src*="diagrams/"]')
    for drawing in content.select("figure.diagram > svg"):
        title = drawing.find(id=drawing["aria-labelledby"])
        description = drawing.find(id=drawing["aria-describedby"])
        assert title.get_text(strip=True) and len(description.get_text(strip=True)) > 20


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "diagrams").glob("*.svg")), ids=lambda p: p.stem
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


def test_nothing_comes_from_elsewhere(soups, page):
    """Pages load nothing from another site; links that a reader follows may lead there."""
    for element, attribute in (
        ("img", "src"),
        ("script", "src"),
        ("link", "href"),
        ("iframe", "src"),
    ):
        for found in soups[page].find_all(element, **{attribute: True}):
            if found.get("rel") in (["canonical"], ["alternate"], ["prev"], ["next"]):
                continue
            assert not urlsplit(found[attribute]).netloc, found
    assert "jp-" not in str(soups[page]) and "requirejs" not in str(soups[page]).lower()


def test_the_search_index_holds_readable_text(site):
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    text = "\n".join(entry["text"] for entry in index["docs"])
    assert "h_t = tanh(x_t W + h_(t − 1) U + b)" in text
    assert not re.search(r"\\\w|data-|<svg|<math|mjx", text)
    assert all(entry["title"] for entry in index["docs"])


def test_the_feed_lists_each_dated_page_in_words(site):
    feed = ElementTree.parse(site / "feed_rss_created.xml").getroot()
    items = feed.findall("./channel/item")
    dated = [path for path in sources().values() if path.parent.name in ("posts", "notebooks")]
    assert len(items) == len(dated)
    for item in items:
        words = item.findtext("title") + item.findtext("description")
        assert item.findtext("pubDate") and not re.search(r"\\\w|data-v|<svg|\$", words)


def test_the_home_page_shows_the_series_in_reading_order(soups):
    listed = re.search(
        r"^  series:\n(.*?)^\S",
        (ROOT / "mkdocs.yml").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )[1]
    pages = [p for series in yaml.safe_load(listed) for p in series["pages"]]
    addresses = {
        path.relative_to(ROOT / "docs").as_posix(): page for page, path in sources().items()
    }
    shown = [link["href"] for link in soups[""].select("ol.series a")]
    assert shown == [addresses[page] for page in pages]
    for number, name in enumerate(pages):
        soup = soups[addresses[name]]
        for rel, neighbour in (("prev", number - 1), ("next", number + 1)):
            link = soup.find("link", rel=rel)
            assert bool(link) == (0 <= neighbour < len(pages))
            if link:
                assert urljoin(addresses[name], link["href"]) == addresses[pages[neighbour]]
        assert re.search(r"part \d+ of \d+", soup.select_one(".place").get_text())


def test_notebooks_can_be_downloaded_and_run_alone(site, tmp_path):
    """Executed in an empty folder, without the project on its path."""
    downloads = sorted(site.rglob("*.ipynb"))
    assert len(downloads) == len(list((ROOT / "docs" / "notebooks").glob("*.py")))
    for path in downloads:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        code = [
            "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"
        ]
        program = tmp_path / f"{path.stem}.py"
        program.write_text("\n\n".join(code), encoding="utf-8")
        assert "snippets" not in re.findall(
            r"^(?:from|import) (\w+)", program.read_text("utf-8"), re.MULTILINE
        )
        words = "".join("".join(cell["source"]) for cell in notebook["cells"])
        assert "data-v" not in words and "--8<--" not in words and "???" not in words
        assert f'href="{path.name}"' in (path.parent / "index.html").read_text(encoding="utf-8")
    # One process, which imports TensorFlow once; each program with names of its own.
    one_by_one = "import glob, runpy\nfor path in sorted(glob.glob('*.py')): runpy.run_path(path)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, "-c", one_by_one],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr


def test_html_is_valid(site):
    node.install_packages(for_tests=True)
    script = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    run = subprocess.run(
        [
            node.NODE,
            script,
            "--config",
            ROOT / ".htmlvalidate.mjs",
            "--formatter",
            "text",
            f"{site}/**/*.html",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout.replace(str(site), "site")[:6000]
