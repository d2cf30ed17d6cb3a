"""Plants each kind of fault in a copy of the project and reads what the author is told."""

import inspect
import os
import re
import shutil
import subprocess
import sys

import pytest

from hooks import diagrams, includes, ties
from snippets.recording import __main__ as refresh
from snippets.time_distributed import table_of_2018
from tests.site.conftest import NOTEBOOK, POST, ROOT, build, change, set_series
from tests.site.every_page import test_records
from tests.site.ledger import faults as number_faults

SMALL = """# ---
# title: Small
# date: 2026-11-22
# description: A notebook of one cell.
# ---

# %% [markdown]
# # Small

# %%
{code}
"""


# Numbers -------------------------------------------------------------------------------------


def test_a_digit_changed_in_a_post(copy):
    line = change(
        copy,
        POST,
        '[0.6271]{data-v="time_distributed.model.y_six[1]"}',
        '[0.6272]{data-v="time_distributed.model.y_six[1]"}',
    )
    [fault] = ties.faults(copy)
    assert fault.startswith(f"{POST}:{line}: time_distributed.model.y_six[1] is 0.62714776")
    assert fault.endswith("print 0.6271, not 0.6272")


def test_a_digit_changed_in_a_notebook_and_in_a_drawing(copy):
    change(copy, NOTEBOOK, "[0.895732]", "[0.895731]")
    change(copy, "docs/diagrams/time-distributed/unit.svg", ">0.6271<", ">0.6270<")
    found = ties.faults(copy)
    assert [fault.split(":")[0] for fault in found] == [
        "docs/diagrams/time-distributed/unit.svg",
        NOTEBOOK,
    ]


def test_an_untied_decimal_in_prose_and_in_equations(copy, built):
    planted = (
        "The loss is 0.0004.\n\nSo $z = 0.0005$ and\n\n$$\nz = 0.0006\n$$\n\n4e-8 and $4 \\cdot 10^{-7}$\n\n"
        "0,6272 and $z_{1,2} = 0,6273$ with 3.11.9\n\n"
    )
    line = change(copy, POST, "## One dense unit", planted + "## One dense unit")
    html = (built(copy) / "time-distributed" / "index.html").read_text(encoding="utf-8")
    found = number_faults("time-distributed/", html, root=copy)
    untied = [fault.split(" is neither tied")[0] for fault in found if "nearest value" in fault]
    assert untied == [
        f"{POST}:{line}: 0.0004",
        f"{POST}:{line + 2}: 0.0005",
        f"{POST}:{line + 5}: 0.0006",
        f"{POST}:{line + 8}: 4e-8",
        f"{POST}:{line + 8}: 4⋅10^{{−7}}",
        f"{POST}: 6273",  # as TeX spaces 0,6273
    ]
    unreadable = [fault.split(" is no number")[0] for fault in found if " is no number" in fault]
    assert unreadable == [
        f"{POST}:{line + 10}: 0,6272",
        f"{POST}:{line + 10}: in an equation 0,6273",
    ]


def test_a_tie_to_an_unknown_value(copy, told):
    change(copy, POST, "time_distributed.model.y_six[1]", "time_distributed.model.y_sicks[1]")
    assert "values() of snippets/time_distributed/model.py has " in ties.faults(copy)[0]
    message = told(copy)
    assert POST in message and "but no y_sicks" in message


# Records -------------------------------------------------------------------------------------


def test_a_record_edited_by_hand_and_a_snippet_changed_without_refreshing(copy, monkeypatch):
    monkeypatch.setattr(test_records, "ROOT", copy)
    monkeypatch.setattr(
        test_records, "computed", test_records.computed.__wrapped__
    )  # not from memory
    values = test_records.test_recorded_values_are_the_computed_ones
    text = test_records.test_recorded_text_is_the_printed_one_byte_for_byte
    for name in ("time_distributed.table_of_2018", "math_of_a_simple_rnn.miniature"):
        values(name)
        text(name)
    change(copy, "snippets/time_distributed/model.json", "0.6271477663131956", "0.6271477673131956")
    with pytest.raises(
        AssertionError,
        match=r"y_six.* of snippets/time_distributed/model.py: run `python -m snippets",
    ):
        values("time_distributed.model")
    change(copy, "snippets/math_of_a_simple_rnn/miniature.txt", "0.895732", "0.895733")
    with pytest.raises(AssertionError, match="run `python -m snippets.recording`"):
        text("math_of_a_simple_rnn.miniature")
    monkeypatch.setattr(table_of_2018, "table", table_of_2018.table + 1e-6)
    monkeypatch.setattr(table_of_2018, "values", inspect.unwrap(table_of_2018.values))
    with pytest.raises(AssertionError, match="of snippets/time_distributed/table_of_2018.py: run"):
        values("time_distributed.table_of_2018")


