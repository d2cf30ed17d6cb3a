r"""Equations, `$...$` and `$$...$$`, typeset while the site is built: the browser has nothing to do.

`EquationsExtension` teaches them to Python-Markdown. It puts one line of plain
text in the place of each, which is what a table of contents and titles read.
When the HTML of a page is done, `drawn` puts MathJax's SVG in its place, with
MathML beside it for screen readers; the search still gets the line (words.py).

pymdownx.arithmatex, which mkdocs.yml names, marks equations for a browser that
typesets. Here other processors stand in the place of its own: they know
prices, equations with a mistake, and equations in tables and in HTML.
"""

import html
import re
from xml.etree import ElementTree

from markdown import Extension
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from hooks import mathjax
from hooks.mathjax import EquationError

# How Python-Markdown keeps an escaped character to itself.
BACKSLASH, PIPE = (f"{STX}{ord(character)}{ETX}" for character in "\\|")

# A price is no equation: none begins behind a letter or digit, or ends before a digit.
INLINE = rf"""(?xs)
    (?<![\\\w$]) \$ (?![\s$]) (?P<dollars>
      (?: \\? {PIPE} | \\ [^{STX}{ETX}] | [^\\${STX}{ETX}] )+?
    ) (?<!\s) \$ (?![\d$])
  | (?<!\\) \\\( (?P<round> (?: {PIPE} | \\ [^(){STX}{ETX}] | [^\\{STX}{ETX}] )+? ) \\\)
"""
# An equation of its own that is none: with words beside it, or a blank line in it.
LOST = r"(?<!\\) (?P<lost> \$\$ (?: .*? \$\$ | .* ) | \\begin\{ .* )"
DISPLAY = r"""(?xs) \ {0,3} (?:
    \$\$ (?P<dollars> (?: \\. | [^\\$] )+? ) \$\$
  | \\\[ (?P<square> .+? ) \\\]
  | (?P<environment> \\begin\{ (?P<name> [a-zA-Z]+\*? ) \} .+? \\end\{ (?P=name) \} )
) \s*"""
EQUATION = re.compile(INLINE)
EQUATION_OR_LOST = re.compile(f"{INLINE} | {LOST}")
ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")

# HTML that Markdown does not read, and elements of it whose text is code, or not of the page.
HTML = re.compile(
    r"""(?xs)
    <!-- .{0,5000}? -->
  | (?P<tag> < (?P<end> /? ) (?P<name> [a-zA-Z][\w-]* ) (?: "[^"]*" | '[^']*' | [^"'<>] )* > )
  | (?P<text> [^<]+ | < )
    """
)
SILENT = frozenset("pre code kbd samp script style textarea option svg math".split())
READ_OUT = re.compile(r"""(?P<before>\s(?:alt|title|aria-label)=)(?P<value>"[^"]*"|'[^']*')""")

KEYED = re.compile(
    # The last group keeps a comma or full stop on the line of its equation.
    r'<(span|div)([^>]*?) data-eq="(\w+)"([^>]*)>[^<]*</\1>([.,;:!?)]*)'
)
FAULT = re.compile(r'<p class="equation-fault"><code>(.*?)</code><code>(.*?)</code></p>', re.DOTALL)
GLYPH = re.compile(r'<path id="(eq-[^"]+)" d="([^"]+)"/>')
GLYPHS = re.compile(r'<svg class="eq-glyphs".*?</svg>', re.DOTALL)
USED = re.compile(r'href="#(eq-[^"]+)"')
BOX = re.compile(r"\beq-(\d{1,6})-(-?\d{1,6})\b")  # equations.mjs says what it means


# In Markdown ------------------------------------------------------------------------------------


