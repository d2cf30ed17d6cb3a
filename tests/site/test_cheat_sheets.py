"""The cheat sheets: each on one side of paper, with all of it there and large enough to read."""

import re

import numpy as np
import pytest

from snippets.cheat_sheets import gru, lstm
from snippets.recording import packing
from tests.site.pages import content_of, read_site
from tests.site.sources import DOCS

SHEETS = sorted(
    path.stem for path in (DOCS / "reference/cheat-sheets").glob("*.md") if path.stem != "index"
)
INSIDE = {"A4": (194, 281), "Letter": (199.9, 263.4)}  # in mm, what margins of 8 mm leave
SMALLEST = 8  # points
ROOM = 5  # mm that are left for letters of other systems

# What sticks out of its section, or of the sheet; what is too small to read; what paper has no use for.
LOOK = """([width, height, smallest]) => {
  const name = element => element.tagName + " " + element.textContent.trim().slice(0, 60);
  const shown = element => element.getClientRects().length;
  const sheet = document.querySelector(".cheat-sheet");
  const texts = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  const small = [], cut = [];
  const sticksOut = (element, rects) => {
    const box = element.closest(".cheat-sheet > section")?.getBoundingClientRect();
    return box && [...rects].some(({ left, right, bottom }) => left < box.left || right > box.right || bottom > box.bottom);
  };
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const around = text.parentElement;
    if (!text.data.trim() || !shown(around) || around.closest(".arithmatex, .sr-only, title, desc")) continue;
    const drawing = around.closest("svg");
    const scale = drawing ? drawing.getBoundingClientRect().width / 360 : 1;
    const size = parseFloat(getComputedStyle(around).fontSize) * scale;
    if (size < smallest / 72 * 96 - 0.01 && !around.closest(".sub")) small.push(name(around));
    const range = new Range();
    range.selectNodeContents(text);
    if (sticksOut(around, range.getClientRects())) cut.push(name(around));
  }
  for (const drawing of sheet.querySelectorAll(".arithmatex > svg, figure svg"))
    if (sticksOut(drawing, drawing.getClientRects())) cut.push(name(drawing));
  return {
    small,
    torn: [...sheet.querySelectorAll("section")].filter(one => one.getClientRects().length !== 1).map(name),
    cut,
    broken: [...sheet.querySelectorAll("pre > code")].filter(code => {
      const lines = code.textContent.trimEnd().split("\\n").length;
      const { lineHeight, paddingTop } = getComputedStyle(code);
      return code.getBoundingClientRect().height > lines * parseFloat(lineHeight) + 2 * parseFloat(paddingTop) + 2;
    }).map(name),
    beyond: document.querySelector(".verified").getBoundingClientRect().bottom > height
      || document.documentElement.scrollWidth > width,
    useless: [...document.querySelectorAll("header.md-header, .md-sidebar, .md-footer, button, .headerlink")].filter(shown).map(name),
  };
}"""


def test_there_is_a_sheet_for_each_layer():
    assert SHEETS == ["bidirectional", "dense", "gru", "lstm", "simple-rnn"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_one_page_and_nothing_is_cut(open_page, sheet):
    tab = open_page(f"reference/cheat-sheets/{sheet}/", scheme="dark")
    for paper, inside in INSIDE.items():
        width, height, room = (round(mm * 96 / 25.4) for mm in (*inside, ROOM))
        assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format=paper))) == 1, paper
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(media="print")
        found = tab.evaluate(LOOK, [width, height - room, SMALLEST])
        assert not {what: which for what, which in found.items() if which}, paper


def test_the_table_of_orders_says_what_the_functions_do(site):
    tree = content_of(read_site(site).tree("reference/cheat-sheets/"))
    rows = {
        row[0].text_content(): [
            re.sub(r"\W|apart|\u0303", "", cell.text_content()) for cell in row[1:3]
        ]
        for row in tree.xpath(".//h2[@id='the-order-of-the-gates']/following::table[1]//tbody/tr")
    }

    def order(array):
        return "".join(name[2:] for name in array.ravel() if name.startswith("W"))

    four, three = packing.names("ifco"), packing.names("zrh", ("b", "b′"))
    before = *three[:2], three[2][0]
    assert rows == {
        "Keras 3, Keras 2": [order(four[0]), order(three[0])],
        "PyTorch": [order(lstm.to_pytorch(*four)[0]), order(gru.to_pytorch(*three)[0])],
        "ONNX": [order(lstm.to_onnx(*four)[0]), order(gru.to_onnx(*three)[0])],
        "TensorFlow 1": [
            order(lstm.to_tensorflow_1(*four)[0]),
            order(np.hstack(gru.to_tensorflow_1(*before)[::2])),
        ],
    }
