"""Reading, rounding and finding tied numbers. Expected values are written out."""

import json
from decimal import Decimal

import pytest

from hooks import ties


@pytest.fixture
def root(tmp_path):
    """A project with one record and no pages."""
    folder = tmp_path / "snippets" / "recorded"
    folder.mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    values = {
        "c": {"dtype": "float64", "value": [0.28764, -0.5, 1e-12]},
        "near": {"dtype": "float32", "value": 0.12344951},
        "n": {"dtype": "int64", "value": 57},
    }
    (folder / "lstm.json").write_text(json.dumps(values))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("lstm.c[0]", "0.2876", True),
        ("lstm.c[0]", "0.288", True),
        ("lstm.c[0]", ".2876", True),
        ("lstm.c[0]", "0.2877", False),
        ("lstm.c[0]", "0.29", True),
        ("lstm.c[0]", "0.28", False),  # cut off, not rounded
        ("lstm.c[1]", "−0.50", True),
        ("lstm.c[1]", "-0.50", True),
        ("lstm.c[1]", "0.50", False),
        ("lstm.c[2]", "0.0000", True),
        ("lstm.n", "57", True),
        ("lstm.n", "58", False),
        ("lstm.n", "about 57", False),
    ],
)
def test_only_the_correct_rounding_is_accepted(root, name, text, right):
    assert (ties.fault(root, name, text) is None) == right


def test_a_fault_says_the_value_and_the_right_digits(root):
    wrong = ties.fault(root, "lstm.c[1]", "−0.51")
    assert wrong == "lstm.c[1] is -0.5: print −0.50, not −0.51"


def test_a_value_near_a_rounding_boundary_is_refused(root):
    # 0.12344951 is 0.00000049 below 0.12345, where four decimals turn from 0.1234 to 0.1235
    # ... and float32 may be off by more than that.
    assert "another processor" in ties.fault(root, "lstm.near", "0.1234")
    assert ties.fault(root, "lstm.near", "0.123") is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("lstm.d", "has c, near, n, but no d"),
        ("gru.c", "there is no snippets/recorded/gru.json"),
        ("lstm.c[3]", "has no entry [3]"),
        ("lstm.c", "is an array of 3: name one entry"),
        ("lstm", "is no name of a value"),
    ],
)
def test_an_unknown_value_is_named_with_what_there_is(root, name, reason):
    with pytest.raises(ties.UnknownValue, match=reason.replace("[", r"\[").replace("]", r"\]")):
        ties.lookup(root, name)


def test_ties_are_found_in_prose_equations_and_drawings():
    source = (
        'Prose [0.6225]{data-v="lstm.i[1]"} and [−.5]{ .big data-v="lstm.c[0]" }.\n'
        r"$c = \data{v=lstm.c[1], sym=c}{0.2876}$" + "\n"
        '<text x="1" data-v="lstm.h[2]" y="2">0.3</text>\n'
    )
    assert [(tie.line, tie.name, tie.text) for tie in ties.find(source)] == [
        (1, "lstm.i[1]", "0.6225"),
        (1, "lstm.c[0]", "−.5"),
        (2, "lstm.c[1]", "0.2876"),
        (3, "lstm.h[2]", "0.3"),
    ]


def test_a_fault_in_a_page_names_file_line_and_digits(root):
    (root / "docs" / "page.md").write_text('One\n\ntwo [0.2875]{data-v="lstm.c[0]"}\n')
    assert ties.faults(root) == ["docs/page.md:3: lstm.c[0] is 0.28764: print 0.2876, not 0.2875"]


def test_rounding_is_decimal_not_binary(root):
    # 0.145 is stored as 0.14499999999999999; repr gives back the 0.145 that was meant.
    assert ties.correct(ties.Value(Decimal("0.145"), "float64"), "0.00") == "0.14"
    assert ties.correct(ties.Value(Decimal("0.1450001"), "float64"), "0.00") == "0.15"
