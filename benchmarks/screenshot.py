"""Takes anew the picture that the README shows: the beginning of the home page, its unit at the second step.

python -m benchmarks.screenshot

With the fonts of hooks/fonts/, so it looks alike wherever it is taken.
"""

import base64
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.host import serving
from benchmarks.lighthouse import build
from hooks import cache, node, previews
from tests.site import browsers, tabs

PICTURE = node.ROOT / ".github" / "screenshot.png"
WIDTH = 1280
FONTS = {
    "NotoSans-Regular": "font-family: Noto Sans",
    "NotoSans-SemiBold": "font-family: Noto Sans; font-weight: 600 700",
    "NotoSerif-Regular": "font-family: Noto Serif",
    "NotoSerif-Italic": "font-family: Noto Serif; font-style: italic",
    "NotoSerif-SemiBold": "font-family: Noto Serif; font-weight: 600 700",
}
LOOK = """
:root, body { --md-text-font-family: "Noto Sans" !important; --unrolled-serif: "Noto Serif"; }
.diagram svg { font-family: "Noto Sans"; }
"""


def fonts():
    """The fonts as rules of a stylesheet."""
    for name, font in FONTS.items():
        data = base64.b64encode((previews.FOLDER / f"{name}.ttf").read_bytes()).decode()
        yield f"@font-face {{ {font}; src: url(data:font/ttf;base64,{data}) }}"


def take(address):
    """The picture as PNG, twice as fine as a screen of WIDTH."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browsers.find(), args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 800},
            device_scale_factor=2,
            color_scheme="light",
            reduced_motion="reduce",
            bypass_csp=True,  # the fonts are none of the site's
        )
        page.goto(address)
        page.add_style_tag(content="".join([*fonts(), LOOK]))
        tabs.ready(page)
        page.get_by_role("button", name="step »").click()
        for _ in range(3):  # from the input to the state
            page.get_by_role("button", name="part ›").click()
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        page.evaluate("document.fonts.ready")
        end = page.locator(".hero").bounding_box()
        box = {"x": 0, "y": 0, "width": WIDTH, "height": round(end["y"] + end["height"])}
        picture = page.screenshot(clip=box, animations="disabled")
        browser.close()
    return picture


def main():
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        build(Path(folder), address)
        picture = Image.open(BytesIO(take(address)))
    cache.write(PICTURE, previews.of_few_colours(picture))
    print(f"{PICTURE}: {picture.width} by {picture.height}, {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
