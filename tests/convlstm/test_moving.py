"""The moving dot: films, baselines and counts; and what the trainings gave."""

import numpy as np
import pytest

from snippets.convlstm import moving
from snippets.recording.measured import measured


@pytest.mark.claim
def test_the_conv_lstm_finds_the_next_place_and_the_flat_lstm_does_not():
    found = measured("convlstm.moving")
    for part, least in (("half", 97), ("left", 90)):
        assert found[f"conv_8_{part}"].min() > least
        for name in ("flat_8", "flat_32"):
            assert found[f"{name}_{part}"][:, 1].max() < 5
    assert found["flat_32_half"][:, 0].min() > 95  # it has learned by heart
    assert found["flat_32_left"][:, 0].min() > 95


def test_the_films_are_all_that_stay_inside():
    films = moving.make_films()
    moves = np.diff(films, axis=1)
    assert (moves == moves[:, :1]).all() and abs(moves).max() == 1
    # 8 starts along an axis without a move, 5 with one, either way.
    assert len(films) == (8 + 2 * 5) ** 2 == moving.values()["films"]
    assert len(np.unique(films.reshape(len(films), -1), axis=0)) == len(films)


def test_frames_have_one_dot_each_and_the_answer_is_the_next_place():
    films = moving.make_films()
    frames, answer = moving.draw(films), moving.next_place(films)
    assert frames.shape == (324, 3, 8, 8, 1) and (frames.sum((2, 3, 4)) == 1).all()
    at = np.argmax(frames.reshape(len(films), 3, 64), axis=-1)
    assert (answer == 2 * at[:, 2] - at[:, 1]).all()  # so the frames say it


def test_what_is_new_was_not_trained_on():
    films = moving.make_films()
    parts = moving.parts(films)
    known, new = ({tuple(path.ravel()) for path in part} for part in parts["half"])
    assert not known & new and len(known | new) == len(films)
    left, right = parts["left"]
    assert left[..., 1].max() == 3 and right[..., 1].min() == 4
    mirrored = {tuple((path + [0, 4]).ravel()) for path in left}
    assert mirrored == {tuple(path.ravel()) for path in right}


def test_counts_and_the_baseline():
    values = moving.values()
    assert values["conv_8_parameters"] == 4 * 8 * (9 * 9 + 1) + 9 * 8 + 1
    for u in (8, 32):
        assert values[f"flat_{u}_parameters"] == 4 * u * (64 + u + 1) + 64 * (u + 1)
    assert values["repeat"] == pytest.approx(100 * 64 / 324)


def test_training_lowers_the_loss_and_right_counts():
    films = moving.make_films()[:32]
    model = moving.train(moving.conv_model, 2, films, seed=1, epochs=1)
    assert model.count_params() == 4 * 2 * (9 * 3 + 1) + 9 * 2 + 1

    class Knows:
        def predict(self, frames, verbose):
            return np.eye(64)[moving.next_place(films)]

    assert moving.right(Knows(), films) == 100
    assert moving.right(Knows(), films[[1, 0]].repeat(16, 0)) < 10


def test_claims_follow_the_values():
    values = moving.values()
    assert all(true for _, true in moving.claims(values).values())
