"""A last look at what the search and the feeds show: no page, so nobody else has looked at it."""

import json
from pathlib import Path
from xml.etree import ElementTree

from hooks import allowlist


def faults(site):
    """Look at what the search and the feeds of a built site show: a list of `file: what is wrong`."""
    site = Path(site)
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    shown = [
        ("search/search_index.json", text)
        for entry in index["docs"]
        for text in (entry["title"], entry["text"], *entry.get("tags", []))
    ]
    for feed in sorted(site.glob("feed_rss_*.xml")):
        try:
            elements = ElementTree.parse(feed).iter()
        except ElementTree.ParseError as error:
            return [f"{feed.name}: {error}: write no & in the names of authors and categories"]
        shown += [(feed.name, element.text or "") for element in elements]
    return [
        f"{name}: {wrong}: {text[:60]!r}"
        for name, text in dict.fromkeys(shown)
        for wrong in allowlist.of_words(text)
    ]
