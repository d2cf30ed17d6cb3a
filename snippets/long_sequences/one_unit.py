"""Long sequences: one step back through one unit of an LSTM, and of a GRU.

Run `python -m snippets.long_sequences.one_unit` for the output of the page.
The units are those of the miniatures of Part D and Part E, at their step 2.
"""

import numpy as np

from snippets.gru import miniature as part_e
from snippets.layers.gru import gru, gru_step
from snippets.layers.lstm import lstm, lstm_step
from snippets.lstm import miniature as part_d

NUDGE = 0.01


def lstm_step_back(x, h, c):
    """Return dc/dc, dc/dh, dh/dc, dh/dh of one step, and the ways of dc/dh."""
    U_i, U_f, U_c, U_o = part_d.U[0]
    step = lstm_step(x, h, c, part_d.W, part_d.U, part_d.b)
    i, f, c_new, o, c_t, h_t = (number.item() for number in step)
    by_i = c_new * i * (1 - i) * U_i             # h moves i, i moves c
    by_f = c.item() * f * (1 - f) * U_f
    by_c = i * (1 - c_new**2) * U_c
    cc = f                                       # the straight way
    ch = by_i + by_f + by_c
    shown = o * (1 - np.tanh(c_t)**2)            # c moves h
    by_o = np.tanh(c_t) * o * (1 - o) * U_o      # h moves o, o moves h
    return cc, ch, shown * cc, by_o + shown * ch, (by_i, by_f, by_c, by_o)


def gru_step_back(x, h):
    """Return dh/dh of one step, and its four ways: z kept, by z, r, h~."""
    U_z, U_r, U_h = part_e.U[0]
    step = gru_step(x, h, part_e.W, part_e.U, part_e.b)
    z, r, h_new, h_t = (number.item() for number in step)
    q = h.item() * U_h + part_e.b[1, 2]          # what r is multiplied by
    slope = (1 - z) * (1 - h_new**2)             # the sum of h~ moves h
    by_z = (h.item() - h_new) * z * (1 - z) * U_z
    by_r = slope * q * r * (1 - r) * U_r
    by_h = slope * r * U_h
    return z + by_z + by_r + by_h, (z, by_z, by_r, by_h)


def values():
    """Return the values that the page quotes, by name."""
    cells, states = lstm(part_d.x[None], part_d.W, part_d.U, part_d.b)[4:, 0]
    x, h, c = part_d.x[2], states[1], cells[1]   # step 2 reads these, (1,)
    cc, ch, hc, hh, ways = lstm_step_back(x, h, c)

    def after(h, c):
        return np.concatenate(
            lstm_step(x, h, c, part_d.W, part_d.U, part_d.b)[4:])

    tanh_c = np.tanh(cells[2, 0])
    before = gru(part_e.x, part_e.W, part_e.U, part_e.b)[3, 0, 1]   # (1,)
    x_e = part_e.x[0, 2]
    J, gru_ways = gru_step_back(x_e, before)
    nudged, plain = (gru_step(x_e, h, part_e.W, part_e.U, part_e.b)[3]
                     for h in (before + NUDGE, before))
    return {
        "cc": cc, "ch": ch, "hc": hc, "hh": hh, "ways": np.array(ways),
        "shown": hc / cc, "slope_c": 1 - tanh_c**2,
        "change_c": after(h, c + NUDGE) - after(h, c),   # of c, of h
        "change_h": after(h + NUDGE, c) - after(h, c),
        "foretold_c": NUDGE * np.array([cc, hc]),
        "foretold_h": NUDGE * np.array([ch, hh]),
        "J": J, "gru_ways": np.array(gru_ways),
        "gru_change": (nudged - plain).item(), "gru_foretold": NUDGE * J,
    }


def main():
    """Print the four ways through the unit of the GRU."""
    v = values()
    print("# gru")
    for name, way in zip(("kept", "by z", "by r", "by h~"), v["gru_ways"]):
        print(f"{name:6} {way:z7.4f}")
    print(f"dh_2/dh_1 = {v['J']:z.4f}")


if __name__ == "__main__":
    main()
