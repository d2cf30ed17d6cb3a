"""What is left of Markdown in a page as readers would see it: what is off on this site, and slips.

Looked for in the HTML of a page, outside code and equations: what stands there has not become what
its author meant. `OFF` is what others offer and this site does without, with what to write instead.
"""

import re

from pymdownx.superfences import fence_code_format

from hooks import allowlist

# What a notebook shows is no Markdown, or was looked at by itself.
SILENT = "pre, code, kbd, svg, .arithmatex, .output"

OFF = {
    r"^:::.*": "mkdocstrings is off: include the code, in a fence",
    r"^/{3,} *(?!html\b)[\w-]+.*": "of such blocks only html is on: write !!!, ??? or ===",
    r"\{(?:\+\+|--|~~|==|>>).*?(?:\+\+|--|~~|==|<<)\}": "critic marks are off: edit the text",
    r"\^\[[^\]]*\]": "a footnote in the line is off: write [^1], and [^1]: its text below",
    r"\[\[[^\]]+\]\]": "links of a wiki are off: write [text](page.md)",
    r"\\$": "a \\ does not end a line: write two spaces",
}
SLIPS = {
    r"^===.*": 'a tab is written === "Its name", its content behind four spaces',
    r"^(?:!!!|\?\?\?\+? ).*": 'a note is written !!! note "Its title", its content behind four spaces',
    r"^\|.*\|$": "a table needs an empty line above, and |---| below its heading",
    r"^[-*+] \S.*|^1\. \S.*\n2\. \S.*": "a list needs an empty line above",
    r"^\[[ xX]\] .*": "a task is a part of a list: write - [x]",
    r"```|~~~": "a fence has its own line, an empty one above, and an end",
    r"--8<--.*": "an include has its own line",
    r"\[\^[^\]\s]+\]": "the footnote has no text: write it below, as [^1]: text",
    r"\[[^\[\]\d][^\[\]]*\]\[[^\[\]]*\]": "the name has no address: write it below, as [name]: page.md",
    r"\[[^\[\]]+\] ?\([^()]*(?:\.\w{2,4}\b|://|#)[^()]*\)": "a space breaks this link",
    r"\{:? *(?:[.#][a-zA-Z_]|[a-z-]+=)[^{}]*\}": "nothing before it takes these attributes",
    r"\*\*": "words are strong between two ** without a space inside",
}
HINT = ". In HTML, its tag needs the word markdown; what is no Markdown at all is `code`"
PATTERNS = {
    **{re.compile(text, re.MULTILINE): wrong for text, wrong in OFF.items()},
    **{re.compile(text, re.MULTILINE): wrong + HINT for text, wrong in SLIPS.items()},
}
ICON = re.compile(r"(?<![\w:/]):(?:[a-z][a-z0-9_+-]*|[+-]1):(?![\w:])")
# Of a language that it does not know, a fence would keep nothing but the text.
FENCES = [{"name": "mermaid", "class": "mermaid", "format": fence_code_format}]
MARKED = {
    "mermaid": "mermaid is off: draw an SVG in docs/diagrams/",
    "annotate": "annotations are off: write a footnote, or a note (!!!)",
}
IN_CODE = re.compile(r"\(\d+\)!")
TABS = 20  # the theme shows no more in one set


def of_content(html):
    """Yield (text, what is wrong) for what is left of Markdown in a page's HTML."""
    body = allowlist.read(html)
    for name, wrong in MARKED.items():
        if body.css_first(f".{name}"):
            yield name, wrong
    for names in body.css(".tabbed-labels"):
        if len(names.css("label")) > TABS:
            yield "===", f"more than {TABS} tabs in one set: the others would not be shown"
    for code in body.css("pre"):
        if "language-text" in (code.parent.attributes.get("class") or ""):
            continue
        if found := IN_CODE.search(code.text()):
            yield found[0], f"{found[0]}: annotations are off: write a comment"
    for part in body.css(SILENT):
        part.decompose()
    text = body.text()
    for pattern, wrong in PATTERNS.items():
        for found in pattern.finditer(text):
            begin = re.split(r"\s{2,}|\n", found[0])[0][:40]  # up to a gap, where code has been
            yield begin, f"{begin!r} would be shown as it is: {wrong}"
    for icon in ICON.finditer(text):
        yield icon[0], f"{icon[0]} would be shown as it is, icons are off: {_instead(icon[0])}"


def _instead(name):
    """What to write instead of the name of an icon: a character, if it is one."""
    from pymdownx import twemoji_db  # large, and needed only now

    known = twemoji_db.emoji.get(twemoji_db.aliases.get(name, name))
    if not known:
        return "use words, or a drawing"
    return f"write {''.join(chr(int(code, 16)) for code in known['unicode'].split('-'))}"
