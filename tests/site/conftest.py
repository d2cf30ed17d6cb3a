"""The built site, a server for it, and a browser: each made once for all tests."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Error, sync_playwright

from hooks import node

ROOT = Path(__file__).parents[2]
# The first is Chromium without all that shows windows: pages load in half the time.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
NO_BROWSER = (
    "no Chromium or Chrome found: install one, or run `python -m playwright install chromium`"
)


def build(root, target, *options):
    """Run `mkdocs build` for the project in root, as a reader would; return the finished process."""
    # Not --quiet: it would hide warnings from --strict, too.
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(target)]
    return subprocess.run(
        [*command, *options],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def pages_of(site):
    """The addresses of all pages of a built site, relative to its root."""
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        yield address.removesuffix("index.html")


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The folder of the site, built as in deployment, once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    target = folder / "site"
    with FileLock(folder / "site.lock"):
        if not target.exists():
            node.install_packages(for_tests=True)
            process = build(ROOT, target, "--strict")
            assert process.returncode == 0, process.stderr
    return target


@pytest.fixture(scope="session")
def address(site):
    """Where the built site is served."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium or Chrome that is on this machine."""
    # As root, in containers, Chromium starts only without its sandbox.
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
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


@pytest.fixture
def open_page(browser, address):
    """A function that opens a page of the site: open_page(page, width=…, scheme=…, …)."""
    contexts = []

    def open_page(page, width=1280, scheme="light", before=None, until="load", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        contexts.append(context)
        if before:
            before(context)
        tab = context.new_page()
        tab.goto(address + page, wait_until=until)
        return tab

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which examines a page for what shuts readers out."""
    node.install_packages(for_tests=True)
    return (node.ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def pytest_generate_tests(metafunc):
    """Run a test that takes `page` on every page of the site.

    The pages are known before the site is built: from the sources, by the
    rules that test_every_page_is_tested holds against the built site.
    """
    given = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "page" in metafunc.fixturenames and "page" not in given:
        metafunc.parametrize("page", source_pages())


@functools.cache
def source_pages():
    """The addresses that the sources of docs/ are built to, with those the blog adds."""
    from tests.site.sources import sources

    return sorted(
        [
            *sources(),
            "404.html",
            "archive/2026/",
            "category/understanding-computations/",
            "category/working-with-sequences/",
        ]
    )
