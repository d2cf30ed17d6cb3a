"""Makes a picture of each page for those who share its address: its title, and its first drawing in the light colours.

resvg draws it in processes of its own while pages are written, with the fonts of hooks/fonts/ alone: every machine
makes the same picture. What was drawn once is kept in .cache/previews/. `python -m hooks.previews` draws what it reads,
[[file, SVG], …] as JSON.
"""

import hashlib
import html
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import resvg_py
from markupsafe import Markup
from mkdocs.exceptions import PluginError
from PIL import Image, ImageFont

from hooks import cache, light_styles

NAME = "preview.png"
WORKERS = 2
WIDTH, HEIGHT = 1200, 630  # what those who show it ask for
PANEL, MARGIN = 460, 42  # words stand on a panel at the left; the drawing has the rest
PAPER, INK, TEAL, PALE = "#fdfcfa", "#1f2a2e", "#14404a", "#d8dede"
FOLDER = Path(__file__).with_name("fonts")
FONTS = sorted(FOLDER.glob("*.ttf"))
SERIF, SANS = "Noto Serif", "Noto Sans"
OF_TITLES = FOLDER / "NotoSerif-SemiBold.ttf"

DRAWING = re.compile(
    r'<svg role="img"[^>]*?viewBox="(?P<box>[^"]+)"(?P<look>[^>]*)>(?P<inner>.*?)</svg>', re.DOTALL
)
SAID = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
# What resvg does not know is put otherwise. An attribute that begins with a letter: another holds the letter.
# A dotted line below a number leads nowhere in a picture. Its fonts are not the reader's.
OTHERWISE = [
    (r'data-sym="(.)', r'data-first="\1" \g<0>'),
    (r' data-v="[^"]*"', ""),
    (r' font-family="[^"]*"', ""),
]


class PreviewError(PluginError):
    """The pictures could not be drawn."""


def title(page):
    """The title of a page, as text; of the home page its heading, since its title is the site's name."""
    own = page.toc.items[0].title if page.is_homepage and page.toc.items else page.title
    return str(Markup(page.meta.get("title") or own).striptags())


def told(page):
    """What the head of a page says of its picture."""
    drawing = DRAWING.search(page.content)
    said = SAID.search(drawing["inner"]) if drawing else None
    alt = html.unescape(said[1]) if said else title(page)  # the drawing's own words
    return {"name": NAME, "width": WIDTH, "height": HEIGHT, "title": title(page), "alt": alt}


def begin(pages, place, config, root):
    """Let the pictures of pages be drawn, as far as they are not kept; place tells where in a series a page stands.

    Returns a function that waits for them and puts each beside its page. It raises PreviewError.
    """
    folder, docs = Path(root, ".cache", "previews"), Path(root, "docs")
    logo = (docs / config.theme["logo"]).read_text(encoding="utf-8")
    css = style(root)
    tools = b"".join(
        file.read_bytes() for file in [Path(__file__), *FONTS, Path(root, "requirements.txt")]
    )
    tools = hashlib.sha256(tools).digest()
    wanted, missing = {}, []
    for page in pages:
        svg = card(config.site_name, logo, title(page), place(page), page.content, css)
        # Another name, whenever anything changes that the picture depends on.
        kept = folder / f"{hashlib.sha256(tools + svg.encode('utf-8')).hexdigest()}.png"
        wanted[Path(page.file.abs_dest_path).with_name(NAME)] = kept
        if not kept.exists():
            missing.append((str(kept), svg))
    pool = ThreadPoolExecutor(WORKERS)
    parts = [missing[start::WORKERS] for start in range(WORKERS)]
    drawing = [pool.submit(_draw_all, part, root) for part in parts if part]
    pool.shutdown(wait=False)

    def end():
        for part in drawing:
            part.result()
        for target, kept in wanted.items():
            cache.write(target, kept.read_bytes())
            os.utime(kept)  # it is still of use
        cache.leave(folder.glob("*.png"))

    return end


def style(root):
    """What the stylesheets say of drawings, as resvg understands it."""
    own = ((light_styles.SERIF, f"'{SERIF}'"),)
    return "".join(
        f"{selector.replace('data-sym^=', 'data-first=')}{{{declared}}}"
        for selector, declared in light_styles.of_drawings(root, own)
    )


