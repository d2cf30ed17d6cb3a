"""Reading, rounding and finding tied numbers. Expected values are written out."""

import json
import re
from decimal import Decimal

import pytest

from hooks import cache, ties
from snippets.recording import __main__ as refresh


@pytest.fixture
def root(tmp_path):
    """A project with one record and no pages."""
    folder = tmp_path / "snippets" / "lstm"
    folder.mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    values = {
        "c": {"dtype": "float64", "value": [0.28764, -0.5, 1e-12]},
        "near": {"dtype": "float32", "value": 0.12344951},
        "n": {"dtype": "int64", "value": 57},
        "share": {"dtype": "float64", "value": 0.627148},
        "small": {"dtype": "float64", "value": -3.0984e-05},
        "many": {"dtype": "int64", "value": 1162},
        "huge": {"dtype": "float64", "value": 1234567.891},
        "edge": {"dtype": "float32", "value": [0.6274996, 1.2345, 3.1e-05]},
        "same": {"dtype": "bool", "value": True},
        "shape": {"dtype": "<U6", "value": "(2, 4)"},
        "broken": {"dtype": "float64", "value": float("nan")},
        "W": {"dtype": "float64", "value": [[0.5, -1.25], [1e-12, 2]]},
        "fell": {"dtype": "claim", "value": ["nine of ten fell", True]},
        "rose": {"dtype": "claim", "value": ["nine of ten rose", False]},
    }
    (folder / "cell.json").write_text(json.dumps(values))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("lstm.cell.c[0]", "0.2876", True),
        ("lstm.cell.c[0]", "0.288", True),
        ("lstm.cell.c[0]", ".2876", True),
        ("lstm.cell.c[0]", "0.2877", False),
        ("lstm.cell.c[0]", "0.29", True),
        ("lstm.cell.c[0]", "0.28", False),  # cut off, not rounded
        ("lstm.cell.c[1]", "−0.50", True),
        ("lstm.cell.c[1]", "-0.50", True),
        ("lstm.cell.c[1]", "0.50", False),
        ("lstm.cell.c[2]", "0.0000", True),
        ("lstm.cell.n", "57", True),
        ("lstm.cell.n", "58", False),
        ("lstm.cell.n", "about 57", False),
        # signs
        ("lstm.cell.c[1]", "–0.50", True),
        ("lstm.cell.c[0]", "+0.2876", True),
        ("lstm.cell.c[1]", "+0.50", False),
        ("lstm.cell.c[2]", "−0.0000", False),
        # thousands: three digits a group, the same sign between all, none behind the point
        ("lstm.cell.many", "1,162", True),
        ("lstm.cell.many", "1{,}162", True),
        ("lstm.cell.many", r"1\,162", True),
        ("lstm.cell.many", "1\u202f162", True),
        ("lstm.cell.many", "1\u2009162", True),
        ("lstm.cell.many", "1,161", False),
        ("lstm.cell.many", "11,62", False),
        ("lstm.cell.many", "1 162", False),
        ("lstm.cell.huge", "1,234,567.9", True),
        ("lstm.cell.huge", "1,234567.9", False),
        ("lstm.cell.huge", "1,234\u202f567.9", False),
        ("lstm.cell.share", "0.6,271", False),
        ("lstm.cell.share", "0.62 71", False),
        ("lstm.cell.share", "0,6271", False),
        ("lstm.cell.share", "0,627", False),
        # powers of ten
        ("lstm.cell.small", "−3.1e-05", True),
        ("lstm.cell.small", "-3.10E−5", True),
        ("lstm.cell.small", "−31e-6", True),
        ("lstm.cell.small", "−0.31e-4", True),
        ("lstm.cell.small", "−3.2e-05", False),
        ("lstm.cell.small", "−3.1e-04", False),
        ("lstm.cell.small", "3.1e-05", False),
        ("lstm.cell.small", r"-3.1\cdot 10^{-5}", True),
        ("lstm.cell.small", r"-3.1 \times 10^{-5}", True),
        ("lstm.cell.small", "−3.1 × 10⁻⁵", True),
        ("lstm.cell.small", "−3.1 · 10<sup>−5</sup>", True),
        ("lstm.cell.small", r"-3.1\cdot 10^-5", False),  # TeX raises the minus alone
        ("lstm.cell.small", r"-3.1\cdot 10^{-4}", False),
        ("lstm.cell.small", "−3.1 · 10", False),
        ("lstm.cell.huge", r"1.2 \cdot 10^6", True),
        ("lstm.cell.huge", "1.2e6", True),
        # per cent: the value is a share
        ("lstm.cell.share", "62.7 %", True),
        ("lstm.cell.share", "63%", True),
        ("lstm.cell.share", "62.7\u202f%", True),
        ("lstm.cell.share", r"62.7\,\%", True),
        ("lstm.cell.share", "62.8 %", False),
        ("lstm.cell.share", "0.627 %", False),
        # marks of Markdown
        ("lstm.cell.share", "**0.6271**", True),
        ("lstm.cell.share", "*63 %*", True),
        ("lstm.cell.share", "**0.6272**", False),
        ("lstm.cell.share", "$0.6271$", True),
        ("lstm.cell.share", "0.6271}", False),
        # words
        ("lstm.cell.n", "fifty-seven", True),
        ("lstm.cell.n", "Fifty-seven", True),
        ("lstm.cell.n", "fifty-eight", False),
        ("lstm.cell.n", "seven", False),
        ("lstm.cell.edge[0]", "half", False),
        ("lstm.cell.c[1]", "half", False),  # it is minus one half
        ("lstm.cell.W[0][0]", "half", True),
        ("lstm.cell.W[1][1]", "twice", True),
        ("lstm.cell.W[1][1]", "Twice", True),
        ("lstm.cell.n", "twice", False),
        ("lstm.cell.share", "two thirds", False),
        # all numbers of an array, in order
        ("lstm.cell.W", r"\begin{pmatrix} 0.5 & -1.25 \\ 0 & 2 \end{pmatrix}", True),
        ("lstm.cell.W", "[\n0.5\n\u22121.25\n0\n2]", True),
        ("lstm.cell.W[0]", "(0.5, \u22121.25)", True),
        ("lstm.cell.W", r"\begin{pmatrix} 0.5 & -1.25 \\ 0 & 3 \end{pmatrix}", False),
        ("lstm.cell.W", r"\begin{pmatrix} 0.5 & 1.25 \\ 0 & 2 \end{pmatrix}", False),
        ("lstm.cell.W", r"\begin{pmatrix} -1.25 & 0.5 \\ 0 & 2 \end{pmatrix}", False),
        ("lstm.cell.W", "(0.5, \u22121.25, 0)", False),
        ("lstm.cell.W", "(0.5, \u22121.25, 0, 2, 1)", False),
        # claims: these words, and they are true
        ("lstm.cell.fell", "nine of ten fell", True),
        ("lstm.cell.fell", "nine of\nten fell", True),
        ("lstm.cell.fell", "eight of ten fell", False),
        ("lstm.cell.fell", "nine of ten rose", False),
        ("lstm.cell.rose", "nine of ten rose", False),
    ],
)
def test_only_the_correct_rounding_is_accepted(root, name, text, right):
    assert (ties.fault(root, name, text) is None) == right


