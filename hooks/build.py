"""What the build adds to MkDocs, in the order in which it happens."""

import html
import sys
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import FileSystemBytecodeCache
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.utils import get_relative_url

ROOT = Path(__file__).parents[1]
_refused: list[str] = []  # what is wrong with the pages so far: all of it is told at once
if str(ROOT) not in sys.path:  # `mkdocs` is started from its own folder
    sys.path.insert(0, str(ROOT))

from hooks import (
    aliases,
    allowlist,
    build_lock,
    bundles,
    cache,
    citations,
    content,
    downloads,
    drafts,
    equations,
    excerpts,
    faults,
    front_matter,
    hostile,
    includes,
    mathjax,
    modules,
    node,
    notebooks,
    page_sources,
    policy,
    previews,
    reload_hooks,
    search_and_feeds,
    search_worker,
    series,
    squeeze,
    stylesheet,
    ties,
    words_for_plugins,
)

_serving = False
_theme_styles = ""
_old_addresses = {}
_making: Any = None  # notebooks.Making: the pages that are notebooks
_notebooks = {}  # names of what readers download
_end_previews = None  # waits for them
_lines = {}  # what the equations of pages say


def on_startup(command, dirty):
    global _serving
    _serving = command == "serve"


@event_priority(100)  # before plugins, which keep things in .cache/
def on_config(config):
    reload_hooks.take_up(__file__)
    build_lock.take(ROOT)
    content.switch_on(config, ROOT)
    _refused.clear()
    _stop_for(
        hostile.faults(ROOT)
        or front_matter.faults(ROOT) + series.faults(config, ROOT) + includes.faults(ROOT)
    )


def on_files(files, config):
    global _theme_styles, _making
    drafts.mark(files)
    bundles.leave_out_parts(files)
    _theme_styles = stylesheet.take_theme(files)
    _making = notebooks.Making(files, config, ROOT, drafts=_serving)
    modules.publish(files, config, ROOT)


def on_nav(nav, config, files):
    drafts.leave_out_of(nav, _serving)


def on_page_read_source(page, config):
    _making.wait_for(page)


def on_page_markdown(markdown, page, config, files):
    declared = front_matter.read(page.file.abs_src_path)
    # As its author wrote it: the blog puts midnight to dates, and the navigation to what a post hides.
    page.meta.update(date=front_matter.dates(declared), hide=declared.get("hide", []))
    _refuse(page, equations.in_meta(page.meta))
    _refuse(page, hostile.unsafe_meta(page.meta))
    target, site = (Path(path).resolve() for path in (page.file.abs_dest_path, config.site_dir))
    if not target.is_relative_to(site):
        _refuse(page, [("slug:", f"its address {page.url} leads out of the site")])
    content.of_page(page, files)


@event_priority(100)
def _before_words_are_counted(content, page, config, files):
    _refuse(page, faults.read(content) or drafts.linked(content, page, files, _serving))
    if "<h1" not in content:  # its title stands in the front matter
        content = f"<h1 data-search-exclude>{html.escape(page.title)}</h1>\n{content}"
    return words_for_plugins.instead_of(content, page)


@event_priority(-100)
def _after_words_are_counted(content, page, config, files):
    return words_for_plugins.whole(page)


on_page_content = CombinedEvent(_before_words_are_counted, _after_words_are_counted)


def on_env(env, config, files):
    global _old_addresses, _notebooks, _end_previews
    shown = partial(drafts.is_shown, serving=_serving)
    there = [file for file in files.documentation_pages() if shown(file)]
    pages = [file.page for file in there]
    _old_addresses = aliases.of_pages(pages)
    _stop_for(_refused + page_sources.collisions(files) + aliases.faults(_old_addresses, files))
    _notebooks = downloads.put_in(files, there, config, ROOT, _making.outputs())
    templates = ROOT / ".cache" / "templates"  # compiled, they are kept
    templates.mkdir(exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(templates)
    series.resolve(config, files, shown)
    _end_previews = previews.begin(pages, partial(series.place, config), config, ROOT)
    env.filters["excerpt"] = excerpts.excerpt
    excerpts.spare(files)


@event_priority(100)
def _before_words_are_indexed(context, page, config, nav):
    page.content = words_for_plugins.instead_of(page.content, page)


@event_priority(-100)
def _after_words_are_indexed(context, page, config, nav):
    page.content = words_for_plugins.whole(page)
    series.connect(config, page)
    context["notebook"] = _notebooks.get(page.file.src_uri)
    context["place"] = series.place(config, page)
    context["citation"] = citations.name(page)
    context["preview"] = previews.told(page)
    context["verified"] = partial(ties.verified, ROOT)  # other pages have it from Markdown


on_page_context = CombinedEvent(_before_words_are_indexed, _after_words_are_indexed)


def on_post_page(output, page, config):
    citations.write(page, config)
    _lines[page.url] = words_for_plugins.said(output)
    output = words_for_plugins.without(output)
    output = equations.shared(output)  # a list of posts shows several contents
    return _finished(output, f"docs/{page.file.src_uri}", get_relative_url(".", page.url))


def on_post_template(output_content, template_name, config):
    if not template_name.endswith(".html"):
        return output_content
    # Shown for any address, so its links begin at the site's own.
    return _finished(output_content, template_name, urlsplit(config.site_url or "/").path)


def on_post_build(config):
    mathjax.stop()
    _end_previews()
    words_for_plugins.keep(_lines, ROOT)
    aliases.write(_old_addresses, config.site_dir)
    bundles.bundle(ROOT, config.site_dir)
    stylesheet.join(_theme_styles, config.site_dir)
    search_worker.mend(config.site_dir)
    _stop_for(search_and_feeds.faults(config.site_dir))
    build_lock.end()


def on_build_error(error):
    if _making:
        _making.end()
    mathjax.stop()
    build_lock.end()
    if isinstance(error, node.BuildStopped):  # which knows nothing of MkDocs
        raise Abort(str(error))


def _stop_for(found):
    if found:
        raise PluginError("\n".join(found))


def _refuse(page, found):
    for text, wrong in islice(found, faults.MANY):
        at = faults.place(text, ROOT, f"docs/{page.file.src_uri}", page.file.abs_src_path)
        _refused.append(f"{at}: {wrong}")


def _finished(output, at, base):
    """A page as readers get it. PluginError says what in it is not allowed, whatever has put it there."""
    output = modules.linked(squeeze.squeezed(output), base)
    scripts = policy.scripts(ROOT, base)
    styles = tuple(rules for rules in [equations.rules(output)] if rules)
    _stop_for([f"{at}: the finished page: {what}" for what in _wrong(output, scripts, styles)])
    # `mkdocs serve` puts a script into each page, another each time, that reloads it.
    return output if _serving else policy.protect(output, scripts, styles)


@cache.kept
def _wrong(output, scripts, styles):
    return [*islice(allowlist.of_page(output, scripts, styles), faults.MANY)]
