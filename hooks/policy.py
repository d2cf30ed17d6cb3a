"""The Content-Security-Policy of each page: a second wall, should something slip through the first (allowlist.py).

It lets a page load scripts, styles and images from this site and from nowhere else, and run no inline script but
the ones in overrides/partials/javascripts/. What a page holds decides nothing: that folder is the list. No inline
style is left on an element, so none needs to be allowed. A frame that is written out in a page (srcdoc), which
frame-src does not keep away, is under the page's own policy.
"""

import base64
import functools
import hashlib
import html
import re
from pathlib import Path

LIST = "overrides/partials/javascripts"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
BASE = "{{ base_url | e }}"  # where a script of the list needs the way to the home page

# By default, what this site has: what the search fetches, and the next page, which Firefox fetches
# ahead. The theme's icons are data:.
POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self'{styles}; "
    "img-src 'self' data:; font-src 'none'; frame-src 'none'; media-src 'none'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)


@functools.cache
def scripts(root, base):
    """The texts of the inline scripts that a page may run, from which base leads to the home page."""
    partials = sorted(Path(root, LIST).glob("*.html"))
    return tuple(
        text.replace(BASE, html.escape(base))
        for partial in partials
        for text in SCRIPT.findall(partial.read_text(encoding="utf-8"))
    )


def protect(page, scripts, styles):
    """Put the policy first into the head of a page: it allows these texts, whatever the page holds."""
    policy = POLICY.format(scripts=_hashes(scripts), styles=_hashes(styles))
    meta = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace("<head>", meta, 1)


def _hashes(texts):
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
