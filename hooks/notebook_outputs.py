"""Writes the outputs of a notebook's cell as Markdown, by the kinds that Jupyter gives each output in.

An output is not the author's text: it may hold anything. What was printed stands in a fence that
it cannot end and out of which nothing is included. What has a form of its own (a table, a picture,
Markdown, an equation) becomes HTML by itself, on one line, and is held to what a page is held to.
What a page cannot show is refused: nothing is left out but looks, and what goes to stderr.
"""

import base64
import hashlib
import html
import re
import struct
from xml.etree import ElementTree

from markdown import Markdown
from pymdownx.snippets import SnippetPreprocessor

from hooks import allowlist, equations, hostile, leftovers, notebook_html

# Of an output's kinds, the first in this list is shown, as in Jupyter.
KINDS = ("text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "text/plain")
WIDGET = "application/vnd.jupyter.widget-view+json"

MATH = re.compile(
    r"\$\$(?P<a>[^$]+)\$\$|\$(?P<b>[^$]+)\$|\\\[(?P<c>[^$]+)\\\]|\\\((?P<d>[^$]+)\\\)"
    r"|(?P<e>\\begin\{(?P<name>\w+\*?)\}[^$]+\\end\{(?P=name)\})"
)
ANSI = re.compile(r"\x1b\[[^@-~]*[@-~]")  # colours, and where the cursor goes
SVG = "{http://www.w3.org/2000/svg}"
ElementTree.register_namespace("", SVG[1:-1])


class Refused(Exception):
    """An output is nothing that a page can show."""


class Writer:
    """Writes the outputs of one notebook, and collects the pictures that lie beside its page.

    `pictures` are {file name: bytes}.
    """

    def __init__(self, name, config):
        self.name = name
        self.pictures = {}
        self._config = config
        self._drawings = 0

    def write(self, outputs, alt=()):
        """The Markdown of a cell's outputs. `alt` are the texts of its pictures, in order.

        Raises Refused, which says what a page cannot show and what to do.
        """
        texts = list(alt)
        parts, printed = [], ""
        for output in outputs:
            if output["output_type"] == "stream":
                printed += output["text"] if output["name"] == "stdout" else ""
                continue
            if output["output_type"] == "error":
                raise Refused(f"raises {output['ename']}: {output['evalue']}")
            if not output["data"]:
                continue
            kind, data = _best(output["data"])
            if kind == "text/html" and (text := notebook_html.preformatted(data)) is not None:
                kind, data = "text/plain", text
            if kind == "text/plain":
                line_end = "\n" if printed and not printed.endswith("\n") else ""
                printed += f"{line_end}{data.rstrip()}\n"
                continue
            parts += _printed(printed)
            printed = ""
            own = output["metadata"].get(kind, {})
            parts.append(self._shown(kind, data, own if isinstance(own, dict) else {}, texts))
        if texts:
            raise Refused(f"has an alt for which it shows no picture: {texts[0]!r}")
        return "\n\n".join([*parts, *_printed(printed)])

    def _shown(self, kind, data, metadata, texts):
        if kind == "text/html":
            return _html(data)
        if kind == "text/markdown":
            return self._markdown(data)
        if kind == "text/latex":
            return self._markdown(_equation(data))
        drawing = _drawing(data) if kind == "image/svg+xml" else None
        alt = metadata.get("alt") or (texts.pop(0) if texts else "")
        if not alt and (drawing is None or not (drawing.findtext(f"{SVG}title") or "").strip()):
            raise Refused(
                "shows a picture without a text for those who do not see it: "
                'begin the cell with `# %% alt="What the picture shows."`'
            )
        if drawing is None:
            return self._picture(data, alt, metadata)
        self._drawings += 1
        return _inline(drawing, alt, f"{self.name}-output-{self._drawings}-")

    def _picture(self, data, alt, metadata):
        """A file beside the page: the page itself stays light, and is shown before its pictures."""
        png = base64.b64decode(data)
        if png[:8] + png[12:16] != b"\x89PNG\r\n\x1a\nIHDR" or len(png) > hostile.FILE:
            raise Refused(f"shows a picture that is no PNG of at most {hostile.FILE:,} bytes")
        width, height = _size(png, metadata)
        _refuse_invisible(alt)
        file = f"{hashlib.sha256(png).hexdigest()[:16]}.png"
        self.pictures[file] = png
        image = f'<img src="{file}" alt="{html.escape(alt)}" width="{width}" height="{height}">'
        return _on_one_line(f'<figure class="output">{image}</figure>')

    def _markdown(self, text):
        """Markdown by itself: nothing that it leaves open takes in what follows."""
        text = "\n".join(map(_not_included, settled(text).split("\n")))
        of_pages = ("toc", "hooks.content")  # done to the whole page
        extensions = [name for name in self._config.markdown_extensions if name not in of_pages]
        alone = Markdown(extensions=extensions, extension_configs=self._config.mdx_configs)
        _refuse_ties(text, "Markdown")
        shown = alone.convert(text)
        for _, wrong in equations.faults(shown):
            raise Refused(f"shows an equation with a mistake: {wrong}")
        for _, wrong in leftovers.of_content(shown):
            raise Refused(f"shows Markdown of which {wrong}")
        return _held_to_pages(f'<div class="output">{shown}</div>', "Markdown")


def fence(language, text):
    """A fence that its text cannot end, and in which nothing is included."""
    ticks = "`" * (1 + max(map(len, re.findall(r"`{2,}", text)), default=2))
    lines = "\n".join(map(_not_included, text.split("\n")))
    return f"{ticks}{language}\n{lines}\n{ticks}"


def settled(text):
    """What a terminal shows in the end: no colours, and what was typed over is gone."""
    text = ANSI.sub("", text).replace("\r\n", "\n")
    while (shorter := re.sub(r"[^\n]\x08", "", text)) != text:
        text = shorter
    text = re.sub(r".*\r(?=[^\n])", "", text).replace("\r", "")
    _refuse_invisible(text)
    return text


def _refuse_invisible(text):
    if hidden := hostile.INVISIBLE.search(text):
        raise Refused(f"shows the invisible character U+{ord(hidden[0]):04X}")


def _printed(text):
    text = settled(text).expandtabs().rstrip()
    return [fence("text", text)] if text.strip() else []


def _not_included(line):
    """A line in which pymdownx.snippets sees nothing to do: it takes one `;` away, and that is all."""
    if not (match := SnippetPreprocessor.RE_ALL_SNIPPETS.match(line)):
        match = "8<-" in line and SnippetPreprocessor.RE_SNIPPET_SECTION.match(line)
    if not match:
        return line
    at = match.start("escape")
    return f"{line[:at]};{line[at:]}"


def _best(data):
    """The kind that is shown of those an output is given in, and what it holds."""
    known = [kind for kind in KINDS if kind in data]
    other = [kind for kind in data if kind not in KINDS]
    if WIDGET in data or not known or (known == ["text/plain"] and other):
        kind = WIDGET if WIDGET in data else other[0]
        raise Refused(
            f"shows {kind}, which a page cannot: print it, "
            "or show a table, Markdown, LaTeX, a PNG or an SVG"
        )
    return known[0], "".join(data[known[0]])


def _held_to_pages(shown, what, advice=""):
    """HTML for a page: what a page may hold, without ties, and without links that MkDocs would check."""
    for _, wrong in allowlist.of_content(shown):
        raise Refused(f"shows {what} that may not stand in a page: {wrong}{advice}")
    _refuse_ties(shown, what)
    for address in re.findall(r'<[^>]* (?:href|src)="([^"]*)"', shown):
        if not (allowlist.LINK.fullmatch(address) or address.startswith("#")):
            raise Refused(f"shows {what} that leads to {address!r}: link it from the text")
    return _on_one_line(shown)


def _on_one_line(shown):
    """HTML in which neither Markdown nor an include sees a line of its own."""
    return shown.replace("\n", "&#10;")


def _refuse_ties(text, what):
    if re.search(r"data-v\b|\\data\b", text):
        raise Refused(f"shows {what} with a tied number: an output is computed, and has no ties")


def _html(source):
    frame = " frame" if re.search(r'<table[^>]*class="[^"]*\bdataframe\b', source) else ""
    try:
        inner = notebook_html.write(source)
    except notebook_html.Styled as error:
        raise Refused(f"shows HTML {error}") from None
    _refuse_invisible(html.unescape(inner))
    return _held_to_pages(f'<div class="output{frame}">{inner}</div>', "HTML")


def _equation(source):
    found = MATH.fullmatch(source.strip())
    if not found:
        raise Refused("shows LaTeX that is no single equation: show Markdown with $…$ in it")
    tex = next(found[name] for name in "abcde" if found[name])
    lines = [line for line in tex.split("\n") if line.strip()]
    return "$$\n" + "\n".join(lines) + "\n$$"


def _size(png, metadata):
    """The width and height of a picture, or those asked for: one of them gives the other."""
    width, height = struct.unpack_from(">II", png, 16)
    wide, high = metadata.get("width"), metadata.get("height")
    if isinstance(wide, int):
        return wide, high if isinstance(high, int) else round(height * wide / max(width, 1))
    if isinstance(high, int):
        return round(width * high / max(height, 1)), high
    return width, height


def _drawing(source):
    try:
        drawing = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise Refused(f"shows an SVG that is no XML: {error}") from None
    if drawing.tag != f"{SVG}svg":
        raise Refused("shows an SVG whose first element is no <svg> of http://www.w3.org/2000/svg")
    return drawing


def _inline(drawing, alt, prefix):
    """A drawing as a part of the page: its ids meet no others there."""
    for element in drawing.iter():
        for name, value in element.items():
            if name == "id":
                element.set(name, prefix + value)
            elif name.startswith("aria-") and name.endswith("by"):
                element.set(name, " ".join(prefix + part for part in value.split()))
            elif name == "href":
                element.set(name, re.sub(r"^#", f"#{prefix}", value))
            else:
                element.set(name, re.sub(r"url\(#", f"url(#{prefix}", value))
    title = drawing.find(f"{SVG}title")
    if title is None:
        title = ElementTree.Element(f"{SVG}title")
        drawing.insert(0, title)
    title.text = alt or title.text
    title.set("id", f"{prefix}title")
    drawing.set("role", "img")
    drawing.set("aria-labelledby", f"{prefix}title")
    shown = ElementTree.tostring(drawing, encoding="unicode").replace(f' xmlns="{SVG[1:-1]}"', "")
    shown = f'<figure class="output" data-search-exclude="">{shown}</figure>'
    return _held_to_pages(shown, "an SVG", ": show a PNG")
