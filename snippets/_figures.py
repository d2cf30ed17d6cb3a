"""Draws figures of data as SVG text: curves and heat maps.

Colours are left to the page (docs/assets/stylesheets/unrolled.css), so that
figures follow its light and dark schemes. All positions are rounded, so the
same numbers give the same text on every machine.
"""

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


def _short(number):
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


def curve(lines, x_label, y_label, title, desc, top=None, start=1):
    """Return an SVG of curves over 1, 2, 3, ..., or start, start + 1, ...

    lines is {label: list of numbers}, at most three of equal length, drawn from
    zero up to top (by default the largest number). The first is solid, the
    second dashed, the third dotted.
    """
    height, bottom, right = 210, 160, WIDTH - 12
    top = top or max(max(ys) for ys in lines.values())
    body = [f'  <path class="frame" d="M{LEFT} 16V{bottom}H{right}"/>']
    for share in (0, 0.5, 1):
        y = round(bottom - share * (bottom - 24), 1)
        body.append(f'  <path class="grid" d="M{LEFT} {y}H{right}"/>')
        body.append(
            f'  <text class="note" x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end">{_short(share * top)}</text>'
        )
    count = len(next(iter(lines.values())))
    for x, label in ((LEFT, start), (right - 8, start + count - 1)):
        body.append(f'  <text class="note" x="{x}" y="{bottom + 18}">{label}</text>')
    for number, (label, ys) in enumerate(lines.items(), 1):
        points = " ".join(
            f"{LEFT + (right - LEFT) * i / max(1, count - 1):.1f},{bottom - y / top * (bottom - 24):.1f}"
            for i, y in enumerate(ys)
        )
        body.append(f'  <polyline class="curve curve-{number}" points="{points}"/>')
        if len(lines) > 1:
            body.append(
                f'  <text class="key key-{number}" x="{right}" y="{24 + 17 * number}" '
                f'text-anchor="end">{escape(label)}</text>'
            )
    middle = (LEFT + right) // 2
    body.append(f'  <text class="note" x="{middle}" y="{bottom + 36}">{escape(x_label)}</text>')
    body.append(f'  <text class="note" x="6" y="10" text-anchor="start">{escape(y_label)}</text>')
    return _svg(height, title, desc, body)


def heat_map(rows, columns, title, desc):
    """Return an SVG with a cell for each number of the table rows.

    rows is {label: (tie, numbers)}: `tie` names the array of the numbers, say
    "lstm.h", and each cell is tied to its entry, lstm.h[0], lstm.h[1], ...
    columns are the labels above. Numbers lie between -1 and 1; positive cells
    are filled with one colour, negative ones with another inside a dashed line.
    """
    side = min(52, (WIDTH - LEFT - 4) // len(columns))
    body = []
    for j, label in enumerate(columns):
        x = LEFT + side * j + side / 2
        body.append(f'  <text class="note" x="{x:g}" y="14">{escape(str(label))}</text>')
    for i, (label, (tie, numbers)) in enumerate(rows.items()):
        y = 22 + 32 * i
        body.append(f'  <text class="row" x="{LEFT - 8}" y="{y + 20}" text-anchor="end">{escape(label)}</text>')
        for j, number in enumerate(numbers):
            x = LEFT + side * j
            kind = "cell negative" if number < 0 else "cell"
            body.append(
                f'  <rect class="{kind}" x="{x}" y="{y}" width="{side - 2}" height="30" '
                f'fill-opacity="{min(1, abs(number)) * 0.55:.2f}"/>'
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
        return f"{LEFT + (right - LEFT) * i / (count - 1):.1f},{bottom - y / top * (bottom - 24):.1f}"

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
