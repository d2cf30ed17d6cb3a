"""Recurrences of today: what goes wrong, and what numbers tell of it.

Run `python -m snippets.recurrences_of_today.traps` for the page's output.
"""

import numpy as np

from snippets.layers.rwkv import wkv
from snippets.layers.slstm import plain_slstm_step, slstm, slstm_step
from snippets.recurrences_of_today import rwkv as r

FITS, TOO_LARGE = 88.0, 89.0              # e to the second: no float32
VERY_SHUT = -110.0                        # e to it: 0, even in float32


def unit(z_i, z_f=0.0):
    """Return x, W, U, b, in float32, of a unit with these sums at each step."""
    b = np.array([z_i, z_f, 1.0, 0.0], "float32")        # (4u,)
    x, none = np.zeros((1, 3, 1), "float32"), np.zeros((1, 4), "float32")
    return x, none, none, b


def states(z_i, step):
    """Return its three states h, (N, T, u), by one step or the other."""
    x, W, U, b = unit(z_i)
    return slstm(x, W, U, b, step)[-1]


# --8<-- [start:grows]
def full_at(z_f):
    """Return the step t at which n = e^z_f n + 1 is infinite, in float32."""
    n, f, t = np.float32(1), np.exp(np.float32(z_f)), 0
    while np.isfinite(n):
        n, t = f * n + np.float32(1), t + 1
    return t
# --8<-- [end:grows]


def first_h(z_i, m):
    """Return h of a first step in float32 if m starts as is said."""
    x, W, U, b = unit(z_i, 5.0)
    zero = np.zeros((1, 1), "float32")
    step = slstm_step(x[:, 0], zero, zero, zero, zero + np.float32(m), W, U, b)
    return step[-1].item()


def wrong_wkv(k, v, decay_first):
    """Return wkv (T,) with one of two mistakes: decay first, bonus kept."""
    c = n = 0.0
    means = []
    for k_t, v_t in zip(k, v):
        before = np.exp(-r.w[0] * decay_first)
        now = np.exp(r.beta[0] + k_t)
        c, n = before * c, before * n
        means.append((c + now * v_t) / (n + now))
        after = np.exp(-r.w[0] * (1 - decay_first))
        added = np.exp(k_t) if decay_first else now
        c, n = after * c + added * v_t, after * n + added
    return np.array(means)


def values():
    """Return the values that the page quotes, by name."""
    mini = r.values()
    keys = np.full((1, 3, 1), TOO_LARGE, "float32")
    with np.errstate(over="ignore", invalid="ignore"):
        fits, large = (states(z_i, plain_slstm_step)
                       for z_i in (FITS, TOO_LARGE))
        safe, full = states(TOO_LARGE, slstm_step), full_at(1.0)
        from_zero = first_h(VERY_SHUT, 0)
        infinite = np.isinf(np.exp(keys)).all()
    return {
        "limit": np.log(np.finfo("float32").max), "full": full,
        "limit_64": np.log(np.finfo("float64").max), "steps": full + 1,
        "fits": np.isfinite(fits).all(), "nan": np.isnan(large).all(),
        "safe": safe[0, -1, 0], "from_zero": np.isnan(from_zero),
        "from_none": np.float32(first_h(VERY_SHUT, -np.inf)),
        "infinite": infinite, "wkv_safe": np.isfinite(
            wkv(keys, keys, np.float32(r.w), np.float32(r.beta))).all(),
        "decay_first": wrong_wkv(mini["k"], mini["v"], True),
        "bonus_kept": wrong_wkv(mini["k"], mini["v"], False),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "overflow": ("every h is no number", v["fits"] and v["nan"]),
        "keys": ("infinite in 32 bits", v["infinite"] and v["wkv_safe"]),
        "start": ("0 divided by 0", v["from_zero"]),
    }


def main():
    """Print what each mistake gives in place of the miniature's numbers."""
    v = values()
    for name in ("decay_first", "bonus_kept"):
        print(f"{name:12}", *(f"{number:z8.4f}" for number in v[name]))


if __name__ == "__main__":
    main()
