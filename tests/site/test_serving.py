"""What `mkdocs serve` does otherwise: it takes up hooks that are edited, and shows drafts."""

import os
import subprocess
import sys

import pytest
from mkdocs.exceptions import PluginError

from hooks import reload_hooks
from tests.site.conftest import set_series

# What `mkdocs serve` does, with an edit of a hook before each build: load hooks once, then build.
SERVE = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

hook = Path("hooks/tables.py")
source = hook.read_text("utf-8")
for number, edit in enumerate(("", "CLOSED += '<i>new</i>'", "CLOSED += '<i>newer</i>' +")):
    hook.write_text(f"{source}\\n{edit}\\n", "utf-8")
    try:
        config = load_config("mkdocs.yml", site_dir="site")
        if number == 0:
            config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
    except Abort:
        pass  # what is wrong is in the log
    page = Path("site/reference/notation/index.html").read_text("utf-8")
    print(number, "<i>new</i>" in page, "<i>newer</i>" in page, flush=True)
"""


def test_a_server_takes_up_hooks_that_are_edited_and_shows_drafts(copy):
    for name in ("docs/posts/time-distributed.md", "docs/notebooks/math-of-a-simple-rnn.py"):
        (copy / name).unlink()
    for path in [*copy.glob("snippets/[tml]*/*.*")]:
        path.unlink()
    draft = "---\ndate: 2026-01-01\nslug: later\ndescription: Later.\ndraft: true\n---\n\n# Later\n"
    (copy / "docs/posts/later.md").write_text(draft, "utf-8")
    page = "---\ndescription: Later.\ndraft: true\n---\n\n# Later as well\n"
    (copy / "docs/reference/later.md").write_text(page, "utf-8")
    set_series(copy, "posts/later.md", "reference/later.md")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", SERVE],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == "0 False False\n1 True False\n2 True False\n"
    home = (copy / "site/index.html").read_text("utf-8")
    for address in ("later/", "reference/later/"):
        assert (copy / "site" / address / "index.html").exists()
        assert f'<li><div><a href="{address}">' in home
    line = (copy / "hooks/tables.py").read_text("utf-8").count("\n")
    assert f"{copy}/hooks/tables.py:{line}: invalid syntax" in run.stderr


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A package of two hooks: its folder."""
    folder = tmp_path / "planted"
    folder.mkdir()
    (folder / "build.py").write_text("", "utf-8")
    (folder / "one.py").write_text("from planted import two\nvalue = 1\n", "utf-8")
    (folder / "two.py").write_text("value = 2\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "planted"]:
        del sys.modules[name]


def test_modules_are_loaded_anew_when_one_has_changed(planted):
    from planted import one  # type: ignore

    def write(name, text):
        path = planted / name
        before = path.stat().st_mtime_ns
        path.write_text(text, "utf-8")
        os.utime(path, ns=(before + 10**9, before + 10**9))  # however soon it is written

    def take_up():
        reload_hooks.take_up(str(planted / "build.py"), package="planted")

    take_up()
    one.value = "kept while nothing changes"
    take_up()
    assert one.value == "kept while nothing changes"
    write("two.py", "value = 22\n")
    take_up()
    assert (one.value, one.two.value) == (1, 22)
    write("two.py", "value = 2\nvalue = nothing\n")
    for _ in range(2):  # until it is mended
        with pytest.raises(PluginError, match=r"two.py:2: NameError: name 'nothing' is not"):
            take_up()
    write("two.py", "value = 222\n")
    take_up()
    assert one.two.value == 222
    write("build.py", "# changed\n")
    with pytest.raises(PluginError, match="build.py has changed: end `mkdocs serve`, and start it"):
        take_up()
