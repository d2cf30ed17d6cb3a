"""Every listing of a module leads to the whole module, which lies beside the pages as it was tested."""

from urllib.parse import urljoin

from tests.site.pages import content_of, read_site, with_class
from tests.site.sources import ROOT


def titles(site, page):
    """The titles of the listings of a page that name a module."""
    content = content_of(read_site(site).tree(page))
    found = with_class(content, "filename") if content is not None else []
    return [title for title in found if title.text_content().startswith("snippets/")]


def test_every_listing_leads_to_its_module(site, page):
    for title in titles(site, page):
        [link] = title.iter("a")
        address = urljoin(f"https://host/{page}", link.get("href")).removeprefix("https://host/")
        assert address == title.text_content()
        assert (site / address).read_bytes() == (ROOT / address).read_bytes()


def test_pages_have_listings(site):
    """The check above would pass on pages without."""
    assert len(titles(site, "lstm/")) > 10


def test_no_record_and_no_machinery_is_published(site):
    published = {path.relative_to(site).as_posix() for path in (site / "snippets").rglob("*.*")}
    assert len(published) > 80
    assert all(path.endswith((".py", ".c")) and "/recording/" not in path for path in published)