@pytest.mark.parametrize(
    "text",
    [
        "0,627",
        "11,62",
        "1,1623",
        "1,162,30",
        "1,234567",
        "1,234\u202f567",
        "0.6,271",
        "0.62 71",
        "1 162",
    ]
    + [
        "0.62.71",
        "5.",
        "1e",
        "1e5000",
        "3 e5",
        r"10^-5",
        r"3 \cdot 10",
        "3 · 105",
        "--1",
        "٣.١",
        "",
    ],
)
def test_what_is_no_number(text):
    assert ties.parse(text) is None


def test_a_fault_says_the_value_and_the_right_digits(root):
    wrong = ties.fault(root, "lstm.cell.c[1]", "−0.51")
    assert wrong == "lstm.cell.c[1] is -0.5: print −0.50, not −0.51"


def test_a_value_near_a_rounding_boundary_is_refused(root):
    # 0.12344951 is 0.00000049 below 0.12345, where four decimals turn from 0.1234 to 0.1235
    # ... and float32 may be off by more than that.
    assert "another processor" in ties.fault(root, "lstm.cell.near", "0.1234")
    assert ties.fault(root, "lstm.cell.near", "0.123") is None


@pytest.mark.parametrize(
    ("name", "text", "steady"),
    [
        (
            "lstm.cell.edge[0]",
            "0.627",
            False,
        ),  # 0.0000004 below 0.6275, and float32 is sure of 0.000001
        ("lstm.cell.edge[0]", "0.6275", True),
        ("lstm.cell.edge[0]", "62.7 %", False),
        ("lstm.cell.edge[0]", "62.75 %", True),
        ("lstm.cell.edge[0]", "63 %", True),
        ("lstm.cell.edge[0]", "6.27e-01", False),
        ("lstm.cell.edge[0]", "6.3e-01", True),
        ("lstm.cell.edge[1]", "1.234", False),  # half-way
        ("lstm.cell.edge[2]", "3e-05", True),  # 0.000004 away from 3.5e-05
        ("lstm.cell.edge[2]", "3.1e-05", False),  # half a unit in its last place: 0.0000005
        ("lstm.cell.edge[2]", "0.0000", True),
        ("lstm.cell.small", "−3.1e-05", True),  # float64 is sure of 1e-9
        ("lstm.cell.small", "−3.0984e-05", False),
    ],
)
def test_margins_are_those_of_the_value_however_it_is_printed(root, name, text, steady):
    wrong = ties.fault(root, name, text)
    assert wrong is None if steady else "another processor may print another digit" in wrong


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        ("0.627148", "**0.6272**", "**0.6271**"),
        ("0.627148", "62.8 %", "62.7 %"),
        ("0.627148", "64\u202f%", "63\u202f%"),
        ("0.627148", r"62\,\%", r"63\,\%"),
        ("0.627148", "+0.6272", "+0.6271"),
        ("-0.627148", "+0.6272", "−0.6271"),
        ("-0.627148", "0.6272", "−0.6271"),
        ("0.627148", "–0.6272", "0.6271"),
        ("-0.627148", ".7", "−.6"),
        ("1162", "1,161", "1,162"),
        ("1162", "1{,}161", "1{,}162"),
        ("1162", "1\u202f161", "1\u202f162"),
        ("1162", "999", "1162"),
        ("999", "1,161", "999"),
        ("1234567.891", "1,161.00", "1,234,567.89"),
        ("-3.0984e-05", "−3.2e-05", "−3.1e-05"),
        ("-3.0984e-05", "−3.2e-04", "−3.1e-05"),
        ("-3.0984e-04", "−3.1E−05", "−3.1E-04"),
        ("3.0984e+11", "2.9e+09", "3.1e+11"),
        ("9.96e-05", "1.1e-05", "1.0e-04"),
        ("0.31", "0.00e+00", "3.10e-01"),
        ("0", "3.1e-05", "0.0e-05"),
        ("3.0984e-05", r"3.2 \cdot 10^{-4}", r"3.1 \cdot 10^{-5}"),
        ("3.0984e-05", r"3.2 \cdot 10^5", r"3.1 \cdot 10^{-5}"),
        ("3.0984e-05", "3.2 × 10⁻¹²", "3.1 × 10⁻⁵"),
        ("3.0984e-05", "*3.2 · 10<sup>−4</sup>*", "*3.1 · 10<sup>−5</sup>*"),
        ("79228162514264337593543950336", "1", "79228162514264337593543950336"),
    ],
)
def test_correcting_changes_digits_and_nothing_else(number, old, new):
    minus = "-" if "\\" in old else "−"
    assert ties.correct(ties.Value(Decimal(number), "float64"), old, minus) == new
    assert ties.correct(ties.Value(Decimal(number), "float64"), new, minus) == new


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("lstm.cell.d", "has c, near, n, .*, but no d"),
        ("gru.cell.c", "there is no snippets/gru/cell.json"),
        ("lstm.cell.c[3]", "has no entry [3]"),
        (
            "lstm.cell.c",
            "is an array of 3 numbers, and 1 are printed: print all, or name one entry, as lstm.cell.c[0]",
        ),
        ("lstm.c", "is no name of a value"),
        ("lstm.cell.same", "lstm.cell.same is True, which is no number: tie a number"),
        ("lstm.cell.shape", "is '(2, 4)', which is no number"),
        ("lstm.cell.broken", "is nan, which is no number"),
    ],
)
def test_an_unknown_value_is_named_with_what_there_is(root, name, reason):
    assert re.search(re.sub(r"([][()])", r"\\\1", reason), ties.fault(root, name, "1"))


