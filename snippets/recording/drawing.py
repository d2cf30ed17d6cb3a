"""Draws figures of data as SVG text: curves, heat maps and scattered points.

Colours are left to the page (docs/assets/stylesheets/unrolled.css), so that
figures follow its light and dark schemes. All positions are rounded, so the
same numbers give the same text on every machine.
"""

import math
from html import escape

WIDTH = 360
LEFT = 46


def _svg(height, title, desc, body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" fill="none" '
        'font-family="system-ui, sans-serif" font-size="13" text-anchor="middle">\n'
        f"  <title>{escape(title)}</title>\n  <desc>{escape(desc)}</desc>\n"
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _label(number):
    return f"{number:.4g}".replace("-", "−")


def curve(lines, x_label, y_label, title, desc, top=None, start=1, low=0, below=False):
    """Return an SVG of curves over 1, 2, 3, ..., or start, start + 1, ...

    lines is {label: list of numbers}, at most three of equal length, drawn from
    low up to top (by default the largest number). The first is solid, the
    second dashed, the third dotted. Labels stand above, or below.
    """
    height, bottom, right = 210, 160, WIDTH - 12
    top = top or max(max(ys) for ys in lines.values())
    body = [f'  <path class="frame" d="M{LEFT} 16V{bottom}H{right}"/>']
    for share in (0, 0.5, 1):
        y = round(bottom - share * (bottom - 24), 1)
        body.append(f'  <path class="grid" d="M{LEFT} {y}H{right}"/>')
        body.append(
            f'  <text class="note" x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end">'
            f"{_label(low + share * (top - low))}</text>"
        )
    count = len(next(iter(lines.values())))
    for x, label in ((LEFT, start), (right - 8, start + count - 1)):
        body.append(f'  <text class="note" x="{x}" y="{bottom + 18}">{label}</text>')
    for number, (label, ys) in enumerate(lines.items(), 1):
        points = " ".join(
            f"{LEFT + (right - LEFT) * i / max(1, count - 1):.1f},{bottom - (y - low) / (top - low) * (bottom - 24):.1f}"
            for i, y in enumerate(ys)
        )
        body.append(f'  <polyline class="curve curve-{number}" points="{points}"/>')
        if len(lines) > 1:
            y = bottom - 8 - 17 * (len(lines) - number) if below else 24 + 17 * number
            body.append(
                f'  <text class="key key-{number}" x="{right}" y="{y}" '
                f'text-anchor="end">{escape(label)}</text>'
            )
    middle = (LEFT + right) // 2
    body.append(f'  <text class="note" x="{middle}" y="{bottom + 36}">{escape(x_label)}</text>')
    body.append(f'  <text class="note" x="6" y="10" text-anchor="start">{escape(y_label)}</text>')
    return _svg(height, title, desc, body)


def heat_map(rows, columns, title, desc, low=0):
    """Return an SVG with a cell for each number of the table rows.

    rows is {label: (tie, numbers)}: `tie` names the array of the numbers, say
    "lstm.h", and each cell is tied to its entry, lstm.h[0], lstm.h[1], ...
    columns are the labels above. Numbers lie between -1 and 1; positive cells
    are filled with one colour, negative ones with another inside a dashed line.
    The fill grows from the size low on.
    """
    side = min(52, (WIDTH - LEFT - 4) // len(columns))
    body = []
    for j, label in enumerate(columns):
        x = LEFT + side * j + side / 2
        body.append(f'  <text class="note" x="{x:g}" y="14">{escape(str(label))}</text>')
    for i, (label, (tie, numbers)) in enumerate(rows.items()):
        y = 22 + 32 * i
        body.append(
            f'  <text class="row" x="{LEFT - 8}" y="{y + 20}" text-anchor="end">{escape(label)}</text>'
        )
        for j, number in enumerate(numbers):
            x = LEFT + side * j
            kind = "cell negative" if number < 0 else "cell"
            fill = min(1, max(0, abs(number) - low) / (1 - low))
            body.append(
                f'  <rect class="{kind}" x="{x}" y="{y}" width="{side - 2}" height="30" '
                f'fill-opacity="{fill * 0.55:.2f}"/>'
                f'<text class="num" x="{x + side / 2 - 1:g}" y="{y + 20}" data-v="{tie}[{j}]">'
                f"{f'{number:z.2f}'.replace('-', '−')}</text>"
            )
    return _svg(22 + 32 * len(rows), title, desc, body)


def bands(lines, x_label, y_label, title, desc, top, level=None):
    """Return an SVG of curves over 1, 2, 3, ..., each inside a band.

    lines is {label: (lowest, middle, highest)}, three lists of equal length: the
    middle is drawn as in curve(), the band from lowest to highest is filled.
    level, if given, is (label, number): a line across at this height.
    """
    height, bottom, right = 230, 180, WIDTH - 12
    count = len(next(iter(lines.values()))[0])

    def place(i, y):
        return (
            f"{LEFT + (right - LEFT) * i / (count - 1):.1f},{bottom - y / top * (bottom - 24):.1f}"
        )

    body = [f'  <path class="frame" d="M{LEFT} 16V{bottom}H{right}"/>']
    for share in (0, 0.5, 1):
        y = round(bottom - share * (bottom - 24), 1)
        body.append(f'  <path class="grid" d="M{LEFT} {y}H{right}"/>')
        body.append(
            f'  <text class="note" x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end">{share * top:.2g}</text>'
        )
    for x, label in ((LEFT, 1), (right - 8, count)):
        body.append(f'  <text class="note" x="{x}" y="{bottom + 18}">{label}</text>')
    for number, (lowest, _, highest) in enumerate(lines.values(), 1):
        edge = [place(i, y) for i, y in enumerate(highest)]
        edge += reversed([place(i, y) for i, y in enumerate(lowest)])
        body.append(f'  <polygon class="band band-{number}" points="{" ".join(edge)}"/>')
    for number, (label, (_, middle, _)) in enumerate(lines.items(), 1):
        points = " ".join(place(i, y) for i, y in enumerate(middle))
        body.append(f'  <polyline class="curve curve-{number}" points="{points}"/>')
        body.append(
            f'  <text class="key key-{number}" x="{right}" y="{24 + 17 * number}" '
            f'text-anchor="end">{escape(label)}</text>'
        )
    if level:
        y = round(bottom - level[1] / top * (bottom - 24), 1)
        body.append(f'  <path class="frame" d="M{LEFT} {y}H{right}"/>')
        body.append(
            f'  <text class="note" x="{LEFT + 6}" y="{y + 17:g}" text-anchor="start">{escape(level[0])}</text>'
        )
    middle = (LEFT + right) // 2
    body.append(f'  <text class="note" x="{middle}" y="{bottom + 36}">{escape(x_label)}</text>')
    body.append(f'  <text class="note" x="6" y="10" text-anchor="start">{escape(y_label)}</text>')
    return _svg(height, title, desc, body)


def scatter(points, x_label, y_label, title, desc):
    """Return an SVG of points (x, y, digit), each drawn as its digit.

    Both axes have the same scale. A digit that would stand on an equal one,
    less than a few units away, is left out.
    """
    right = WIDTH - 12
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
    scale = (right - LEFT - 24) / (max(xs) - min(xs))
    bottom = round(16 + 24 + scale * (max(ys) - min(ys)))
    zero = LEFT + 12 - scale * min(xs), bottom - 12 + scale * min(ys)
    body = [f'  <path class="frame" d="M{LEFT} 16V{bottom}H{right}"/>']
    for tick in range(math.ceil(min(xs)), math.floor(max(xs)) + 1):
        x = round(zero[0] + scale * tick, 1)
        body.append(f'  <path class="grid" d="M{x} {bottom}V{bottom - 6}"/>')
        body.append(
            f'  <text class="note" x="{x}" y="{bottom + 18}">{str(tick).replace("-", "−")}</text>'
        )
    for tick in range(math.ceil(min(ys)), math.floor(max(ys)) + 1):
        y = round(zero[1] - scale * tick, 1)
        body.append(f'  <path class="grid" d="M{LEFT} {y}h6"/>')
        body.append(
            f'  <text class="note" x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end">'
            f"{str(tick).replace('-', '−')}</text>"
        )
    drawn = []
    for x, y, digit in points:
        x, y = round(zero[0] + scale * x), round(zero[1] - scale * y)
        if all(digit != d or abs(x - p) + abs(y - q) > 7 for p, q, d in drawn):
            drawn.append((x, y, digit))
            body.append(f'  <text class="mark mark-{digit}" x="{x}" y="{y + 5}">{digit}</text>')
    middle = (LEFT + right) // 2
    body.append(f'  <text class="note" x="{middle}" y="{bottom + 36}">{escape(x_label)}</text>')
    body.append(f'  <text class="note" x="6" y="10" text-anchor="start">{escape(y_label)}</text>')
    return _svg(bottom + 44, title, desc, body)


def ladder(lines, x, x_label, y_label, title, desc, low, high):
    """Return an SVG of up to six curves over x, with powers of ten upwards.

    lines is {label: (least, middle, most)}: log10 of numbers, one for each x.
    The curve joins the middles; at every third x a bar spans least to most.
    low and high are the lowest and the highest power of ten. Each curve has a
    dash pattern of its own, and its label at its right end.
    """
    top, bottom, right = 24, 254, WIDTH - 88
    step = max(1, round((high - low) / 5))

    def across(value):
        return round(LEFT + (right - LEFT) * (value - x[0]) / (x[-1] - x[0]), 1)

    def up(power):
        return round(bottom - (bottom - top) * (max(low, power) - low) / (high - low), 1)

    body = [f'  <path class="frame" d="M{LEFT} 16V{bottom}H{right}"/>']
    for power in range(high, low - 1, -step):
        name = (
            "1"
            if power == 0
            else f'10<tspan class="sub" dy="-5">{str(power).replace("-", "−")}</tspan>'
        )
        body.append(f'  <path class="grid faint" d="M{LEFT} {up(power):g}H{right}"/>')
        body.append(
            f'  <text class="note" x="{LEFT - 6}" y="{up(power) + 4:g}" text-anchor="end">{name}</text>'
        )
    for value in (x[0], x[-1]):
        body.append(
            f'  <text class="note" x="{across(value):g}" y="{bottom + 18}">{value:g}</text>'
        )
    places = sorted((up(middle[-1]) + 4, label) for label, (_, middle, _) in lines.items())
    for place in range(1, len(places)):  # labels keep clear of each other
        y, label = places[place]
        places[place] = max(y, places[place - 1][0] + 16), label
    below = {label: y - max(0, places[-1][0] - bottom) for y, label in places}
    for number, (label, (least, middle, most)) in enumerate(lines.items(), 1):
        points = " ".join(f"{across(a):g},{up(b):g}" for a, b in zip(x, middle))
        bars = "".join(
            f"M{across(a) + 2 * number - 6:g} {up(b):g}V{up(c):g}"
            for place, (a, b, c) in enumerate(zip(x, least, most))
            if place % 3 == 2 and up(b) != up(c)
        )
        body.append(f'  <polyline class="curve curve-{number}" points="{points}"/>')
        if bars:
            body.append(f'  <path class="range range-{number}" d="{bars}"/>')
        body.append(
            f'  <text class="key key-{number}" x="{right + 6}" y="{below[label]:g}" '
            f'text-anchor="start">{escape(label)}</text>'
        )
    body.append(
        f'  <text class="note" x="{(LEFT + right) // 2}" y="{bottom + 34}">{escape(x_label)}</text>'
    )
    body.append(f'  <text class="note" x="6" y="10" text-anchor="start">{escape(y_label)}</text>')
    return _svg(bottom + 42, title, desc, body)


MARKS = ("a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z", "m0 -4h8v8h-8Z", "l4 -5l4 5l-4 5Z", "m0 4l4 -8l4 8Z")


def marks(rows, groups, x_label, y_label, title, desc):
    """Return an SVG of percentages, 40 to 100: a mark for each number.

    rows is {label: table}: up to four, one below the other, with table[g] the
    few percentages of group g. Each row has a mark of its own: circle, square,
    diamond, triangle. A group's numbers stand side by side, the smallest left.
    """
    right, height = WIDTH - 8, 66
    width = (right - LEFT) / len(groups)
    body = [f'  <text class="note" x="6" y="12" text-anchor="start">{escape(y_label)}</text>']
    for number, (label, table) in enumerate(rows.items(), 1):
        top = 42 + height * (number - 1)
        bottom = top + 36

        def up(percent, bottom=bottom):
            return round(bottom - 36 * (max(40, percent) - 40) / 60, 1)

        body.append(
            f'  <text class="key key-{number}" x="{LEFT}" y="{top - 10}" text-anchor="start">{escape(label)}</text>'
        )
        for percent in (50, 100):
            body.append(f'  <path class="grid faint" d="M{LEFT} {up(percent):g}H{right}"/>')
            body.append(
                f'  <text class="note" x="{LEFT - 6}" y="{up(percent) + 4:g}" text-anchor="end">{percent}</text>'
            )
        drawn = "".join(
            f"M{LEFT + width * g + (width - 8) * (place + 1) / (len(numbers) + 1):.1f} "
            f"{up(percent):g}{MARKS[number - 1]}"
            for g, numbers in enumerate(table)
            for place, percent in enumerate(sorted(numbers))
        )
        body.append(f'  <path class="dot dot-{number}" d="{drawn}"/>')
    for g, group in enumerate(groups):
        left = LEFT + width * g
        body.append(
            f'  <text class="note" x="{left + width / 2:g}" y="{bottom + 24}">{group}</text>'
        )
        body.append(f'  <path class="grid faint" d="M{left:g} 22V{bottom + 6}"/>')
    body.append(
        f'  <text class="note" x="{(LEFT + right) / 2:g}" y="{bottom + 42}">{escape(x_label)}</text>'
    )
    return _svg(bottom + 50, title, desc, body)
