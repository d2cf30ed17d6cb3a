"""The pictures that those see to whom somebody sends the address of a page: tests/site/gates.py says that they are there."""

import functools
import html
import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from hooks import previews
from tests.site.pages import read_site
from tests.site.sources import DOCS, ROOT

MOST = 60_000  # bytes: some who show pictures take no large ones
SVG = re.compile(r'<svg role="img".*?</svg>', re.DOTALL)
TEAL, PAPER, WHITE = (0x14, 0x40, 0x4A), (0xFD, 0xFC, 0xFA), (0xFF, 0xFF, 0xFF)
COLOUR = re.compile(r"--sym-([^:\s]+):\s*#(\w{6})")


class Picture:
    """A picture of few colours: which of its pixels have one."""

    def __init__(self, file):
        image = Image.open(file)
        self.pixels = np.asarray(image)  # (height, width), places in the palette
        self.colours = np.reshape(image.getpalette(), (-1, 3))

    def near(self, colour, most=16):
        """Which pixels have almost a colour: 256 of them stand for all. An array (height, width)."""
        return (np.abs(self.colours - colour).max(axis=1) <= most)[self.pixels]


@functools.cache
def pages(site):
    return [page for page in read_site(site).html if page != "404.html"]


def test_all_are_small_and_in_the_colours_of_the_site(site):
    for page in pages(site):
        assert (site / page / previews.NAME).stat().st_size <= MOST, page
        picture = Picture(site / page / previews.NAME)
        teal, paper = (
            picture.near(TEAL)[:, : previews.PANEL],
            picture.near(PAPER)[:, previews.PANEL :],
        )
        assert teal.mean() > 0.8 and 0.4 < paper.mean() < 0.99, page
        assert picture.near(WHITE)[180:, : previews.PANEL].sum() > 500, page
        # The margins, within which words and drawing have their room.
        assert teal[:, -30:].all() and teal[-20:].all(), page
        assert paper[:30].all() and paper[-30:].all() and paper[:, -20:].all(), page


def test_each_is_another(site):
    assert len({(site / page / previews.NAME).read_bytes() for page in pages(site)}) == len(
        pages(site)
    )


def test_symbols_have_their_colours(site):
    light, _, _ = (DOCS / "assets/stylesheets/unrolled.css").read_text("utf-8").partition("@media")
    colours = {symbol: bytes.fromhex(hex) for symbol, hex in COLOUR.findall(light)}
    seen = set()
    for page in pages(site):
        drawing = SVG.search(read_site(site).html[page])
        picture = Picture(site / page / previews.NAME)
        symbols = set(re.findall(r'data-sym="([^"]+)"', drawing[0])) if drawing else set()
        for symbol in symbols:
            colour = colours.get(symbol) or colours.get(symbol[0])
            if colour:
                assert picture.near([*colour]).sum() > 20, (page, symbol)
                seen.add(symbol)
    assert {"x", "h", "y", "W", "U", "W_y", "c", "c̃", "f", "z"} <= seen


def characters(page):
    """The characters of a drawing and a title, as they are drawn."""
    drawing = SVG.search(page)
    inner = re.sub(r"<(title|desc)\b.*?</\1>", "", drawing[0], flags=re.DOTALL) if drawing else ""
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    return set(html.unescape(re.sub(r"<[^>]+>", "", inner) + title)) - {"\n"}


@functools.cache
def drawable():
    return {chr(code) for file in previews.FONTS for code in TTFont(file).getBestCmap()}


def test_its_fonts_have_every_character(site):
    for page in pages(site):
        missing = characters(read_site(site).html[page]) - drawable()
        assert not missing, (
            f"{page}: no font of its preview has {missing}: see hooks/fonts/README.md"
        )
    assert characters('<title>⛄</title><svg role="img"><text>A ⛏</text></svg>') - drawable() == {
        "⛄",
        "⛏",
    }


def carded(text, title="A title"):
    """The picture, as SVG, of a page that has a drawing with a text in it."""
    drawing = (
        '<svg role="img" viewBox="0 0 360 200" font-size="13"><title>T</title>'
        f'<text class="num" x="150" y="100">{text}</text></svg>'
    )
    logo = (DOCS / "assets/logo.svg").read_text("utf-8")
    css = previews.style(ROOT)
    return previews.card("Unrolled", logo, title, None, drawing, css)


def test_what_a_drawing_says_is_drawn():
    texts = "0.1234", "0.1235", "⊙", "c̃"
    assert len({previews.draw(carded(text)) for text in texts}) == len(texts)


def test_it_is_the_same_whoever_draws_it(tmp_path):
    previews._draw_all([(str(tmp_path / "a.png"), carded("⊙"))], ROOT)  # in another process
    assert (tmp_path / "a.png").read_bytes() == previews.draw(carded("⊙"))


@pytest.mark.parametrize(
    "title", ["W" * 30, "word " * 40, "A <b> & “title”: with: colons", "Short: " + "long " * 30]
)
def test_any_title_fits(title):
    teal = Picture(BytesIO(previews.draw(carded("1", title)))).near(TEAL)[:, : previews.PANEL]
    assert teal[:, -30:].all() and teal[-20:].all()


def test_what_goes_wrong_is_told(tmp_path):
    (tmp_path / "hooks").symlink_to(Path(previews.__file__).parent, target_is_directory=True)
    with pytest.raises(previews.PreviewError, match="could not be drawn: (?s:.*)ValueError"):
        previews._draw_all([(str(tmp_path / "a.png"), "<svg>no SVG")], tmp_path)
    assert not (tmp_path / "a.png").exists()
