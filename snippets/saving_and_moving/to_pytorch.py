"""Saving and moving: how far PyTorch is from Keras, both ways and packed.

Run `python -m snippets.saving_and_moving.to_pytorch` for the page's output.
PyTorch is no dependency: measure() needs it.
"""

from importlib.util import find_spec

import keras
import numpy as np

from snippets.recording.measured import NotHere, measured
from snippets.saving_and_moving.model import (
    WEIGHTS, answer, build, by_hand, off, x)

LENGTHS = [4, 2]                                 # of the two sequences


# --8<-- [start:masked]
def masked(model, x, lengths):
    """Return Keras's answers (N, 1), if only `lengths` steps are real."""
    gru, dense = model.layers
    real = np.arange(x.shape[1]) < np.array(lengths)[:, None]  # (N, T)
    return keras.ops.convert_to_numpy(dense(gru(x, mask=real)))
# --8<-- [end:masked]


def measure():
    """Return how far PyTorch is from Keras, right and with mistakes."""
    if not find_spec("torch"):
        raise NotHere("PyTorch is not installed")
    import torch
    from snippets.saving_and_moving import net_torch

    model, floats = build(), np.float32(x)
    net = net_torch.filled(net_torch.Net(2, 3), *map(np.float32, WEIGHTS))
    back = build()
    back.set_weights([0 * w for w in WEIGHTS])
    back.set_weights(net_torch.for_keras(net))
    wide = net_torch.filled(net_torch.Net(2, 3, torch.float64), *WEIGHTS)
    short = masked(model, floats, LENGTHS)
    unswapped = net_torch.filled(
        net_torch.Net(2, 3, torch.float64), *WEIGHTS)
    W, U, b, *_ = WEIGHTS
    for name, array in zip(net_torch.ARRAYS, (W.T, U.T, *b)):
        getattr(unswapped.gru, name).data = torch.tensor(array)
    wrong = net_torch.last_rows(net, x, LENGTHS)
    return {
        "off": off(net_torch.answers(net, x), answer(model)),
        "back": off(answer(back), answer(model)),
        "unswapped": off(net_torch.answers(unswapped, x), answer(model)),
        "packed": off(net_torch.answers(net, x, LENGTHS), short),
        "unpacked": off(net_torch.answers(net, x), short),
        "last_row": off(wrong, short), "last_row_answer": wrong[1, 0],
        "short": short[:, 0],
        "float64": off(net_torch.answers(wide, x), by_hand(x, *WEIGHTS)),
    }


def values():
    """Return the values that the page quotes, by name."""
    short = masked(build(), np.float32(x), LENGTHS)
    found = measured("saving_and_moving.to_pytorch")
    return found | {"masked": short[:, 0], "off_e7": 1e7 * float(found["off"])}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"close": ("within one millionth", max(
        v["off"], v["back"], v["packed"], v["float64"]) < 1e-6)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# off")
    for name, text in (("off", "PyTorch, with Keras's weights"),
                       ("back", "Keras, with PyTorch's"),
                       ("packed", "packed, beside Keras's mask"),
                       ("unswapped", "blocks z, r, h not exchanged"),
                       ("unpacked", "padding read as data"),
                       ("last_row", "output[:, -1], packed")):
        print(f"{text:32}{v[name]:z.4f}")


if __name__ == "__main__":
    main()
