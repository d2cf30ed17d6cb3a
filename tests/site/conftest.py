"""The built site, a server for it, and a browser: each made once for all tests."""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest
from filelock import FileLock
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from playwright.sync_api import Error, sync_playwright

from hooks import node
from tests.site import browsers, tabs
from tests.site.pool import Pool

ROOT = Path(__file__).parents[2]
POST = "docs/posts/time-distributed.md"
NOTEBOOK = "docs/notebooks/math-of-a-simple-rnn.py"
# What Chromium's windows load for themselves, beside a page, costs as much time as the page. Playwright
# switches the others off, too, but the last list counts.
OF_WINDOWS = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "LensOverlay",
    "MediaRouter",
)
OF_THE_NET = (
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PreconnectToSearch",
)
NO_BROWSER = (
    "no Chromium or Chrome found: install one, or run `python -m playwright install chromium`"
)


# The site is published below a path, with a link to its repository: .github/workflows/deploy.yml.
DEPLOYED = {
    "SITE_URL": "https://unrolled.example/below/",
    "REPO_URL": "https://code.example/somebody/unrolled",
}


def build(root, target, *options, **environment):
    """Run `mkdocs build` for the project in root, as a reader would; return the finished process."""
    # Not --quiet: it would hide warnings from --strict, too.
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(target)]
    return subprocess.run(
        [*command, *options],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The folder of the site, built as in deployment, once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    target = folder / "host" / "below"
    with FileLock(folder / "site.lock"):
        if not target.exists():
            node.install_packages(for_tests=True)
            begun = folder / "site that is being built"
            process = build(ROOT, begun, "--strict", **DEPLOYED)
            assert process.returncode == 0, process.stderr
            target.parent.mkdir(exist_ok=True)
            begun.rename(target)  # what is there is whole
    return target


class Pages(http.server.SimpleHTTPRequestHandler):
    """Sends the files of a folder, without a word."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")  # each visit is a first one
        super().end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def served(folder, handler=Pages):
    """Serve the pages in a folder; `with` gives their address."""
    handler = functools.partial(handler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(site):
    """Where the built site is served."""
    with served(site.parent) as host:
        yield f"{host}{site.name}/"


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium or Chrome that is on this machine: see browsers.py."""
    # As root, in containers, Chromium starts only without its sandbox.
    arguments = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        # The processor paints, without playing a graphics card.
        "--disable-gpu",
        "--disable-software-rasterizer",
        f"--disable-features={','.join(OF_WINDOWS + OF_THE_NET)}",
    ]
    with sync_playwright() as playwright:
        found = browsers.find()
        ways = [{"executable_path": found}] if found else [{}, {"channel": "chrome"}]
        for way in ways:
            try:
                browser = playwright.chromium.launch(args=arguments, **way)
            except Error:
                continue
            yield browser
            browser.close()
            return
    if os.environ.get("CI"):
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which examines a page for what shuts readers out."""
    node.install_packages(for_tests=True)
    return (node.ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pool(browser):
    return Pool(browser)


@contextmanager
def opening(pool, address):
    """`with` gives a function that opens pages: open_page."""
    ends = []

    def open_page(
        page,
        width=1280,
        scheme="light",
        near=None,
        visit=None,
        routes=None,
        before=None,
        until="ready",
        **options,
    ):
        if before:
            tab = pool.new(options)
            before(tab.context)
            ends.append(tab.context.close)
        else:
            tab = pool.take(options)
            ends.append(functools.partial(pool.give_back, tab, options))
        if visit:
            ends.append(visit.listen(tab))
        for pattern, handler in (routes or {}).items():
            tab.route(pattern, handler)
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme, media="null")
        tab.goto(urljoin(address, page), wait_until="load" if until == "ready" else until)
        if until == "ready" and options.get("java_script_enabled", True):
            tabs.ready(tab)
            if near:
                tabs.come_near(tab, near)
        return tab

    yield open_page
    for end in reversed(ends):
        end()


@pytest.fixture
def open_page(browser, pool, address, request):
    """A function that opens a page of the site, or any address: open_page(page, width=…, scheme=…, …).

    It waits until the page is ready: loaded, and alive where its reader is. With near="cell-explorer"
    the reader goes to the first such element. With another until=…, or without scripts, it does not wait.
    A visit notes all that happens. Routes, {pattern: handler}, answer instead of the site. What else must
    be there before the page, such as a script, is put into its context by before=…; that context is then
    used for nothing else. Other options are those of a context.
    """
    used = f"{browsers.find() or browser.browser_type.executable_path} {browser.version}"
    request.node.user_properties.append(("browser", used))  # tests/conftest.py tells it at the end
    with opening(pool, address) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def open_for_all(pool, address):
    """As open_page, for a page that all tests of a file use."""
    with opening(pool, address) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def modules(browser, address):
    """A page in which the modules of parts/ can be imported, as they are written: import('/source/cells.js')."""
    parts = ROOT / "docs/assets/javascripts/parts"

    def serve(route):
        body = (parts / route.request.url.rpartition("/")[2]).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")

    context = browser.new_context()
    context.route("**/source/*.js", serve)
    tab = context.new_page()
    tab.goto(f"{address}404.html")
    yield tab
    context.close()


def pytest_generate_tests(metafunc):
    """Run a test that takes `page` on every page of the site.

    The pages are known before the site is built: from the sources, by the
    rules that test_every_page_is_tested holds against the built site.
    """
    given = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "page" in metafunc.fixturenames and "page" not in given:
        metafunc.parametrize("page", source_pages())


@functools.cache
def source_pages(root=ROOT):
    """The addresses that the sources of docs/ are built to, with those that theme and blog add."""
    from tests.site.sources import sources, views

    return sorted([*sources(root), *views(root), "404.html"])


# A copy of the project, to plant faults in -----------------------------------------------------


HOOKS = re.compile(r"hooks(\.|$)")  # the package and its modules
# What a build needs, and what builds have kept. All else may be large: environments, built sites.
COPIED = ("docs", "hooks", "overrides", "snippets", ".cache/notebooks", ".cache/templates")
# Of the topics, those of the post and of the notebook; what they share.
KEPT = frozenset(
    """
    time_distributed math_of_a_simple_rnn recording layers/dense.py layers/simple_rnn.py
    time-distributed math-of-a-simple-rnn
    """.split()
)
FILES = ("mkdocs.yml", "package.json", "package-lock.json", "requirements.txt")


@pytest.fixture
def copy(tmp_path, site):
    """A copy of the project with one post, one notebook and their snippets.

    What the whole project has installed, typeset and executed comes along.
    """
    root = tmp_path / "a copy, größer als ığdır"  # a build must stand any path
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, root)
    for name in ("node_modules", ".cache/equations", ".cache/previews"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    for path in [*root.glob("snippets/*/*.*"), *root.glob("docs/diagrams/*/*.svg")]:
        if path.parent.name not in KEPT and f"{path.parent.name}/{path.name}" not in KEPT:
            path.unlink()
    shared = root / "snippets/layers/simple_rnn.py"  # its last section is shown by another page
    text = shared.read_text("utf-8")
    shared.write_text(re.sub(r"# --8<-- \[\w+:from_state\]\n", "", text), "utf-8")
    for page in (POST, NOTEBOOK):  # the page that they lead to is none of the copy
        text = (root / page).read_text("utf-8")
        text = re.sub(r"(\n#?) ?\[Your own layer\].*\n.*\n", r"\1\n", text)
        (root / page).write_text(text, "utf-8")
    notation = root / "docs/reference/notation.md"
    text = notation.read_text("utf-8")  # it says where all others explain what
    others = r"\[([^]]+)\]\(\.\./(?:posts|notebooks)/(?!time-distributed|math-of)[^)]+\)"
    notation.write_text(re.sub(others, r"\1", text), "utf-8")
    pages = {root / POST, root / NOTEBOOK, notation}
    for folder in ("posts", "notebooks", "reference"):
        for path in set(root.glob(f"docs/{folder}/**/*.*")) - pages:
            path.unlink()
    (root / "docs/index.md").write_text("---\ndescription: Small.\n---\n\n# Small\n", "utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^ +- reference/(?!notation).*\n", "", settings, flags=re.MULTILINE)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    set_series(root, "posts/time-distributed.md", "notebooks/math-of-a-simple-rnn.py")
    return root


def set_series(root, *pages):
    """Let mkdocs.yml list one series of these pages."""
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    series = f"  series: [{{title: One, about: It., pages: {json.dumps(pages)}}}]\n"
    settings = re.sub(r"  series:.*?\n(?=\n\S)", lambda _: series, settings, flags=re.DOTALL)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")


def change(root, name, old, new):
    """Replace the first old in a file by new, and return the line it stands in."""
    path = root / name
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    return source.count("\n", 0, source.index(old)) + 1


@contextmanager
def hooks_of(root):
    """Let a copy be built by its own hooks. Where they are the project's, those serve that are loaded."""
    own = {path.name: path.read_bytes() for path in (root / "hooks").glob("*.*")}
    if own == {path.name: path.read_bytes() for path in (ROOT / "hooks").glob("*.*")}:
        yield
        return
    loaded = {name: sys.modules.pop(name) for name in [*sys.modules] if HOOKS.match(name)}
    try:
        yield
    finally:
        for name in [name for name in sys.modules if HOOKS.match(name)]:
            del sys.modules[name]
        sys.modules.update(loaded)


@pytest.fixture
def built(monkeypatch):
    """A function that builds a copy and returns the folder of the pages.

    In this process, which has MkDocs imported already; test_a_series_that_lists_a_page_that_is_not_there
    sees that the command does the same.
    """
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("PYTHONPATH", "")

    def built(root, strict=False):
        monkeypatch.chdir(root)
        with hooks_of(root):
            settings = str(root / "mkdocs.yml")
            config = load_config(settings, site_dir=str(root / "site"), strict=strict)
            config.plugins.on_startup(command="build", dirty=False)
            build_site(config)
        return root / "site"

    return built


@pytest.fixture
def told(built, caplog):
    """A function that builds a copy, which must fail, and returns what is printed."""

    def told(root):
        caplog.clear()
        with pytest.raises(Abort) as aborted:
            built(root, strict=True)
        return f"{caplog.text}\n{aborted.value}"

    return told