def test_ties_are_found_in_prose_equations_and_drawings():
    source = (
        'Prose [0.6225]{data-v="lstm.cell.i[1]"} and [−.5]{ .big data-v="lstm.cell.c[0]" }.\n'
        r"$c = \data{v=lstm.cell.c[1], sym=c}{0.2876}$" + "\n"
        '<text x="1" data-v="lstm.cell.h[2]" y="2">0.3</text>\n'
        "[**1,162**]{data-v=lstm.cell.n} and <b data-v='lstm.cell.n'>2</b> and $\\data{v=lstm.cell.n}{1{,}162}$\n"
        r"$\data{v=lstm.cell.s}{-3.1}\cdot 10^{-5}$, $\data{v=lstm.cell.s}{-3 \cdot 10^{-5}} \cdot 10$"
        + "\n"
        '[−3.1]{data-v="lstm.cell.s"} · 10⁻⁵, [−3.1]{data-v="lstm.cell.s"}e-05 · x, [3]{data-v="lstm.cell.n"} · 10\n'
    )
    assert [(tie.line, tie.name, tie.text) for tie in ties.find(source)] == [
        (1, "lstm.cell.i[1]", "0.6225"),
        (1, "lstm.cell.c[0]", "−.5"),
        (2, "lstm.cell.c[1]", "0.2876"),
        (3, "lstm.cell.h[2]", "0.3"),
        (4, "lstm.cell.n", "**1,162**"),
        (4, "lstm.cell.n", "2"),
        (4, "lstm.cell.n", "1{,}162"),
        (5, "lstm.cell.s", r"-3.1}\cdot 10^{-5}"),
        (5, "lstm.cell.s", r"-3 \cdot 10^{-5}"),
        (6, "lstm.cell.s", '−3.1]{data-v="lstm.cell.s"} · 10⁻⁵'),
        (6, "lstm.cell.s", '−3.1]{data-v="lstm.cell.s"}e-05'),
        (6, "lstm.cell.n", "3"),
    ]


