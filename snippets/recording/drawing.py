"""Draws figures of data as SVG text: curves, heat maps, scattered points and marks.

Colours are left to the page (docs/assets/stylesheets/unrolled.css), so that
figures follow its light and dark schemes. All positions are rounded, so the
same numbers give the same text on every machine.
"""

import math
from html import escape
from itertools import count

WIDTH, LEFT, RIGHT = 360, 46, 348
MARKS = ("a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z", "m0 -4h8v8h-8Z", "l4 -5l4 5l-4 5Z", "m0 4l4 -8l4 8Z")


def _place(number):
    return f"{round(number, 1):g}"


def _label(number, digits=".4g"):
    return f"{number:{digits}}".replace("-", "−")


def _text(kind, x, y, words, anchor="", power=""):
    anchor = anchor and f' text-anchor="{anchor}"'
    power = power and f'<tspan class="sub" dy="-5">{power}</tspan>'
    place = f'x="{_place(x)}" y="{_place(y)}"'
    return f'  <text class="{kind}" {place}{anchor}>{escape(str(words))}{power}</text>'


def _svg(height, title, desc, body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="data" viewBox="0 0 {WIDTH} {height}" fill="none" '
        'font-family="system-ui, sans-serif" font-size="13" text-anchor="middle">\n'
        f"  <title>{escape(title)}</title>\n  <desc>{escape(desc)}</desc>\n"
        + "\n".join(body)
        + "\n</svg>\n"
    )


class Axes:
    """A rectangle for numbers from low to high, (x, y) each, and all that is drawn so far."""

    def __init__(self, low, high, bottom, top=24, right=RIGHT):
        self.low, self.high = low, high
        self.bottom, self.top, self.right = bottom, top, right
        self.body = []

    def at(self, x, y):
        """Return the place of a point in the drawing. What lies too low is drawn at the bottom."""
        across = (x - self.low[0]) / (self.high[0] - self.low[0])
        up = (max(y, self.low[1]) - self.low[1]) / (self.high[1] - self.low[1])
        return LEFT + across * (self.right - LEFT), self.bottom - up * (self.bottom - self.top)

    def line(self, kind, places, end=""):
        """Join places by a line."""
        joined = " ".join(f"{_place(x)},{_place(y)}" for x, y in places)
        self.body.append(f'  <path class="{kind}" d="M{joined}{end}"/>')

    def text(self, *words):
        """Write words as _text does."""
        self.body.append(_text(*words))

    def frame(self):
        """Draw the lines to the left and below."""
        self.line("frame", [(LEFT, 16), (LEFT, self.bottom), (self.right, self.bottom)])

    def level(self, y, label, power="", kind="grid", end=None):
        """Draw a line across at a height, and write its label to the left."""
        _, up = self.at(self.low[0], y)
        self.line(kind, [(LEFT, up), (end or self.right, up)])
        self.text("note", LEFT - 6, up + 4, label, "end", power)

    def below(self, place, label):
        """Write below the frame."""
        self.text("note", place, self.bottom + 18, label)

    def svg(self, x_label, y_label, title, desc):
        """Return the drawing with what its axes are."""
        self.text("note", (LEFT + self.right) / 2, self.bottom + 36, x_label)
        self.text("note", 6, 10, y_label, "start")
        return _svg(self.bottom + 44, title, desc, self.body)


def _curves(lines, bottom, top, start=1, low=0, below=False, bands=()):
    last = start + len(next(iter(lines.values()))) - 1
    axes = Axes((start, low), (last, top), bottom)
    axes.frame()
    for y in (low, (low + top) / 2, top):
        axes.level(y, _label(y))
    axes.below(LEFT, start)
    axes.below(RIGHT - 8, last)
    for number, (lowest, highest) in enumerate(bands, 1):
        edge = [*enumerate(highest, start), *reversed(list(enumerate(lowest, start)))]
        axes.line(f"band band-{number}", [axes.at(x, y) for x, y in edge], "Z")
    first = bottom + 9 - 17 * len(lines) if below else 41
    for number, (label, ys) in enumerate(lines.items(), 1):
        axes.line(f"curve curve-{number}", [axes.at(x, y) for x, y in enumerate(ys, start)])
        if len(lines) > 1:
            left = below == "left"
            place = (LEFT + 8, "start") if left else (RIGHT, "end")
            axes.text(f"key key-{number}", place[0], first + 17 * (number - 1), label, place[1])
    return axes


