"""Every source that a page names is a link of the right form, and stands in the bibliography. No request is made."""

import re

import lxml.html
import pytest

from tests.site.pages import content_of, read_site
from tests.site.sources import sources

BIBLIOGRAPHY = "reference/bibliography/"
# How an address of each kind is written, so that it leads to the work and not to somebody's copy.
FORMS = {
    "doi.org": re.compile(r"https://doi\.org/10\.\d{4,9}/[^\s?#]+"),
    "arxiv.org": re.compile(r"https://arxiv\.org/abs/\d{4}\.\d{4,5}"),
    "keras.io": re.compile(r"https://keras\.io/(?:api|guides|examples)/(?:[\w-]+/)*"),
    "docs.pytorch.org": re.compile(r"https://docs\.pytorch\.org/docs/stable/\S+\.html"),
}
WORKS = ("doi.org", "arxiv.org")
NAMED = re.compile(r"arXiv:?\s?`?\d{4}\.\d{4,5}|\bdoi:?\s?10\.\d{4}", re.IGNORECASE)


def links(element):
    """The addresses elsewhere that are linked within an element."""
    return [
        link.get("href") for link in element.iter("a") if link.get("href", "").startswith("http")
    ]


def items(tree):
    """The items of the lists below the heading "Sources" of a page."""
    return content_of(tree).xpath(".//h2[@id='sources']/following-sibling::ul[1]/li")


def faults(tree, known):
    """What is wrong with the sources of a page: a list of sentences."""
    found = []
    for address in links(content_of(tree)):
        host = address.split("/")[2]
        if host in FORMS and not FORMS[host].fullmatch(address):
            found.append(f"{address} has not the form of an address at {host}")
        if host in WORKS and address not in known:
            found.append(f"{address} is missing in docs/reference/bibliography.md")
    for item in items(tree):
        text = " ".join(item.text_content().split())
        if not list(item.iter("a")):
            found.append(f"this source has no link: {text}")
    for name in NAMED.findall(content_of(tree).text_content()):
        found.append(f"{name} is named, not linked")
    return found


def test_every_source_is_a_link(site, page):
    tree = read_site(site).tree(page)
    known = set(links(content_of(read_site(site).tree(BIBLIOGRAPHY))))
    found = faults(tree, known) if content_of(tree) is not None else []
    assert not found, "\n" + "\n".join(found)


def test_every_post_has_sources(site):
    posts = [page for page, path in sources().items() if path.parent.name in ("posts", "notebooks")]
    without = [page for page in posts if not items(read_site(site).tree(page))]
    assert len(posts) > 12 and not without


def test_every_work_of_the_bibliography_is_named_by_a_page(site):
    read = read_site(site)
    known = links(content_of(read.tree(BIBLIOGRAPHY)))
    works = {address for address in known if address.split("/")[2] in WORKS}
    pages = [page for page in sources() if page != BIBLIOGRAPHY]
    named = {address for page in pages for address in links(content_of(read.tree(page)))}
    assert len(works) > 20 and not works - named


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="https://arxiv.org/pdf/1406.1078">x</a>', "has not the form"),
        ('<a href="https://doi.org/neco.1997">x</a>', "has not the form"),
        ('<a href="https://arxiv.org/abs/1406.9999">x</a>', "is missing in"),
        ('<h2 id="sources">Sources</h2><ul><li>Somebody (1990)</li></ul>', "has no link"),
        ("<p>arXiv 1406.1078</p>", "is named, not linked"),
        (
            '<h2 id="sources">Sources</h2><ul><li><a href="https://arxiv.org/abs/1406.1078">x</a></li></ul>',
            None,
        ),
    ],
)
def test_a_source_without_its_address_is_found(html, said):
    tree = lxml.html.document_fromstring(f'<div class="md-content">{html}</div>')
    found = faults(
        tree,
        {
            "https://arxiv.org/abs/1406.1078",
            "https://doi.org/neco.1997",
            "https://arxiv.org/pdf/1406.1078",
        },
    )
    assert [said] == [said for wrong in found if said in wrong] if said else not found