def test_a_fault_in_a_page_names_file_line_and_digits(root):
    (root / "docs" / "page.md").write_text('One\n\ntwo [0.2875]{data-v="lstm.cell.c[0]"}\n')
    assert ties.faults(root) == [
        "docs/page.md:3: lstm.cell.c[0] is 0.28764: print 0.2876, not 0.2875"
    ]


def test_rounding_is_decimal_not_binary(root):
    # 0.145 is stored as 0.14499999999999999; repr gives back the 0.145 that was meant.
    assert ties.correct(ties.Value(Decimal("0.145"), "float64"), "0.00") == "0.14"
    assert ties.correct(ties.Value(Decimal("0.1450001"), "float64"), "0.00") == "0.15"


def test_a_power_behind_a_tie_belongs_to_its_number(root):
    page = root / "docs" / "page.md"
    page.write_text("$\\data{v=lstm.cell.small}{-3.1}\\cdot 10^{-5}$\n", encoding="utf-8")
    assert ties.faults(root) == []
    page.write_text("$\\data{v=lstm.cell.small}{-3.1}\\cdot 10^{-4}$\n", encoding="utf-8")
    right, wrong = r"-3.1\cdot 10^{-5}", r"-3.1\cdot 10^{-4}"
    assert ties.faults(root) == [
        f"docs/page.md:1: lstm.cell.small is -0.000030984: print {right}, not {wrong}"
    ]