def curve(lines, x_label, y_label, title, desc, top=None, start=1, low=0, below=False):
    """Return an SVG of curves over 1, 2, 3, ..., or start, start + 1, ...

    lines is {label: list of numbers}, at most three of equal length, drawn from
    low up to top (by default the largest number). The first is solid, the
    second dashed, the third dotted. Labels stand above, or below, or below on the left ("left").
    """
    top = top or max(max(ys) for ys in lines.values())
    return _curves(lines, 160, top, start, low, below).svg(x_label, y_label, title, desc)


def bands(lines, x_label, y_label, title, desc, top, level=None, start=1, below=False):
    """Return an SVG of curves over 1, 2, 3, ..., or start, start + 1, ..., each inside a band.

    lines is {label: (lowest, middle, highest)}, three lists of equal length: the
    middle is drawn as in curve(), the band from lowest to highest is filled.
    level, if given, is (label, number): a line across at this height.
    """
    middles = {label: middle for label, (_, middle, _) in lines.items()}
    edges = [(lowest, highest) for lowest, _, highest in lines.values()]
    axes = _curves(middles, 180, top, start, below=below, bands=edges)
    if level:
        _, y = axes.at(start, level[1])
        axes.line("frame", [(LEFT, y), (RIGHT, y)])
        axes.text("note", LEFT + 6, y + 17, level[0], "start")
    return axes.svg(x_label, y_label, title, desc)


def scatter(points, x_label, y_label, title, desc):
    """Return an SVG of points (x, y, digit), each drawn as its digit.

    Both axes have the same scale. A digit that would stand on an equal one,
    less than a few units away, is left out.
    """
    xs, ys, _ = zip(*points)
    unit = (RIGHT - LEFT - 24) / (max(xs) - min(xs))
    low = min(xs) - 12 / unit, min(ys) - 12 / unit
    high = max(xs) + 12 / unit, max(ys) + 12 / unit
    height = unit * (high[1] - low[1])
    bottom = round(16 + height)
    axes = Axes(low, high, bottom, top=bottom - height)
    axes.frame()
    for tick in range(math.ceil(min(xs)), math.floor(max(xs)) + 1):
        x, _ = axes.at(tick, 0)
        axes.line("grid", [(x, bottom), (x, bottom - 6)])
        axes.below(x, _label(tick))
    for tick in range(math.ceil(min(ys)), math.floor(max(ys)) + 1):
        axes.level(tick, _label(tick), end=LEFT + 6)
    drawn = []
    for x, y, digit in points:
        x, y = map(round, axes.at(x, y))
        if all(digit != d or abs(x - p) + abs(y - q) > 7 for p, q, d in drawn):
            drawn.append((x, y, digit))
            axes.text(f"mark mark-{digit}", x, y + 5, digit)
    return axes.svg(x_label, y_label, title, desc)


