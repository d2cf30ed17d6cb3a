"""The films of a moving dot, what is known and what is new, the models and their training."""

import numpy as np
import pytest

from snippets.convlstm import films as part


def test_the_films_are_all_that_stay_inside():
    films = part.make_films()
    moves = np.diff(films, axis=1)
    assert (moves == moves[:, :1]).all() and abs(moves).max() == 1
    # 8 starts along an axis without a move, 5 with one, either way.
    assert len(films) == (8 + 2 * 5) ** 2 == part.values()["films"]
    assert len(np.unique(films.reshape(len(films), -1), axis=0)) == len(films)


def test_frames_have_one_dot_each_and_the_answer_is_the_next_place():
    films = part.make_films()
    frames, answer = part.draw(films), part.next_place(films)
    assert frames.shape == (324, 3, 8, 8, 1) and (frames.sum((2, 3, 4)) == 1).all()
    at = np.argmax(frames.reshape(len(films), 3, 64), axis=-1)
    assert (answer == 2 * at[:, 2] - at[:, 1]).all()  # so the frames say it


def test_what_is_new_was_not_trained_on():
    films = part.make_films()
    halves = part.parts(films)
    known, new = ({tuple(path.ravel()) for path in some} for some in halves["half"])
    assert not known & new and len(known | new) == len(films)
    left, right = halves["left"]
    assert left[..., 1].max() == 3 and right[..., 1].min() == 4
    mirrored = {tuple((path + [0, 4]).ravel()) for path in left}
    assert mirrored == {tuple(path.ravel()) for path in right}


def test_counts_and_the_baseline():
    values = part.values()
    assert values["conv_8"] == 4 * 8 * (9 * 9 + 1) + 9 * 8 + 1
    for u in (8, 32):
        assert values[f"flat_{u}"] == 4 * u * (64 + u + 1) + 64 * (u + 1)
    assert values["repeat"] == pytest.approx(100 * 64 / 324)


def test_training_lowers_the_loss_and_right_counts():
    films = part.make_films()[:32]
    model = part.train(part.conv_model, 2, films, seed=1, epochs=1)
    assert model.count_params() == 4 * 2 * (9 * 3 + 1) + 9 * 2 + 1

    class Knows:
        def predict(self, frames, verbose):
            return np.eye(64)[part.next_place(films)]

    assert part.right(Knows(), films) == 100
    assert part.right(Knows(), films[[1, 0]].repeat(16, 0)) < 10


def test_the_film_that_is_shown(capsys):
    part.main()
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.index("#") for row in rows[1:5]] == [0, 12, 24, 36]  # one down, one right
    assert sum(row.count("#") for row in rows) == 4