STALE = r"""
[**0.6272**]{data-v="lstm.cell.share"}, [62.8 %]{data-v="lstm.cell.share"}, [64 %]{data-v="lstm.cell.share"}
[−3.2e-04]{data-v="lstm.cell.small"}, [−3.2]{data-v="lstm.cell.small"} · 10⁻⁴, [1,161]{ .big data-v=lstm.cell.many }
$\data{v=lstm.cell.many}{1{,}161} + \data{v=lstm.cell.c[1]}{0.2} - \data{v=lstm.cell.small}{-3.2}\cdot 10^{-4}$
<b data-v='lstm.cell.small'>0.2</b> [+.7]{data-v="lstm.cell.share"} [11,61]{data-v="lstm.cell.many"}
[1]{data-v="lstm.cell.same"} [0.1]{data-v="lstm.cell.gone"} [about 1,161]{data-v="lstm.cell.many"} 0.6272
[Fifty]{data-v="lstm.cell.n"}, [twice]{data-v="lstm.cell.n"}, [ten]{data-v="lstm.cell.many"}, [ten fell]{data-v="lstm.cell.fell"}
$\data{v=lstm.cell.W}{\left(\begin{smallmatrix} 0.6 & -1.25 \\
  1.0 & -2 \end{smallmatrix}\right)}$ ([1, 2]{data-v="lstm.cell.W[0]"}) [0.7]{data-v="0.7"}
"""
FRESH = r"""
[**0.6271**]{data-v="lstm.cell.share"}, [62.7 %]{data-v="lstm.cell.share"}, [63 %]{data-v="lstm.cell.share"}
[−3.1e-05]{data-v="lstm.cell.small"}, [−3.1]{data-v="lstm.cell.small"} · 10⁻⁵, [1,162]{ .big data-v=lstm.cell.many }
$\data{v=lstm.cell.many}{1{,}162} + \data{v=lstm.cell.c[1]}{-0.5} - \data{v=lstm.cell.small}{-3.1}\cdot 10^{-5}$
<b data-v='lstm.cell.small'>0.0</b> [+.6]{data-v="lstm.cell.share"} [11,61]{data-v="lstm.cell.many"}
[1]{data-v="lstm.cell.same"} [0.1]{data-v="lstm.cell.gone"} [about 1,161]{data-v="lstm.cell.many"} 0.6272
[Fifty-seven]{data-v="lstm.cell.n"}, [fifty-seven]{data-v="lstm.cell.n"}, [1162]{data-v="lstm.cell.many"}, [ten fell]{data-v="lstm.cell.fell"}
$\data{v=lstm.cell.W}{\left(\begin{smallmatrix} 0.5 & -1.25 \\
  0.0 & 2 \end{smallmatrix}\right)}$ ([0, −1]{data-v="lstm.cell.W[0]"}) [0.7]{data-v="0.7"}
"""


def test_the_refresh_command_changes_digits_and_nothing_else(root):
    page = root / "docs" / "page.md"
    page.write_text(STALE, encoding="utf-8")
    assert refresh.retied(root, page) == FRESH
    page.write_text(FRESH, encoding="utf-8")
    assert refresh.retied(root, page) == FRESH


def test_files_are_written_whole_with_the_mode_of_any_new_file(root):
    page = root / "docs" / "page.md"
    page.write_text("old", encoding="utf-8")
    usual = page.stat().st_mode
    assert refresh.write({page: "new\n"}) == {page: ("old", "new\n")}
    cache.write(root / "docs" / "deep" / "other.md", "new\n")
    for path in (page, root / "docs" / "deep" / "other.md"):
        assert path.read_bytes() == b"new\n" and path.stat().st_mode == usual
        assert list(path.parent.glob(".*")) == []
