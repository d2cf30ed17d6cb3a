"""What authors do every day: posts and pages of any kind, dated, hidden, kept back, in any script."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from mkdocs.config import load_config

from hooks import front_matter, series
from tests.site import gates
from tests.site.conftest import POST, change, served, set_series, source_pages
from tests.site.pages import read_site, with_class
from tests.site.sources import dates
from tests.site.visits import Visit

POSTS = "docs/posts/2025"  # a folder below posts/
PAGE = "---\ndescription: A page.\n{head}\n---\n\n# {title}\n\n{text}\n"

NAV = """nav:
  - index.md
  - reference/notation.md
  - reference/unripe.md
  - Later: [reference/unripe.md]
  - reference/scripts.markdown
  - größe/README.md
  - other/index.md
  - tags.md

"""


def write(root, name, title, text="Some words.", head="hide: []"):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(head=head, title=title, text=text), encoding="utf-8")


def test_a_year_of_posts_drafts_and_pages_of_all_kinds(copy, built, open_page, axe):
    """Sixteen posts of a year stand on one page; a draft is nowhere; each file has its page."""
    for number in range(16):
        head = f"date: 2025-03-{number + 1:02}\nslug: post-{number}\ncategories: [Über unter]"
        write(copy, f"{POSTS}/{number}.md", f"Post {number}", head=head)
    dated = "date: {created: 2024-02-29, updated: 2025-01-31}\nslug: größe-π\nhide: [toc, tags]"
    write(copy, f"{POSTS}/größe.md", "Größe", "Words.\n\n<!-- more -->\n\n## Größe\n", dated)
    draft = "date: 2023-01-01\nslug: not-yet\ndraft: true\ntags: [unripe]\ncategories: [Unripe]"
    write(copy, "docs/posts/not-yet.md", "Not yet", head=draft)
    later = 'raise SystemExit("executed")'
    notebook = (
        f"# ---\n# date: 2023-01-02\n# description: A.\n# draft: true\n# ---\n\n# %%\n{later}\n"
    )
    (copy / "docs/notebooks/not-yet.py").write_text(notebook, encoding="utf-8")
    write(copy, "docs/reference/unripe.md", "Unripe", head="draft: true")
    headings = (
        "## Вход\n\n[down](#выход) and [there](../größe/README.md#größe)\n\n## 出力\n\n## Выход\n"
    )
    write(copy, "docs/reference/scripts.markdown", "Scripts", headings, "hide: [navigation]")
    write(copy, "docs/größe/README.md", "A folder", "## Größe\n")
    write(copy, "docs/other/index.md", "Another folder")
    write(copy, "docs/notebooks/README.md", "About the notebooks")
    settings = (copy / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"^nav:.*?\n\n", NAV, settings, flags=re.DOTALL | re.MULTILINE)
    (copy / "mkdocs.yml").write_text(settings, "utf-8")
    parts = ("posts/not-yet.md", "posts/time-distributed.md", "notebooks/not-yet.py")
    set_series(copy, *parts, "notebooks/math-of-a-simple-rnn.py")
    change(copy, POST, "date:", "pin: true\nreadtime: 77\nhide: [footer]\ndate:")
    site = read_site(built(copy, strict=True))

    assert sorted(site.html) == source_pages(copy)
    assert not [page for page in site.html if "page/" in page]
    for view in ("", "archive/2025/", "category/über-unter/"):
        assert all(
            f'/post-{number}/"' in site.html[view].replace('"post-', '"/post-')
            for number in range(16)
        )
    assert {"größe-π/", "größe/", "other/", "notebooks/", "reference/scripts/"} <= set(site.html)
    for page in site.html:
        assert not {**gates.of_page(site, page)}, page

    # Drafts: no page, no link, no feed, no tag, no number.
    everything = "".join(
        path.read_text("utf-8")
        for path in site.folder.rglob("*.*")
        if path.suffix in (".html", ".xml", ".json")
    )
    for told in ("not-yet", "Not yet", "unripe", "Unripe"):
        assert told not in everything
    numbers = [
        with_class(site.tree(page), "place")[0].text_content()
        for page in ("time-distributed/", "math-of-a-simple-rnn/")
    ]
    assert "part 1 of 2" in numbers[0] and "part 2 of 2" in numbers[1]
    shown = site.tree("").xpath("//ol[@class='series']//a/@href")
    assert shown == ["time-distributed/", "math-of-a-simple-rnn/"]

    # Dates: both are shown where the post is and where it begins, and both are in the feeds.
    shown = site.tree("größe-π/").xpath("//p[@class='place']//time/@datetime")
    begun = with_class(site.tree("archive/2024/"), "md-post__meta")[0].xpath(".//time/@datetime")
    assert shown == begun == ["2024-02-29", "2025-01-31"]
    assert site.tree("post-1/").xpath("//p[@class='place']//time/@datetime") == ["2025-03-02"]
    for when, day in (("created", date(2024, 2, 29)), ("updated", date(2025, 1, 31))):
        days = {}
        for item in ElementTree.parse(site.folder / f"feed_rss_{when}.xml").iterfind(".//item"):
            days[item.findtext("title")] = parsedate_to_datetime(item.findtext("pubDate")).date()
        assert days["Größe"] == day and len(days) == len(dates(when, copy)) == 19

    # What a page hides is hidden, and nothing else.
    def hidden(page):
        tree = site.tree(page)
        parts = {
            "navigation": with_class(tree, "md-sidebar--primary"),
            "toc": with_class(tree, "md-sidebar--secondary"),
            "tags": with_class(tree, "md-tags"),
            "footer": with_class(tree, "md-footer__inner"),
        }
        return {
            name for name, [*found] in parts.items() if found and found[0].get("hidden") is not None
        }

    assert hidden("größe-π/") == {"toc"}
    assert hidden("reference/scripts/") == {"navigation"}
    assert hidden("time-distributed/") == {"footer"}
    assert hidden("post-1/") == hidden("math-of-a-simple-rnn/") == set()

    # The rest of what a post may declare.
    [first, *_] = with_class(site.tree(""), "md-post--excerpt")
    assert "Part A" in first.text_content() and "pinned" in first.text_content()
    assert "77 min" in with_class(site.tree("time-distributed/"), "place")[0].text_content()

    # Anchors of any script: named by their letters, in links as in headings.
    ids = site.tree("reference/scripts/").xpath("//h2/@id")
    assert ids == ["вход", "出力", "выход"]

    # Each "Continue reading" says what.
    for page in ("", "archive/2024/"):
        links = [
            link.text_content() for link in site.tree(page).xpath("//p[@class='md-post__action']/a")
        ]
        assert links and all(": " in link and link.strip()[-1] != ":" for link in links), page

    # In a browser: how one comes to the other posts of a year, and the contents of a post in no series.
    with served(site.folder) as address:
        for page in ("archive/2025/", "größe-π/"):
            visit = Visit(address, page)
            tab = open_page(address + page, visit=visit)
            visit.examine(tab, axe)
            assert not visit.wrong(tab), page
            if page == "archive/2025/":
                tab.get_by_role("heading", name="Post 0").wait_for()
            else:
                visit.open_drawer(tab, axe)
                assert not visit.wrong(tab)


# The head of a post, and what its author is told.
HEADS = {
    "date: 2026-13-01": ":2: its front matter is no plain YAML: month must be in 1..12",
    "date: tomorrow": ":2: date is tomorrow: write date: 2026-11-22, or {created: ",
    "date: {updated: 2026-11-22}": ":2: date is {updated: 2026-11-22}: write date: ",
    "date: {created: 2026-11-22, changed: 2026-11-23}": ":2: date is {created: 2026-11-22, ch",
    "title: 2026": ":2: title is 2026: write title: words in one line",
    "tags: LSTM": ":2: tags is LSTM: write tags: [LSTM, gates]",
    "tags: [2026]": ":2: tags is [2026]: write tags: [LSTM, gates]",
    "tags:": ":2: tags is : write tags: [LSTM, gates]",
    "hide: toc": ":2: hide is toc: write hide: [toc], or more of navigation, toc, tags and footer",
    "hide:\n  - toc\n  - path": ":2: hide is - toc",
    "draft: maybe": ":2: draft is maybe: write draft: true",
    "readtime: true": ":2: readtime is true: write readtime: 8",
    "pin: 1": ":2: pin is 1: write pin: true",
    "drfat: true": ":2: drfat does nothing here: did you mean draft?",
    "comments: true": ":2: comments does nothing here: known are title, description, date, ",
    "template: redirect.html": ":2: template does nothing here: known are title",
    "slug: a\nslug: b": ":3: slug is declared twice",
    "authors: [unrolled, nobody]": ":2: docs/.authors.yml has no nobody",
    "- date": ":2: its front matter is no plain YAML: write `key: …`",
    "tags: [a": ":3: its front matter is no plain YAML: ",
    "tags: &a [a]\nlinks: *a": ":3: its front matter is no plain YAML: write out what * repeats",
}
# The beginning of a page.
BEGINNINGS = {
    "---\ndescription: A page.\n\n# Words\n": ":1: its front matter has no end",
    "\n---\ndescription: A page.\n---\n": ":1: its front matter has no end: begin the first line",
    "Note: this is a line.\n": ":1: 'Note: this is a line.' would not be shown",
    "---\nslug: a\n---\n": ":2: slug does nothing here: only posts have it",
    "---\ndescription: [A, B]\n...\n": ":2: description is [A, B]: write description: words",
    "---\n\n---\nWords.\n": None,
    "# Words\n\n---\n": None,
    "": None,
}


def test_front_matter_that_would_do_nothing_is_refused_with_file_and_line(tmp_path):
    write(tmp_path, "docs/.authors.yml", "A")
    (tmp_path / "docs/.authors.yml").write_text("authors:\n  unrolled: {name: A}\n", "utf-8")
    expected = []
    for number, (head, told) in enumerate(HEADS.items()):
        name = f"docs/posts/{number:02}.md"
        write(tmp_path, name, "A", head=head)
        (tmp_path / name).write_text(f"---\n{head}\n---\n", encoding="utf-8")
        expected.append(name + told)
    for number, (text, told) in enumerate(BEGINNINGS.items()):
        name = f"docs/reference/{number:02}.md"
        write(tmp_path, name, "A")
        (tmp_path / name).write_text(text, encoding="utf-8")
        expected += [name + told] if told else []
    found = [told for told in front_matter.faults(tmp_path) if ": has no " not in told]
    assert len(found) == len(expected), found
    for told, start in zip(found, expected):
        assert told.startswith(start)


# What mkdocs.yml lists from line 3 on, and what its author is told.
SERIES = {
    "[]": [],
    "": [],
    "\n    - {title: A, about: B, pages: [a.md, b.md]}": [],
    "\n    - title: A\n      about: B\n      pages:\n        - a.md\n        - c.md": [
        "mkdocs.yml:8: the series 'A' lists c.md, but docs/ has no such page"
    ],
    "\n    - {title: A, about: B, pages: [a.md]}\n    - {title: C, about: D, pages: [a.md]}": [
        "mkdocs.yml:5: the series 'C' lists a.md, which is listed already"
    ],
    "\n    - {title: A, about: B, pages: [{A: a.md}]}": [
        "mkdocs.yml:3: the series 'A' lists {'A': 'a.md'}, but docs/ has no such page"
    ],
    "\n    - {title: A, pages: [a.md]}": [
        "mkdocs.yml:3: a series has title, about, pages and nothing else, not {'title': 'A', "
    ],
    "\n    - a.md": ["mkdocs.yml:3: a series has title, about, pages and nothing else, not a.md"],
    "\n    - title: A\n      about: B\n      pages: a.md": [
        "mkdocs.yml:6: pages of the series 'A' is 'a.md'"
    ],
}


@pytest.mark.parametrize("listed", SERIES)
def test_a_list_of_series_that_is_wrong_is_refused_with_its_line(tmp_path, listed):
    for name in ("a.md", "b.md"):
        write(tmp_path, f"docs/{name}", "A")
    settings = f"site_name: A\nextra:\n  series: {listed}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    found = series.faults(config, tmp_path)
    assert len(found) == len(SERIES[listed]) and isinstance(config.extra["series"], list)
    assert all(told.startswith(start) for told, start in zip(found, SERIES[listed]))


def test_two_pages_with_one_address_are_refused(copy, told):
    for name, slug in (("one", "same"), ("two", "same"), ("three", "tags")):
        head = f"date: 2026-01-01\nslug: {slug}"
        write(copy, f"docs/posts/{name}.md", name, head=head)
    message = told(copy)
    assert "docs/posts/one.md and docs/posts/two.md would have the same address" in message
    assert "docs/tags.md and docs/posts/three.md would have the same address" in message


def test_a_link_to_a_draft_is_refused_with_its_line(copy, told):
    draft = "date: 2026-01-01\nslug: later\ndraft: true"
    write(copy, "docs/posts/later.md", "Later", head=draft)
    write(copy, "docs/reference/unripe.md", "Unripe", head="draft: true")
    text = "Words.\n\n[One](../posts/later.md), [two](unripe.md#there) and [three](notation.md)."
    write(copy, "docs/reference/ripe.md", "Ripe", text)
    message = told(copy)
    for draft in ("posts/later.md", "reference/unripe.md"):
        assert f"docs/reference/ripe.md:10: leads to docs/{draft}, which is a draft" in message
    assert message.count("which is a draft") == 2