def test_the_refresh_command_rewrites_records_and_digits_and_says_so(copy, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    names = (POST, "snippets/time_distributed/model.json")
    right = [(copy / name).read_bytes() for name in names]
    change(
        copy,
        POST,
        '[0.6271]{data-v="time_distributed.model.y_six[1]"}',
        '[0.6272]{data-v="time_distributed.model.y_six[1]"}',
    )
    change(copy, "snippets/time_distributed/model.json", "0.6271477663131956", "0.9271477663131956")
    with pytest.raises(SystemExit) as done:
        refresh.main(copy)
    assert done.value.code == 1
    told = capsys.readouterr().out
    assert f"+++ {POST}" in told and "+++ snippets/time_distributed/model.json" in told
    assert [(copy / name).read_bytes() for name in names] == right


def test_the_refresh_command_refuses_under_ci(copy):
    change(copy, "snippets/time_distributed/model.json", "0.6271477663131956", "0.9271477663131956")
    before = (copy / "snippets/time_distributed/model.json").read_bytes()
    process = subprocess.run(
        [sys.executable, "-m", "snippets.recording"],
        cwd=copy,
        env={**os.environ, "CI": "true"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert process.returncode == 1 and "CI checks the records" in process.stderr
    assert (copy / "snippets/time_distributed/model.json").read_bytes() == before


def test_the_refresh_command_interrupted_half_way_leaves_whole_files(copy, monkeypatch):
    folder = copy / "snippets"
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    fresh = {name: refresh.compute(name) for name in refresh.modules(copy)}
    monkeypatch.setattr(refresh, "compute", fresh.get)
    stale = {path: text + b"\n" for path, text in before.items() if path.suffix == ".json"}
    for path, text in stale.items():
        path.write_bytes(text)
    replace, calls = os.replace, []

    def interrupted(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        refresh.refresh(copy)
    after = {path: path.read_bytes() for path in folder.rglob("*.*")}
    assert after.keys() == before.keys(), "a temporary file was left"
    assert all(text in (before[path], stale.get(path)) for path, text in after.items())
    assert sum(text == before[path] for path, text in after.items() if path in stale) == 1
    monkeypatch.setattr(os, "replace", replace)
    refresh.refresh(copy)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


# Code ----------------------------------------------------------------------------------------


def test_faults_of_code_sections(copy, told):
    """Missing file, missing, unclosed and doubled section, and one that no page shows."""
    snippet = "snippets/time_distributed/model.py"
    change(copy, snippet, "# --8<-- [end:six_steps]\n", "\n")
    source = (copy / snippet).read_text(encoding="utf-8")
    unclosed = source[: source.index("[start:six_steps]")].count("\n") + 1
    doubled = source.count("\n") + 1
    (copy / snippet).write_text(
        source
        + "# --8<-- [start:data]\n# --8<-- [end:data]\n# --8<-- [start:extra]\n# --8<-- [end:extra]\n"
    )
    missing = change(
        copy, POST, 'time_distributed/model.py:train"', 'time_distributed/model.py:trian"'
    )
    nowhere = change(copy, POST, "time_distributed/video.py:video", "video.py:video")
    message = told(copy)
    assert (
        f"{snippet}:{unclosed}: section 'six_steps' is never closed: add [end:six_steps] ({POST}:"
        in message
    )
    assert f"{snippet}:{doubled}: section 'data' was already started in line" in message
    assert f"{snippet}:{doubled + 2}: no page shows the section 'extra'" in message
    assert f"{POST}:{missing}: {snippet} has no section 'trian'; its sections are: " in message
    assert (
        f"{POST}:{nowhere}: includes video.py, but snippets/ or overrides/partials/ has no such file"
        in message
    )
    assert includes.faults(ROOT) == []


# Build ---------------------------------------------------------------------------------------


def test_a_broken_tex_command(copy, told):
    line = change(copy, POST, r"y = \sigma(z)", r"y = \sgima(z)")
    message = told(copy)
    assert f"{POST}:{line}: " in message
    assert (
        r"Undefined control sequence \sgima in the equation z = x W + b, \qquad y = \sgima(z)"
        in message
    )


def test_broken_links_and_anchors_in_a_post_and_in_a_notebook(copy, told):
    wrong = "[one](no-such-page.md) and [two](../reference/notation.md#no-such-place)"
    change(copy, POST, "## Exercises", f"{wrong}\n\n## Exercises")
    small = SMALL.format(code="x = 1").replace("# # Small\n", f"# # Small\n#\n# {wrong}\n")
    (copy / "docs/notebooks/small.py").write_text(small)
    message = told(copy)
    for inside in ("posts/time-distributed.md", "notebooks/small.py"):
        assert f"'{inside}' contains a link 'no-such-page.md', but the target" in message
        assert re.search(
            rf"'{inside}' contains a link '../reference/notation.md#no-such-place', but the doc",
            message,
        )


def test_a_drawing_without_title_or_description(copy, told):
    name = "docs/diagrams/time-distributed/unit.svg"
    change(copy, name, "<title>One dense unit</title>", "")
    drawing = "../diagrams/time-distributed/unit.svg"
    line = change(copy, POST, drawing, drawing)
    message = told(copy)
    assert f"{POST}:{line}: {name}: has no <title>: say in words what the drawing shows" in message
    change(copy, name, "<desc>", "<title>One dense unit</title><desc></desc><!--")
    with pytest.raises(diagrams.DiagramError, match="has no <desc>"):
        diagrams.read(copy, "time-distributed/unit")


def test_a_post_without_a_date(copy, told):
    change(copy, POST, "date:", "#")
    assert f"{POST}: has no date" in told(copy)


def test_a_copy_is_built_by_its_own_hooks(copy, told):
    change(copy, POST, "date:", "#")
    change(copy, "hooks/front_matter.py", "has no {key}", "lacks a {key}")
    assert f"{POST}: lacks a date" in told(copy)
    assert sys.modules["hooks.front_matter"].__file__ == str(ROOT / "hooks/front_matter.py")


def test_npm_packages_that_cannot_be_installed(copy):
    (copy / "node_modules").unlink()
    process = subprocess.run(
        [sys.executable, "-m", "hooks.node"],
        cwd=copy,
        env={
            **os.environ,
            "npm_config_registry": "http://127.0.0.1:9/",
            "npm_config_fetch_retries": "0",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert process.returncode == 1
    announced, wrong, command = process.stderr.strip().splitlines()
    assert announced == "Installing all that package.json lists with npm, this once."
    assert wrong.startswith("npm could not install all that package.json lists: ")
    assert command == "Once the network is there, run: python -m hooks.node"


def test_a_series_that_lists_a_page_that_is_not_there(copy):
    change(copy, "mkdocs.yml", "posts/time-distributed.md", "posts/time-distribution.md")
    process = build(copy, copy / "site", "--strict")
    assert process.returncode != 0
    assert "lists posts/time-distribution.md, but docs/ has no such page" in process.stderr


def test_a_notebook_cell_that_raises(copy, told):
    (copy / "docs/notebooks/small.py").write_text(SMALL.format(code="x = 1\nx / 0"))
    message = told(copy)
    assert (
        "docs/notebooks/small.py:11: a cell raises ZeroDivisionError: division by zero" in message
    )


def test_a_notebook_is_executed_again_when_its_snippet_has_changed(copy, built):
    # What takes long to execute is not needed here.
    for folder in ("docs/posts", "docs/notebooks", "docs/reference", "snippets"):
        shutil.rmtree(copy / folder)
        (copy / folder).mkdir()
    (copy / "snippets/recording").mkdir()
    shutil.copy(ROOT / "snippets/recording/versions.json", copy / "snippets/recording")
    (copy / "snippets/small").mkdir()
    (copy / "snippets/small/probe.py").write_text("number = 11\n")
    code = "from snippets.small.probe import number\nprint(number + 100)"
    (copy / "docs/notebooks/small.py").write_text(SMALL.format(code=code))
    set_series(copy, "notebooks/small.py")

    def shown():
        return (built(copy) / "small/index.html").read_text(encoding="utf-8")

    assert ">111\n" in shown()
    (copy / "snippets/small/probe.py").write_text("number = 22\n")
    assert ">122\n" in shown()