class EquationsExtension(Extension):
    """Puts readable text in the place of each equation, in an element that names it.

    An equation with a mistake stays as it is written, and stands once more, with the mistake, at
    the end of the page, where `faults` finds it.
    """

    def extendMarkdown(self, md):
        md.registerExtension(self)
        self.faults = []  # (equation as it is written, what is wrong)
        md.inlinePatterns.register(Inline(self), "arithmatex-inline", 189.9)
        md.parser.blockprocessors.register(Display(md.parser, self), "arithmatex-block", 79.9)
        md.parser.blockprocessors.register(InTable(md.parser), "equations-in-tables", 76)
        md.treeprocessors.register(InHtml(md, self), "equations-in-html", 25)
        md.treeprocessors.register(Faults(md, self), "equation-faults", 3)

    def reset(self):
        self.faults.clear()

    def element(self, tag, source, written):
        """The element for an equation: a span in a line, a div of its own."""
        element = ElementTree.Element(tag, {"class": "arithmatex"})
        tex = _tex(source)
        try:
            key = mathjax.typeset(tex, display=tag == "div")
        except EquationError as error:
            element.text = self.refuse(written, str(error))
        else:
            element.set("data-eq", key)
            element.text = _atomic(mathjax.answer(key)["text"])
        return element

    def lost(self, written):
        if written.strip("$") or not self.faults:  # else the end of one that is refused
            wrong = (
                "an equation of its own takes a paragraph of its own, without a blank line in it"
            )
            self.refuse(written, wrong)
        return _atomic(written)

    def refuse(self, written, wrong):
        written = written.replace(PIPE, "|")
        self.faults.append((written, wrong))
        return _atomic(written)


def makeExtension(**options):  # the name that Python-Markdown asks for
    return EquationsExtension(**options)


def _atomic(text):
    """Text in which Markdown finds nothing more, not even an entity."""
    return AtomicString(html.escape(text, quote=False))