def card(site, logo, title, place, content, css):
    """The picture of a page as SVG: its words at the left; at the right its drawing, or the logo if there is none."""
    sign = re.sub(r"</?svg[^>]*>", "", logo)
    drawing = DRAWING.search(content)
    name, _, about = title.partition(": ")
    lines, size = _fitted(name, 54, most=4)
    head, end = _text(lines, size, 200, f'font-family="{SERIF}" font-weight="600" fill="#fff"')
    lines, size = _fitted(about, 34, most=5)
    tail, _ = _text(lines, size, end + 14, f'font-family="{SERIF}" fill="#fff" fill-opacity="0.85"')
    under = [place["title"], f"part {place['number']} of {place['count']}"] if place else []
    foot, _ = _text(under, 24, HEIGHT - 76, f'font-family="{SANS}" fill="#fff" fill-opacity="0.77"')
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">
<style>{css}</style>
<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>
{_placed(*drawing.groups()) if drawing else _large(sign)}
<rect width="{PANEL}" height="{HEIGHT}" fill="{TEAL}"/>
<g transform="translate({MARGIN} 40) scale(1.5)">{sign}</g>
<text x="{MARGIN + 62}" y="76" font-family="{SERIF}" font-weight="600" font-size="34" fill="#fff">{html.escape(site)}</text>
{head}
{tail}
{foot}
</svg>"""


def _placed(box, look, inner):
    """A drawing, as large as there is room. In a nested <svg> it would be drawn in twice the time."""
    x, y, width, height = map(float, box.split())
    scale = min((WIDTH - PANEL - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height)
    left = (WIDTH + PANEL - scale * width) / 2 - scale * x
    top = (HEIGHT - scale * height) / 2 - scale * y
    drawn = f'<g class="diagram" color="{INK}" font-family="{SANS}"'
    for old, new in OTHERWISE:
        look, inner = re.sub(old, new, look), re.sub(old, new, inner)
    return (
        f'{drawn} transform="translate({left:.2f} {top:.2f}) scale({scale:.4f})"{look}>{inner}</g>'
    )


def _large(sign):
    size = 16 * 32
    left, top = (WIDTH + PANEL - size) / 2, (HEIGHT - size) / 2 + 40  # it stands high in its box
    drawn = sign.replace("#fff", PALE)
    return f'<g transform="translate({left} {top}) scale(16)">{drawn}</g>'


def _fitted(text, size, most):
    """The lines of a text that fit the panel, and the size of its letters: smaller ones where there is no room."""
    while True:
        measure = ImageFont.truetype(str(OF_TITLES), size).getlength
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if measure(longer) <= PANEL - 2 * MARGIN or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        fits = len(lines) <= most and max(map(measure, lines)) <= PANEL - 2 * MARGIN
        if fits or size <= 12:
            return lines, size
        size -= 2


def _text(lines, size, top, look):
    """Lines of text, the first at a height, and where the next would be."""
    step = round(1.22 * size)
    spans = "".join(
        f'<tspan x="{MARGIN}" y="{top + step * number}">{html.escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text font-size="{size}" {look}>{spans}</text>', top + step * len(lines)


def _draw_all(missing, root):
    run = subprocess.run(
        [sys.executable, "-m", "hooks.previews"],
        cwd=root,
        input=json.dumps(missing),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if run.returncode:
        raise PreviewError(f"the preview pictures could not be drawn: {run.stderr.strip()}")


def draw(svg):
    """An SVG as PNG."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(font) for font in FONTS],
        font_family=SANS,
    )
    return of_few_colours(Image.open(BytesIO(png)))


def of_few_colours(picture):
    """A picture as PNG of 256 colours, less than half as large. By an octree none is far from what it was."""
    few = picture.convert("RGB").quantize(
        method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    file = BytesIO()
    few.save(file, "PNG")
    return file.getvalue()


if __name__ == "__main__":
    for path, svg in json.load(sys.stdin):
        cache.write(Path(path), draw(svg))
