"""Pages that are not ready: `draft: true` keeps them, and what leads to them, out of the built site.

Of posts the blog sees to it, of other pages MkDocs, once it knows; `mkdocs serve` shows all. Both leave links
to them where they are.
"""

import re

from mkdocs.structure.files import InclusionLevel

from hooks import front_matter, page_sources


def mark(files):
    """Tell MkDocs which pages are drafts."""
    for file in files.documentation_pages():
        if not page_sources.is_post(file.src_uri) and front_matter.read(file.abs_src_path).get(
            "draft"
        ):
            file.inclusion = InclusionLevel.DRAFT


def is_shown(file, serving):
    """Whether there is a page of this file, on the built site or in a preview."""
    return file.inclusion.is_in_serve() if serving else file.inclusion.is_included()


def leave_out_of(nav, serving):
    """Take pages that are not shown, and sections in which nothing is left, out of the navigation."""

    def left(items):
        for item in items:
            if item.children is not None:
                item.children = left(item.children)
        return [
            item
            for item in items
            if (is_shown(item.file, serving) if item.is_page else item.is_link or item.children)
        ]

    nav.items = left(nav.items)
    nav.pages = [page for page in nav.pages if is_shown(page.file, serving)]


def linked(content, page, files, serving):
    """Yield (text, what is wrong) for each link of a page's HTML to a page that is not shown."""
    addresses = set(re.findall(r'\bhref="([^"#]+)', content))
    for file in files.documentation_pages(inclusion=InclusionLevel.all):
        if not is_shown(file, serving) and file.url_relative_to(page.file) in addresses:
            name = file.src_uri.rpartition("/")[2]
            yield (
                name,
                f"leads to docs/{file.src_uri}, which is a draft: take the link out until it is none",
            )
