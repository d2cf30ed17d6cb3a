"""Who cites a page or the whole site gets what is true of it, in a form that is read."""

import datetime
import json
import re

import pytest
import yaml
from pybtex.database import parse_string
from pybtex.richtext import Text

from hooks import citations, front_matter
from tests.site.pages import read_site
from tests.site.sources import ROOT, sources

# Pages that say nothing themselves, but lead to others.
WITHOUT = {"", "tags/"}


def read(text):
    """The one entry of a file: its key, and it, as BibTeX reads it."""
    [[key, entry]] = parse_string(text, "bibtex").entries.items()
    return key, entry


def test_each_page_offers_its_entry_at_its_end(site):
    pages = read_site(site)
    for page, source in sources().items():
        links = pages.tree(page).xpath("//a[contains(@href, '.bib')]")
        assert len(links) == (page not in WITHOUT), f"{source}: needs a date in its head"
        for link in links:
            assert link.text_content() == "Cite this page (BibTeX)"
            key, entry = read((site / page / link.get("href")).read_text("utf-8"))
            tree = pages.tree(page)
            assert key == f"unrolled-{page.split('/')[-2]}" and entry.type == "misc"
            assert [str(author) for author in entry.persons["author"]] == ["{The Unrolled project}"]
            title = str(Text.from_latex(entry.fields["title"]))
            assert f"{title} - Unrolled" == tree.findtext(".//head/title")
            assert entry.fields["url"] == tree.xpath("string(//link[@rel='canonical']/@href)")
            changed = front_matter.dates(front_matter.read(source))["updated"]
            assert entry.fields["year"] == str(changed.year)
            assert entry.fields["note"] == f"Last changed on {changed}"


# The commands are those of "The Comprehensive LaTeX Symbol List", table 1.
@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("100 % of x_1 & #2", r"100 \% of x\_1 \& \#2"),
        (r"~ ^ \LaTeX $5", r"\textasciitilde{} \textasciicircum{} \textbackslash{}LaTeX \$5"),
        ("{ one", r"\textbraceleft{} one"),
        ("c̃ – “σ”", "c̃ – “σ”"),
    ],
)
def test_a_title_is_printed_as_it_stands(title, tex):
    text = citations.entry("a-page", title, "A & B", datetime.date(2026, 11, 29), "https://a.b/")
    _, entry = read(text)
    assert entry.fields["title"] == f"{{{tex}}}"
    assert [str(author) for author in entry.persons["author"]] == [r"{A \& B}"]


def test_the_site_is_cited_by_its_last_change():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    last = re.findall(r"^## (\d{4}-\d\d-\d\d)$", changes, re.MULTILINE)[0]
    assert cited["date-released"] == last, "CITATION.cff: date-released is that of CHANGELOG.md"
    assert cited["version"] == last.replace("-", "."), "CITATION.cff: version is its last change"


def test_the_site_is_cited_by_its_own_name():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert f"site_name: {cited['title']}\n" in settings
    assert [f"site_author: {author['name']}" in settings for author in cited["authors"]] == [True]
    assert cited["license"] == json.loads((ROOT / "package.json").read_text("utf-8"))["license"]
    assert {"cff-version", "message", "type"} < cited.keys()
