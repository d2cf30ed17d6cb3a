# ---
# title: Every kind
# date: 2026-11-22
# description: A notebook that shows every kind of output.
# ---

# %% [markdown]
# # Every kind
#
# ## Text

# %%
# print
print("printed", 1 / 3)
"and a value"

# %%
# overprinted
import sys

print("chatter \x1b[1;31min colour\x1b[0m", file=sys.stderr)
print("step 1\rstep 2\x083 of 3", end=" ")
print("\x1b[32mdone\x1b[0m\na\tb")

# %%
# hostile
print(
    '```\n# no heading\n````\n<!-- more -->\n--8<-- "time_distributed/model.py:train"\n;--8<-- "x"\n--8<--\n'
    '# --8<-- [start:x]\n[1.5]{data-v="no.such"} $x$ <script>alert(1)</script>\n---\n\n'
    "/// html | script\n</code></pre> (1)"
    "!"
)

# %% [markdown]
# ## Tables and words

# %%
# frame
from IPython.display import HTML, SVG, Image, Latex, Markdown, Math, display

FRAME = """<div>
<style scoped>
    .dataframe tbody tr th { vertical-align: top; }
</style>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;"><th></th><th>name</th><th halign="left">loss</th><th>right</th></tr>
  </thead>
  <tbody>
    <tr><th>0</th><td>LSTM &lt;3</td><td>0.1234</td><td>**98.5**</td></tr>
    <tr><th>1</th><td>GRU</td><td>0.2345</td><td>7.0</td></tr>
  </tbody>
</table>
<p>2 rows × 3 columns</p>
</div>"""
display({"text/html": FRAME, "text/plain": "not this"}, raw=True)

# %%
# wide
HTML("<table><tr>" + "<td>0.1234</td>" * 30 + "</tr></table>")

# %%
# markdown
Markdown(
    "The loss is **0.1234**, and $h_t$ is [typeset](https://example.com/).\n\n"
    "- one\n- two\n\n| a | b |\n|---|---:|\n| 1 | 2 |\n\n```python\nx = 1\n```"
)

# %%
# words
HTML("<p>A <b>bold</b> word.</p>\n<ul>\n\n<li>one</li></ul><pre>a\n  b</pre>")

# %%
# rich
HTML(
    '<pre style="color: red">┏━━━━┓\n┃ <span style="font-weight: bold">is</span> ┃\n┗━━━━┛</pre>\n'
)

# %% [markdown]
# ## Equations and pictures

# %%
# latex
display(Math(r"h_t = \tanh(x_t W + h_{t-1} U + b)"))
Latex(r"$\displaystyle \frac{1}{2}$")

# %% alt=["A red bar.", "A circle"]
# pictures
import struct
import zlib


def picture(colour, width):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, 60, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(colour) * width) * 60)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


DRAWING = """<?xml version="1.0"?><!-- a comment -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 100">
<defs><marker id="sources"/></defs>
<circle cx="50" cy="50" r="40" fill="currentColor" marker-end="url(#sources)"/>

<text x="120" y="50" fill="currentColor">a circle</text></svg>"""
display(Image(picture([255, 0, 0], width=800)))
print("between")
display(SVG(DRAWING))
Image(picture([0, 0, 255], width=60), alt="A blue square.")

# %% [markdown]
# ## Sources
#
# - None.
