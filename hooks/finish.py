"""The last touches on each page: nothing in it that nobody sees, and a Content-Security-Policy.

The policy lets a page load scripts, styles and images from this site and from
nowhere else, and run no script in it but those that the build has put there:
each is named by its hash, and so are its styles. No inline style is left on an
element, so none needs to be allowed.
"""

import base64
import hashlib
import re

KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)
INLINE = re.compile(r"<(script|style)(?![^>]*\b(?:src|type)=)[^>]*>(.+?)</\1>", re.DOTALL)

# By default, what this site has: what the search fetches, and the next page, which Firefox fetches
# ahead. The theme's icons are data:.
POLICY = (
    "default-src 'self'; script-src 'self' {script}; style-src 'self' {style}; "
    "img-src 'self' data:; font-src 'none'; frame-src 'none'; media-src 'none'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)


def wrap_tables(html):
    """Let a wide table be scrolled sideways, as the theme's script does, but before anything is shown."""
    opened = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>'
    return html.replace("<table>", opened).replace("</table>", "</table></div></div>")


def squeeze(html):
    """Leave out the white space that nobody sees."""
    parts = KEPT.split(html)  # text, kept, name of its element, text, …
    parts[0::3] = [re.sub(r"\s*\n\s*", "\n", text) for text in parts[0::3]]
    del parts[2::3]
    return "".join(parts).lstrip()


def protect(html):
    """Put the policy first into the head, made for the scripts and styles of this page."""
    allowed = {"script": [], "style": []}
    for element, text in INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in allowed[element]:
            allowed[element].append(f"'sha256-{digest}'")
    policy = POLICY.format(**{element: " ".join(hashes) for element, hashes in allowed.items()})
    policy = policy.replace(" ;", ";")
    return html.replace(
        "<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">', 1
    )
