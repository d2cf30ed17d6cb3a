"""Recurrences of today: what goes wrong, and what numbers tell of it.

Run `python -m snippets.recurrences_of_today.traps`.
"""

import numpy as np

from snippets.layers.rwkv import wkv
from snippets.layers.selective import selective
from snippets.layers.slstm import plain_slstm_step, slstm, slstm_step
from snippets.recurrences_of_today import rwkv as r
from snippets.recurrences_of_today import selective as s

LAST, TOO_LARGE = 88.7, 88.8              # e to the second: no float32


# --8<-- [start:gates]
def unit(z_i, z_f):
    """Return x, W, U, b, in float32, of a unit with these sums at each step."""
    b = np.array([z_i, z_f, 1.0, 0.0], "float32")        # (4u,)
    x, none = np.zeros((1, 3, 1), "float32"), np.zeros((1, 4), "float32")
    return x, none, none, b
# --8<-- [end:gates]


# --8<-- [start:exponential]
def grows(z_f, T=200):
    """Return the first step t at which n = e^z_f n + 1 is infinite."""
    n, f = np.float32(0), np.exp(np.float32(z_f))
    for t in range(T):
        n = f * n + np.float32(1)
        if np.isinf(n):
            return t
    return None
# --8<-- [end:exponential]


def from_zero(z_i):
    """Return h of a first step, float32, when m starts at 0, not at -inf."""
    x, W, U, b = unit(z_i, 5.0)
    zero = np.zeros((1, 1), "float32")
    return slstm_step(x[:, 0], zero, zero, zero, zero, W, U, b)[-1].item()


def wkv_with(k, v, decay_first=False, bonus_always=False):
    """Return wkv (T,), with one of two mistakes made."""
    c = n = 0.0
    means = []
    for k_t, v_t in zip(k, v):
        if decay_first:
            c, n = np.exp(-r.w) * c, np.exp(-r.w) * n
        now = np.exp(r.beta + k_t)
        means.append((c + now * v_t) / (n + now))
        add = now if bonus_always else np.exp(k_t)
        keep = 1 if decay_first else np.exp(-r.w)
        c, n = keep * c + add * v_t, keep * n + add
    return np.ravel(means)


def values():
    """Return the values that the page quotes, by name."""
    mini = r.values()
    v, delta, B, C = s.parts(s.x)
    raw = s.x @ s.W_delta + s.b_delta                    # no softplus
    held = (np.exp(delta[..., None] * s.A) - 1) / s.A    # (N, T, u, d)
    with np.errstate(over="ignore", invalid="ignore"):
        plain = [slstm(*unit(z_i, -5.0), step=plain_slstm_step)[-1]
                 for z_i in (LAST, TOO_LARGE)]
        safe = slstm(*unit(TOO_LARGE, -5.0))[-1]
        zero = [from_zero(z_i) for z_i in (-80.0, -110.0)]
        steps = grows(1.0)
        keys = np.full((1, 2, 1), TOO_LARGE, "float32")
        too_large = np.exp(keys)
    h, held_y = np.zeros((1, 1, 2)), []
    for t in range(3):
        h = np.exp(delta[:, t, :, None] * s.A) * h \
            + held[:, t] * B[:, t, None] * v[:, t, :, None]
        held_y.append(((h * C[:, t, None]).sum(-1) + s.D * v[:, t]).item())
    return {
        "LIMIT": np.log(np.finfo("float32").max),
        "LIMIT_64": np.log(np.finfo("float64").max),
        "plain_last": bool(np.isfinite(plain[0]).all()),
        "plain_large": bool(np.isnan(plain[1]).all()),
        "safe_large": bool(np.isfinite(safe).all()),
        "steps": steps, "safe_h": safe[0, 0, 0],
        "zero_ok": bool(np.isfinite(zero[0])), "zero_nan": bool(
            np.isnan(zero[1])),
        "keys_inf": bool(np.isinf(too_large).all()),
        "keys_safe": bool(np.isfinite(wkv(keys, keys, r.w, r.beta)).all()),
        "decay_first": wkv_with(mini["k"], mini["v"], decay_first=True),
        "bonus_always": wkv_with(mini["k"], mini["v"], bonus_always=True),
        "no_softplus": selective(v, raw, B, C, s.A, s.D)[2][0, :, 0],
        "no_delta": selective(v / delta, delta, B, C, s.A, 0 * s.D)[2][0, :, 0]
        + s.D * s.x[0, :, 0],
        "positive": selective(v, delta, B, C, -s.A, s.D)[2][0, :, 0],
        "held": np.array(held_y),
    }
