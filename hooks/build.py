"""What the build adds to MkDocs, in the order in which it happens."""

import html
import re
import sys
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import FileSystemBytecodeCache
from markdown.extensions.toc import slugify_unicode
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

ROOT = Path(__file__).parents[1]
_refused: list[str] = []  # what is wrong with the pages so far: all of it is told at once
if str(ROOT) not in sys.path:  # `mkdocs` is started from its own folder
    sys.path.insert(0, str(ROOT))

from hooks import (
    aliases,
    allowlist,
    colours,
    diagrams,
    drafts,
    equations,
    excerpts,
    finish,
    fresh,
    front_matter,
    hostile,
    includes,
    leftovers,
    markup,
    mathjax,
    notebooks,
    pages,
    policy,
    rendered,
    scripts,
    series,
    styles,
    ties,
    turns,
)

_serving = False
_theme_styles = ""
_old_addresses = {}


def on_startup(command, dirty):
    global _serving
    _serving = command == "serve"


@event_priority(100)  # before plugins, which keep things in .cache/
def on_config(config):
    fresh.take_up(__file__)
    turns.take(ROOT)
    # Here, and not in mkdocs.yml as tags, which only MkDocs can read.
    # Letters of all scripts make an anchor: else it is a number, which moves with the next heading.
    config.mdx_configs["toc"]["slugify"] = slugify_unicode
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [
        str(ROOT / name) for name in includes.FOLDERS
    ]
    # Here, where they can be imported: MkDocs reads mkdocs.yml before it knows of hooks.
    config.markdown_extensions += markup.EXTENSIONS
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = leftovers.FENCES
    _refused.clear()
    _stop_for(
        hostile.faults(ROOT)
        or front_matter.faults(ROOT) + series.faults(config, ROOT) + includes.faults(ROOT)
    )


def on_files(files, config):
    global _theme_styles
    drafts.mark(files)
    scripts.leave_out_parts(files)
    _theme_styles = styles.take_theme(files)
    notebooks.put_in(files, config, ROOT, drafts=_serving)


def on_nav(nav, config, files):
    drafts.leave_out_of(nav, _serving)


def on_pre_page(page, config, files):
    page.render = partial(rendered.render, page)


def on_page_markdown(markdown, page, config, files):
    declared = front_matter.read(page.file.abs_src_path)
    # As its author wrote it: the blog puts midnight to dates, and the navigation to what a post hides.
    page.meta.update(date=front_matter.dates(declared), hide=declared.get("hide", []))
    _refuse(page, equations.in_meta(page.meta))
    _refuse(page, hostile.unsafe_meta(page.meta))
    target, site = (Path(path).resolve() for path in (page.file.abs_dest_path, config.site_dir))
    if not target.is_relative_to(site):
        _refuse(page, [("slug:", f"its address {page.url} leads out of the site")])


@event_priority(100)  # before plugins, which count words and index them
def on_page_content(content, page, config, files):
    checks = (allowlist.of_content, equations.faults, diagrams.faults, leftovers.of_content)
    found = [*chain.from_iterable(check(content) for check in checks)]
    found += drafts.linked(content, page, files, _serving)
    content = allowlist.rewritten(content)
    _refuse(page, found or allowlist.of_content(content))
    if "<h1" not in content:  # its title stands in the front matter
        content = f"<h1 data-search-exclude>{html.escape(page.title)}</h1>\n{content}"
    return colours.take(content)


def on_env(env, config, files):
    global _old_addresses
    shown = partial(drafts.is_shown, serving=_serving)
    _old_addresses = aliases.of_pages(
        [file.page for file in files.documentation_pages() if shown(file)]
    )
    _stop_for(_refused + pages.collisions(files) + aliases.faults(_old_addresses, files))
    templates = ROOT / ".cache" / "templates"  # compiled, they are kept
    templates.mkdir(exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(templates)
    series.resolve(config, files, shown)
    env.filters["excerpt"] = excerpts.excerpt
    for file in files.documentation_pages():
        if pages.is_post(file.src_uri):
            file.page.markdown = ""  # or the blog would render it anew for each list of posts


def on_page_context(context, page, config, nav):
    series.connect(config, page)
    context["place"] = series.place(config, page)


def on_post_page(output, page, config):
    output = equations.to_drawing(colours.give_back(output))
    output = _of_page(page, lambda html: diagrams.inline(ROOT, html), output)
    output = _of_page(page, lambda html: ties.mark(ROOT, html), output)
    return _finished(output, f"docs/{page.file.src_uri}", get_relative_url(".", page.url))


def on_post_template(output_content, template_name, config):
    if not template_name.endswith(".html"):
        return output_content
    # Shown for any address, so its links begin at the site's own.
    return _finished(output_content, template_name, urlsplit(config.site_url or "/").path)


def on_post_build(config):
    mathjax.stop()
    aliases.write(_old_addresses, config.site_dir)
    scripts.bundle(ROOT, config.site_dir)
    styles.join(_theme_styles, config.site_dir)
    _stop_for(finish.faults(config.site_dir))
    turns.end()


def on_build_error(error):
    mathjax.stop()
    turns.end()


def _stop_for(faults):
    if faults:
        raise PluginError("\n".join(faults))


def _refuse(page, found):
    for text, wrong in islice(found, hostile.MANY):
        _refused.append(f"{_place(text, page)}: {wrong}")


def _place(text, page):
    """Where a text, in capitals or not, or a pattern stands first in the source of a page: `file:line`.

    What looks the same in code is not meant, unless there is no other.
    """
    at = f"docs/{page.file.src_uri}"
    path = ROOT / at  # a notebook's own, not the Markdown made of it
    if not path.exists():
        path = Path(page.file.abs_src_path)
    wanted = re.compile(re.escape(text), re.IGNORECASE) if isinstance(text, str) else text
    prose, source = pages.without_code(path), path.read_text("utf-8")
    for written in (prose, html.unescape(prose), source, html.unescape(source)):  # &#106; is j
        found = wanted.search(written)
        if found:
            return f"{at}:{written.count(chr(10), 0, found.start(found.lastindex or 0)) + 1}"
    return at


def _finished(output, at, base):
    """A page as readers get it. PluginError says what in it is not allowed, whatever has put it there."""
    output = finish.squeeze(output)
    scripts = policy.scripts(ROOT, base)
    styles = tuple(rules for rules in [equations.rules(output)] if rules)
    _stop_for([f"{at}: the finished page: {what}" for what in _wrong(output, scripts, styles)])
    # `mkdocs serve` puts a script into each page, another each time, that reloads it.
    return output if _serving else policy.protect(output, scripts, styles)


@lru_cache(maxsize=100)  # a preview asks again for pages that have not changed
def _wrong(output, scripts, styles):
    return [*islice(allowlist.of_page(output, scripts, styles), hostile.MANY)]


def _of_page(page, change, html):
    """Change the HTML of a page; an error says which page it is."""
    try:
        return change(html)
    except (diagrams.DiagramError, ties.UnknownValue) as error:
        raise PluginError(f"docs/{page.file.src_uri}: {error}") from None