def ladder(lines, x, x_label, y_label, title, desc, low, high):
    """Return an SVG of up to six curves over x, with powers of ten upwards.

    lines is {label: (least, middle, most)}: log10 of numbers, one for each x.
    The curve joins the middles; at every third x a bar spans least to most.
    low and high are the lowest and the highest power of ten. Each curve has a
    dash pattern of its own, and its label at its right end.
    """
    axes = Axes((x[0], low), (x[-1], high), 254, right=272)
    axes.frame()
    for power in range(high, low - 1, -max(1, round((high - low) / 5))):
        axes.level(power, 10 if power else 1, _label(power) if power else "", "grid faint")
    axes.below(LEFT, _label(x[0]))
    axes.below(axes.right, _label(x[-1]))
    ends = {label: axes.at(x[-1], middle[-1])[1] + 4 for label, (_, middle, _) in lines.items()}
    last = 0
    for y, label in sorted((y, label) for label, y in ends.items()):
        last = ends[label] = max(y, last + 16)  # labels keep clear of each other
    for number, (label, (least, middle, most)) in enumerate(lines.items(), 1):
        axes.line(f"curve curve-{number}", map(axes.at, x, middle))
        for bar in list(zip(map(axes.at, x, least), map(axes.at, x, most)))[2::3]:
            axes.line(f"range range-{number}", [(place + 2 * number - 6, y) for place, y in bar])
        y = ends[label] - max(0, last - axes.bottom)
        axes.text(f"key key-{number}", axes.right + 6, y, label, "start")
    return axes.svg(x_label, y_label, title, desc)


def marks(rows, groups, x_label, y_label, title, desc, chance=50):
    """Return an SVG of percentages, from a little below chance to 100: a mark for each number.

    rows is {label: table}: up to four, one below the other, with table[g] the
    few percentages of group g. Each row has a mark of its own: circle, square,
    diamond, triangle. A group's numbers stand side by side, the smallest left.
    """
    axes = Axes((0, chance - 10), (len(groups), 100), 0, right=352)
    width = (axes.right - LEFT) / len(groups)
    for number, (label, table) in enumerate(rows.items(), 1):
        axes.bottom = 66 * number + 12
        axes.top = axes.bottom - 36
        axes.text(f"key key-{number}", LEFT, axes.top - 10, label, "start")
        for percent in (chance, 100):
            axes.level(percent, percent, kind="grid faint")
        drawn = ""
        for g, numbers in enumerate(table):
            for place, percent in enumerate(sorted(numbers), 1):
                x, y = axes.at(g, percent)
                x += (width - 8) * place / (len(numbers) + 1)
                drawn += f"M{_place(x)} {_place(y)}{MARKS[number - 1]}"
        axes.body.append(f'  <path class="dot dot-{number}" d="{drawn}"/>')
    axes.bottom += 6
    for g, group in enumerate(groups):
        left = LEFT + width * g
        axes.below(left + width / 2, group)
        axes.line("grid faint", [(left, 22), (left, axes.bottom)])
    return axes.svg(x_label, y_label, title, desc)


def heat_map(rows, columns, title, desc, low=0):
    """Return an SVG with a cell for each number of the table rows.

    rows is {label: (tie, numbers)}: `tie` names the array of the numbers, say
    "lstm.h", and each cell is tied to its entry, lstm.h[0], lstm.h[1], ...
    columns are the labels above. Numbers lie between -1 and 1; positive cells
    are filled with one colour, negative ones with another inside a dashed line.
    The fill grows from the size low on.
    """
    side = min(52, (WIDTH - LEFT - 4) // len(columns))
    body = [_text("note", LEFT + side * (j + 0.5), 14, label) for j, label in enumerate(columns)]
    for y, (label, (tie, numbers)) in zip(count(22, 32), rows.items()):
        body.append(_text("row", LEFT - 8, y + 20, label, "end"))
        for j, number in enumerate(numbers):
            x = LEFT + side * j
            kind = "cell negative" if number < 0 else "cell"
            fill = 0.55 * min(1, max(0, abs(number) - low) / (1 - low))
            body.append(
                f'  <rect class="{kind}" x="{x}" y="{y}" width="{side - 2}" height="30" '
                f'fill-opacity="{fill:.2f}"/>'
                f'<text class="num" x="{x + side / 2 - 1:g}" y="{y + 20}" data-v="{tie}[{j}]">'
                f"{_label(number, 'z.2f')}</text>"
            )
    return _svg(22 + 32 * len(rows), title, desc, body)
