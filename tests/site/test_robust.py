"""What disturbs a build does not spoil the next. The slow trials are in tests/robust.py."""

import subprocess
import sys

import pytest
from mkdocs.exceptions import PluginError

from hooks import build_lock, node
from tests.site.conftest import NOTEBOOK, POST, ROOT

TEXT = {".css", ".html", ".js", ".json", ".md", ".mjs", ".py", ".svg", ".txt", ".yml"}


@pytest.fixture
def taken(tmp_path):
    """A folder in which this process builds."""
    build_lock.take(tmp_path)
    yield tmp_path
    build_lock.end()


def test_a_second_build_of_a_folder_waits_for_the_first(taken):
    code = (
        "import sys; from hooks import build_lock; build_lock.take(sys.argv[1]); print('its turn')"
    )
    second = subprocess.Popen(
        [sys.executable, "-c", code, taken],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    told = second.stderr.readline()
    assert told == "Another build of this folder is running: waiting for it.\n"
    assert second.poll() is None
    build_lock.end()
    assert second.communicate(timeout=60)[0] == "its turn\n" and second.returncode == 0


def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / ".cache").write_text("in the way", encoding="utf-8")  # stops root, too
    with pytest.raises(PluginError, match="copy the project to a folder in which you may write"):
        build_lock.take(tmp_path)


def test_npm_that_was_killed_runs_again(tmp_path, monkeypatch):
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(node, "ROOT", tmp_path)
    runs = []

    def killed(for_tests, folder):
        runs.append(for_tests)
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        raise KeyboardInterrupt

    def whole(for_tests, folder):
        runs.append(for_tests)

    monkeypatch.setattr(node, "_run_npm", killed)
    with pytest.raises(KeyboardInterrupt):
        node.install_packages()
    monkeypatch.setattr(node, "_run_npm", whole)
    for for_tests in (False, False, True, True, False):
        node.install_packages(for_tests)
    assert runs == [False, False, True]
    (tmp_path / "package-lock.json").write_text("{ }", encoding="utf-8")
    node.install_packages()
    assert runs == [False, False, True, False]


def test_windows_line_endings_build_the_same_page(copy, built):
    (copy / NOTEBOOK).unlink()  # it would be executed anew
    settings = (copy / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace(', "notebooks/math-of-a-simple-rnn.py"', "")
    (copy / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for path in (*copy.glob("snippets/math*/*.*"), copy / "snippets/layers/simple_rnn.py"):
        path.unlink()

    def site():
        folder = built(copy)
        names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
        kinds = (".html", ".js", ".css", ".json")  # drawings are copied as they are, too
        return {name: (folder / name).read_bytes() for name in names if name.suffix in kinds}

    before = site()
    for path in copy.rglob("*"):
        inside = path.relative_to(copy).parts[0]
        if path.suffix in TEXT and inside in ("docs", "snippets", "overrides", "mkdocs.yml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert b"\r\n" in (copy / POST).read_bytes()
    after = site()
    assert [str(name) for name in before if before[name] != after.get(name)] == []