def _tex(source):
    """What an author means who has to write &lt; in HTML."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), source.replace(PIPE, "|")).strip()


class Inline(InlineProcessor):
    def __init__(self, equations):
        # Backslashes before an equation escape each other, and not the equation.
        super().__init__(
            rf"{EQUATION_OR_LOST.pattern} | (?<!\\) (?P<slashes>(?:\\\\)+) (?=\$|\\\()"
        )
        self.equations = equations

    def handleMatch(self, m, data):
        if m["slashes"]:
            made = m["slashes"].replace("\\\\", BACKSLASH)
        elif m["lost"]:
            made = self.equations.lost(m["lost"])
        else:
            made = self.equations.element("span", m["dollars"] or m["round"], m[0])
        return made, m.start(), m.end()


class Display(BlockProcessor):
    PATTERN = re.compile(DISPLAY)

    def __init__(self, parser, equations):
        super().__init__(parser)
        self.equations = equations

    def test(self, parent, block):
        return True

    def run(self, parent, blocks):
        found = self.PATTERN.fullmatch(blocks[0])
        if not found:
            return False  # for another processor
        block = blocks.pop(0)
        source = found["dollars"] or found["square"] or found["environment"]
        parent.append(self.equations.element("div", source, block))


class InTable(BlockProcessor):
    """Lets the pipes of an equation divide no cells."""

    PRICE = r"\$ \d [\d.,]* \s* \| \s* \$"  # that ends its cell, before an equation
    CODE = r"(?P<code> (?P<ticks> `+ ) .+? (?P=ticks) )"
    PART = re.compile(rf"(?xs) {CODE} | (?! {PRICE} ) (?: {INLINE.removeprefix('(?xs)')} )")

    def test(self, parent, block):
        return "$" in block and "|" in block and "\n" in block

    def run(self, parent, blocks):
        block = "\n".join(self.PART.sub(self._keep, line) for line in blocks[0].split("\n"))
        if self.parser.blockprocessors["table"].test(parent, block):
            blocks[0] = block
        return False  # to be made a table by the next

    @staticmethod
    def _keep(part):
        return part[0] if part["code"] else part[0].replace("|", PIPE)


class InHtml(Treeprocessor):
    """Typesets equations in HTML that Markdown does not read; attributes hold their text."""

    def __init__(self, md, equations):
        super().__init__(md)
        self.equations = equations

    def run(self, root):
        stash = self.md.htmlStash
        stash.rawHtmlBlocks = [
            self._read(block) if isinstance(block, str) else block for block in stash.rawHtmlBlocks
        ]
        for element in root.iter():
            if element.tag != "code" and element.get("class") != "arithmatex":
                element.text = self._read_raw(element.text)
            element.tail = self._read_raw(element.tail)

    def _read_raw(self, text):
        """Text of an element that md_in_html leaves as it is; tags in it are in the stash."""
        if not (isinstance(text, AtomicString) and EQUATION_OR_LOST.search(text)):
            return text
        blocks = self.md.htmlStash.rawHtmlBlocks
        whole = HTML_PLACEHOLDER_RE.sub(
            lambda place: blocks[int(place[1])], text.replace("<", "&lt;")
        )
        return AtomicString(self.md.htmlStash.store(self._read(whole)))

    def _read(self, raw):
        if not ("$" in raw or "\\" in raw):
            return raw
        parts, silent = [], None  # the name of what is open and has no equations
        for part in HTML.finditer(raw):
            text, name = part[0], (part["name"] or "").lower()
            if silent:
                silent = None if part["end"] and name == silent else silent
            elif part["text"]:
                text = EQUATION_OR_LOST.sub(self._element, text)
            elif part["tag"] and not part["end"]:
                silent = name if name in SILENT or " data-eq=" in text else None
                text = READ_OUT.sub(self._say, text)
            parts.append(text)
        return "".join(parts)

    def _element(self, found):
        if found["lost"]:
            return self.equations.lost(found["lost"])
        element = self.equations.element("span", found["dollars"] or found["round"], found[0])
        return self.md.serializer(element)

    def _say(self, said):
        written = said["value"][1:-1]
        try:
            return f'{said["before"]}"{html.escape(in_words(html.unescape(written)))}"'
        except EquationError as error:
            self.equations.refuse(written, str(error))
            return said[0]


class Faults(Treeprocessor):
    def __init__(self, md, equations):
        super().__init__(md)
        self.equations = equations

    def run(self, root):
        for written, wrong in self.equations.faults:
            paragraph = ElementTree.SubElement(root, "p", {"class": "equation-fault"})
            for text in (written, wrong):
                ElementTree.SubElement(paragraph, "code").text = _atomic(text)


# In pages ---------------------------------------------------------------------------------------


def in_words(text):
    """A text that holds no markup, such as a title, with its equations as readable text.

    Raises EquationError if the TeX of one has a mistake.
    """
    return EQUATION.sub(lambda found: _words(found["dollars"] or found["round"]), text)


def in_meta(meta):
    """Put title and description of a page, which are shown as text only, in words.

    Return [(key, what is wrong)].
    """
    found = []
    for key in meta.keys() & {"title", "description"}:
        try:
            meta[key] = in_words(str(meta[key]))
        except EquationError as error:
            found.append((f"{key}:", str(error)))
    return found


def _words(source):
    return mathjax.answer(mathjax.typeset(_tex(source), display=False))["text"]


def faults(content):
    """Yield (equation as it is written, what is wrong) for each mistaken equation of a page."""
    for written, wrong in FAULT.findall(content):
        yield html.unescape(written), html.unescape(wrong)


def drawn(content):
    """Replace the equations of a page by drawings that share one set of glyphs, at the page's beginning."""
    glyphs = {}

    def replace(match):
        element, before, key, after, punctuation = match.groups()
        if not mathjax.known(key):
            return match[0]
        answer = mathjax.answer(key)
        glyphs.update(GLYPH.findall(answer["svg"]))
        drawing = re.sub(r"<defs>.*?</defs>", "", answer["svg"])
        drawing = drawing.replace("<svg", '<svg aria-hidden="true"')
        inside = f'{drawing}<span class="eq-mathml">{answer["mathml"]}</span>'
        if answer["number"]:
            inside += f'<span class="eq-number">{html.escape(answer["number"])}</span>'
            before = before.replace("arithmatex", "arithmatex eq-numbered", 1)
        said = f'data-words="{html.escape(answer["text"])}"'
        equation = f"<{element}{before} {said}{after}>{inside}</{element}>{punctuation}"
        return f'<span class="eq-nowrap">{equation}</span>' if answer["short"] else equation

    content = KEYED.sub(replace, content)
    return _shared(glyphs, content) + content


def shared(output):
    """A page that shows several contents, with one set of glyphs for all."""
    sets = GLYPHS.findall(output)
    if len(sets) < 2:
        return output
    glyphs = {name: outline for found in sets for name, outline in GLYPH.findall(found)}
    before, *parts = GLYPHS.split(output)
    rest = "".join(parts)
    used = set(USED.findall(before + rest))
    return before + _shared({name: glyphs[name] for name in used}, before + rest) + rest


def _shared(glyphs, content):
    if not glyphs:
        return ""
    style = f"<style>{rules(content)}</style>" if rules(content) else ""
    paths = "".join(f'<path id="{name}" d="{d}"/>' for name, d in sorted(glyphs.items()))
    return f'<svg class="eq-glyphs" aria-hidden="true">{style}<defs>{paths}</defs></svg>'


def rules(content):
    """The heights of a page's equations that are not ordinary ones, as rules: the policy forbids inline styles."""
    return "".join(
        f".eq-{height}-{below}{{--height:{int(height) / 1000}em;--below:{-int(below) / 1000}em}}"
        for height, below in sorted(set(BOX.findall(content)))
    )
