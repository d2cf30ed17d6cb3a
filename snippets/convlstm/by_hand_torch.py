"""ConvLSTM in PyTorch, which has no such layer: put together of conv2d.

Run `python -m snippets.convlstm.by_hand_torch` to see the miniature's last map.
"""

# --8<-- [start:program]
import torch
from torch.nn.functional import conv2d


def conv_lstm(x, W, U, b):
    """Return the last state (N, u, rows, cols) of films (N, T, m, rows, cols).

    W (k, k, m, 4u), U (k, k, u, 4u), b (4u,) are Keras's arrays, as tensors.
    """
    W, U = W.permute(3, 2, 0, 1), U.permute(3, 2, 0, 1)  # (4u, m, k, k), …
    h = c = x.new_zeros(len(x), U.shape[1], *x.shape[3:])
    for frame in x.unbind(1):                            # (N, m, rows, cols)
        z = (conv2d(frame, W, b, padding="same")
             + conv2d(h, U, padding="same"))             # (N, 4u, rows, cols)
        i, f, c_new, o = z.chunk(4, dim=1)               # (N, u, rows, cols)
        c = f.sigmoid() * c + i.sigmoid() * c_new.tanh()
        h = o.sigmoid() * c.tanh()
    return h
# --8<-- [end:program]


def main():
    """Print the last map of the miniature's film."""
    from snippets.convlstm import miniature

    W, U, b = map(torch.tensor, (miniature.W, miniature.U * 1.0, miniature.b))
    film = torch.tensor(miniature.x)[None].movedim(-1, 2)
    print(conv_lstm(film, W, U, b)[0, 0])


if __name__ == "__main__":
    main()
