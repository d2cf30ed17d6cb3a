"""Old addresses of pages, which a page declares as `aliases`: what is published there leads to the page.

A script goes on at once, to the place in the page that an address names behind its #. Without scripts a
browser goes to the beginning of the page.
"""

from html import escape
from pathlib import Path

from mkdocs.utils import get_relative_url

from hooks import cache, policy

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
<script src="{script}" defer></script>
</head>
<body>
<p>This page has moved: <a href="{address}">{title}</a></p>
</body>
</html>
"""
SCRIPT = "assets/javascripts/moved.js"


def of_pages(pages):
    """The old addresses that pages declare: {address: (address of the page, its title)}."""
    return {
        alias: (page.url, page.title) for page in pages for alias in page.meta.get("aliases", [])
    }


def faults(aliases, files):
    """Old addresses at which something stands now: a list of sentences, for MkDocs' files."""
    taken = {file.url: file.src_uri for file in files if file.inclusion.is_included()}
    return [
        f"docs/{taken[alias]} has the address {alias}, which {page} declares as its old one: "
        "take it out of its aliases"
        for alias, (page, _) in aliases.items()
        if alias in taken
    ]


def write(aliases, site):
    """Publish at each old address a page that leads to the new one."""
    for alias, (address, title) in aliases.items():
        cache.write(Path(site, alias, "index.html"), page(alias, address, title))


def page(alias, address, title):
    """What stands at an old address: HTML that leads to the address of a page with this title."""
    shown = PAGE.format(
        title=escape(title),
        address=escape(get_relative_url(address, alias)),
        script=get_relative_url(SCRIPT, alias),
    )
    return policy.protect(shown, (), ())
