r"""Typesets equations while the site is built, so that the browser has nothing to do.

Authors write `$...$` and `$$...$$`; pymdownx.arithmatex marks them as
`\(...\)` and `\[...\]`. `to_text` puts one line of plain text in their place,
which is what search and feeds read; `to_drawing` then puts MathJax's SVG
there, with MathML beside it for screen readers. Each distinct equation is
typeset once and kept in .cache/equations, named by a hash of what it says.
"""

import functools
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

from hooks import cache, node

CACHE = node.ROOT / ".cache" / "equations"
TYPESETTER = "equations.mjs"

MARKED = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
# The last group keeps a comma or full stop on the line of its equation.
KEYED = re.compile(r'<(span|div) class="arithmatex" data-eq="(\w+)">[^<]*</\1>([.,;:!?)]*)')
# What TeX could do to the page around it.
REFUSED = re.compile(
    r"\\(?:href|style|class|cssId|mmlToken)(?![A-Za-z])|\\data(?![A-Za-z])(?!\{v=[\w.\[\]]+\}).{0,9}"
)
GLYPH = re.compile(r'<path id="(eq-[^"]+)" d="([^"]+)"/>')
BOX = re.compile(r"\beq-(\d+)-(-?\d+)\b")  # equations.mjs says what it means

_process: Any = None  # subprocess.Popen, once MathJax is needed
_typeset = {}  # key: what MathJax answered


class EquationError(Exception):
    """The TeX of an equation has a mistake."""

    def __init__(self, reason, tex):
        super().__init__(f"{reason} in the equation {tex}")
        self.tex = tex


def to_text(content):
    """Replace each marked equation in a page's HTML by plain text, and typeset it."""

    def replace(match):
        element, tex = match[1], html.unescape(match[2]).strip()
        key = typeset(tex, display=element == "div")
        text = html.escape(_typeset[key]["text"], quote=False)
        return f'<{element} class="arithmatex" data-eq="{key}">{text}</{element}>'

    return MARKED.sub(replace, content)


def to_drawing(output):
    """Replace the equations of a whole page by drawings that share one set of glyphs."""
    glyphs = {}

    def replace(match):
        element, key, punctuation = match.groups()
        answer = _typeset[key]
        glyphs.update(GLYPH.findall(answer["svg"]))
        drawing = re.sub(r"<defs>.*?</defs>", "", answer["svg"])
        drawing = drawing.replace("<svg", '<svg aria-hidden="true"')
        equation = (
            f'<{element} class="arithmatex">{drawing}'
            f'<span class="eq-mathml">{answer["mathml"]}</span></{element}>{punctuation}'
        )
        return f'<span class="eq-nowrap">{equation}</span>' if answer["short"] else equation

    output = KEYED.sub(replace, to_text(output))
    if not glyphs:
        return output
    paths = "".join(f'<path id="{name}" d="{d}"/>' for name, d in sorted(glyphs.items()))
    shared = f'<svg class="eq-glyphs" aria-hidden="true"><defs>{paths}</defs></svg>'
    output = re.sub(r"<body[^>]*>", lambda body: body[0] + shared, output, count=1)
    style = f"<style>{rules(output)}</style>" if rules(output) else ""
    return output.replace("</head>", f"{style}</head>", 1)


def rules(output):
    """The heights of a page's equations that are not ordinary ones, as rules: the policy forbids inline styles."""
    return "".join(
        f".eq-{height}-{below}{{--height:{int(height) / 1000}em;--below:{-int(below) / 1000}em}}"
        for height, below in sorted(set(BOX.findall(output)))
    )


def typeset(tex, display):
    """Typeset one equation, or find it in the cache, and return its key.

    Raises EquationError with MathJax's message if the TeX has a mistake.
    """
    command = REFUSED.search(tex)
    if command:
        raise EquationError(f"{command[0]} is not allowed", tex)
    key = _key(tex, display)
    if key in _typeset:
        return key
    cached = CACHE / f"{key}.json"
    if cached.exists():
        _typeset[key] = json.loads(cached.read_text(encoding="utf-8"))
        return key
    answer = _ask_mathjax(tex, display)
    if "error" in answer:
        raise EquationError(answer["error"], tex)
    _typeset[key] = answer
    cache.write(cached, json.dumps(answer, ensure_ascii=False))
    return key


def stop():
    """End MathJax, if it was needed."""
    global _process
    if _process:
        _process.stdin.close()
        _process.wait()
        _process.stdout.close()
        _process = None


@functools.cache
def _typesetter():
    """A hash of what typesets: another MathJax would typeset otherwise."""
    files = node.ROOT / "package-lock.json", Path(__file__).with_name(TYPESETTER)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _key(tex, display):
    said = f"{'display' if display else 'inline'} {tex}".encode()
    return hashlib.sha256(said + _typesetter()).hexdigest()[:32]


def _ask_mathjax(tex, display):
    global _process
    if _process is None:
        _process = node.start(TYPESETTER)
    _process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
    _process.stdin.flush()
    answer = _process.stdout.readline()
    if not answer:
        raise EquationError("MathJax stopped", tex)
    return json.loads(answer)
