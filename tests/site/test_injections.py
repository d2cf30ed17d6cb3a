"""Known injections of HTML and SVG, changed at random: each is refused, or stands on its page as text.

Two walls are tried, each alone: pages whose policy is taken out, and a policy around what no page may hold.
"""

import html
import mimetypes
import random
import re

import markdown
import pytest
from mkdocs.config import load_config

from hooks import allowlist, content, hostile, includes, leftovers
from tests.site import gates
from tests.site.conftest import POST, ROOT, change, served
from tests.site.visits import search

SEED, MUTATIONS = 12, 200
HEAD = "---\ndescription: A page.\n---\n\n# A page\n\n"

# Each would call run(), in one browser or another, if a page could hold it.
KNOWN = """
<script>run()</script>
<script src="data:text/javascript,run()"></script>
<svg><script>run()</script></svg>
<img src=x onerror=run()>
<image src=x onerror=run()>
<input type=image src=x onerror=run()>
<svg onload=run()></svg>
<svg><animate onbegin=run() attributeName=x dur=1s></animate></svg>
<svg><set attributeName=onmouseover to=run()></set></svg>
<svg><a href=javascript:run()><text y=20>x</text></a></svg>
<svg><a xlink:href=javascript:run()><text y=20>x</text></a></svg>
<svg><a><animate attributeName=href values=javascript:run()></animate><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id='x'><script>run()</script></svg>#x"></use></svg>
<svg><image href=x onerror=run()></image></svg>
<svg><foreignObject><iframe srcdoc="<script>parent.run()</script>"></iframe></foreignObject></svg>
<svg><style><img src=x onerror=run()></style></svg>
<svg><desc><img src=x onerror=run()></desc></svg>
<svg><title><img src=x onerror=run()></title></svg>
<math><mi xlink:href=javascript:run()>x</mi></math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=run()&gt;"></table></mtext></math>
<math><annotation-xml encoding=text/html><img src=x onerror=run()></annotation-xml></math>
<iframe srcdoc="<script>parent.run()</script>"></iframe>
<iframe src=javascript:parent.run()></iframe>
<object data=javascript:run()></object>
<embed src=javascript:run()>
<a href=javascript:run()>x</a>
<a href="jav&#x09;ascript:run()">x</a>
<a href="&#106;avascript&colon;run()">x</a>
<a href="data:text/html,<script>opener.run()</script>">x</a>
<form action=javascript:run()><button>x</button></form>
<form><button formaction=javascript:run()>x</button></form>
<input autofocus onfocus=run()>
<p contenteditable tabindex=0 autofocus onfocus=run()>x</p>
<select autofocus onfocus=run()></select>
<details open ontoggle=run()>x</details>
<video><source onerror=run()></video>
<video src=x onerror=run()></video>
<audio src=x onerror=run()></audio>
<body onload=run()>
<marquee onstart=run()>x</marquee>
<p onmouseover=run()>x</p>
<p style="animation: x 1s" onanimationstart=run()>x</p><style>@keyframes x {}</style>
<meta http-equiv=refresh content="0;url=javascript:run()">
<base href="javascript:/">
<link rel=stylesheet href=x onerror=run()>
<noscript><p title="</noscript><img src=x onerror=run()>"></noscript>
<textarea><p title="</textarea><img src=x onerror=run()>"></textarea>
<title><p title="</title><img src=x onerror=run()>"></title>
<xmp><p title="</xmp><img src=x onerror=run()>"></xmp>
<template><img src=x onerror=run()></template>
<table><caption><svg><title></caption><img src=x onerror=run()></title></svg></table>
<select><option><img src=x onerror=run()></option></select>
<!--><img src=x onerror=run()>-->
<![CDATA[><img src=x onerror=run()>]]>
<?x ><img src=x onerror=run()>?>
</article></main><img src=x onerror=run()>
<cell-explorer cell=lstm onclick=run()></cell-explorer>
<p is=cell-explorer onclick=run()>x</p>
<img name=querySelector src=x>
<form name=querySelectorAll><input name=elements></form>
[x](javascript:run())
[x](<java&Tab;script:run()>)
![x](x.png){ onerror="run()" }
x *y*{ onclick="run()" }
<javascript:run()>
[x]: javascript:run()
""".strip().splitlines()

# Where an author may put it.
AROUND = (
    "{}",
    "{}",
    "text {} text",
    "# {}",
    "> {}",
    "- {}",
    "| a |\n|---|\n| {} |",
    "[{}](index.md)",
    "![{}](x.png)",
    "[link][x]\n\n[x]: index.md '{}'",
    "`{}",
    "```\ncode\n```\n{}",
    "~~~ {}\ncode\n~~~",
    "??? note\n\n    {}",
    '!!! note "{}"\n\n    text',
    "<div markdown>\n{}\n</div>",
    "<div>\n{}\n</div>",
    "term\n:   {}",
    "text[^1]\n\n[^1]: {}",
    "{{ {} }}",
)


def mutations():
    """Known injections, changed at random in spelling, punctuation and surroundings."""
    chance = random.Random(SEED)
    return [mutation(KNOWN[i % len(KNOWN)], chance) for i in range(MUTATIONS)]


def mutation(text, chance):
    ways = [
        lambda text: "".join(chance.choice([c.upper(), c.lower()]) for c in text),
        lambda text: text.replace(" ", chance.choice(["/", "\n", "\t", "\f", "  ", "/ /"])),
        lambda text: re.sub(
            r"=(\w[^\s>]*)", chance.choice(['="\\1"', "='\\1'", "= \\1", '="\\1']), text
        ),
        lambda text: text.replace(
            "javascript", chance.choice(["java&#10;script", "&#x6A;avascript", " javascript"])
        ),
        lambda text: (
            chance.choice(["<", "</p>", "<b>", "<!-- x -->", "<svg>", '"', "--></style>", "\\"])
            + text
        ),
        lambda text: text[: chance.randrange(len(text) // 2, len(text))],
        lambda text: text.replace(">", chance.choice(["\n>", " / >", "/>", ">>"])),
        lambda text: text.replace("<", chance.choice(["<\0", "&lt;", "<<", "< ", "\ufeff<"]), 1),
    ]
    for way in chance.sample(ways, chance.randrange(3)):
        text = re.sub(
            "run", "run", way(text), flags=re.IGNORECASE
        )  # what it calls has small letters
    return chance.choice(AROUND).format(text)


# Whatever calls it is noted. All that a reader might do to an element is done.
LISTEN = """window.ran = []; window.run = (...told) => { ran.push(String(told)); };
addEventListener("submit", event => event.preventDefault(), true); // it would leave the page
"""
PROVOKE = """() => {
  const all = selector => Document.prototype.querySelectorAll.call(document, selector); // whatever names say
  for (const element of all(".md-content *")) {
    for (const kind of ["mouseover", "focus", "toggle", "animationstart", "beginEvent", "error", "load"])
      element.dispatchEvent(new Event(kind));
    const address = element.href?.baseVal ?? element.href; // of a drawing or not, as the browser reads it
    if (!address || /^[\\x00-\\x20]*javascript:/i.test(address)) element.dispatchEvent(new MouseEvent("click"));
  }
}"""
HELD = """() => [...document.querySelectorAll(".md-content, .md-content *")].flatMap(element => [
  ...element.getAttributeNames().filter(name => /^(on|is$|srcdoc$|formaction$)/i.test(name)),
  ...["href", "src", "action", "xlink:href"].filter(name =>
    /^(javascript|data|vbscript)/i.test((element.getAttribute(name) ?? "").replace(/[\\x00-\\x20]/g, ""))),
  ...(/^(script|style|iframe|object|embed|base|meta|link|template|foreignobject|animate|set)$/i.test(element.localName)
    && !(element.matches(".eq-glyphs > style") && /^HEIGHTS$/.test(element.textContent)) ? [element.localName] : []),
])""".replace("HEIGHTS", gates.HEIGHTS.pattern)


def ran(tab):
    tab.evaluate(PROVOKE)
    tab.evaluate("() => new Promise(done => setTimeout(done))")  # what waits its turn has run
    return tab.evaluate("ran")


def without_policy(route):
    """Answer with the page as it is, but for its policy."""
    answer = route.fetch()
    body, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", answer.text())
    assert count == 1
    route.fulfill(response=answer, body=body)


@pytest.fixture
def converted():
    """A function that makes of Markdown what a page would hold, if all were allowed."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    folders = [str(ROOT / name) for name in includes.FOLDERS]
    config.mdx_configs["pymdownx.snippets"]["base_path"] = folders
    config.markdown_extensions += content.PARTS
    converter = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )
    return lambda text: converter.reset().convert(text)


def test_each_mutation_is_refused_or_inert_without_the_policy(
    copy, built, converted, open_page, monkeypatch
):
    monkeypatch.setattr(leftovers, "of_content", lambda html: [])  # no wall, and would refuse some
    allowed = [
        text
        for text in mutations()
        if not hostile.INVISIBLE.search(text) and not any(allowlist.of_content(converted(text)))
    ]
    assert 20 < len(allowed) < MUTATIONS / 2  # many stand in code, or are text
    for number, text in enumerate(allowed):
        page = copy / f"docs/reference/injected-{number}.md"
        page.write_bytes(f"{HEAD}{text}\n\nthe end\n".encode())

    # Each is checked and built by itself. What is whole by itself may stand in one page for the browser.
    site = built(copy)
    contents = []
    for number, text in enumerate(allowed):
        page = (site / f"reference/injected-{number}/index.html").read_text(encoding="utf-8")
        content = re.search(
            r"<article class=\"md-content__inner.*?>(.*?)</article>", page, re.DOTALL
        )[1]
        assert "the end" in content, text
        contents.append(content)
    page = re.sub("<meta http-equiv=[^>]*>", "", page.replace(content, "\n".join(contents)))
    tab = opened(open_page, page)
    assert tab.get_by_text("the end", exact=True).count() == len(allowed)
    assert not ran(tab) and not tab.evaluate(HELD)


IMAGE = "<img src=x onerror=run()>"


def test_nothing_runs_on_any_kind_of_page(copy, built, open_page):
    """Planted in all that reaches a page by another way than its content, and opened without the policy."""
    change(copy, POST, "<!-- more -->", f"```html\n<!-- more -->\n{IMAGE}\n```\n\n<!-- more -->")
    change(copy, POST, "# ", f"# `</title></head><body>{IMAGE}` ")
    # What looks for a tag of its own in the page must find no words of an attribute.
    equation = '<span class="arithmatex" data-eq="0" data-words="0">'
    for tag in (equation, '<svg class="eq-glyphs">', "<pre>", "<table>"):
        attribute = f"{tag}' onclick=run() x='".replace("'", "&#39;")
        change(copy, POST, "## Sources", f"<p title='{attribute}'>planted</p>\n\n## Sources")
    change(copy, POST, "## Sources", f"## `{IMAGE}`\n\n## Sources")
    change(copy, POST, "![", f"![`{IMAGE}` ")
    change(copy, "snippets/recording/versions.json", '"Keras": "', f'"Keras": "{IMAGE}')
    site = built(copy)
    pages = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    assert {"index.html", "archive/2026/index.html", "tags/index.html", "404.html"} <= {*pages}
    assert any(page.startswith("category/") for page in pages)

    def before(context):
        context.add_init_script(LISTEN)
        context.route("**/*.html", without_policy)

    told = []
    with served(site) as address:
        tab = open_page(address, before=before)
        for page in pages:
            tab.goto(f"{address}{page}", wait_until="domcontentloaded")
            told += [page] if IMAGE in tab.locator("body").inner_text() else []
            assert not ran(tab) and not tab.evaluate(HELD), page
        search(tab, "onerror")
        assert IMAGE in tab.locator(".md-search-result__list").inner_text()
        assert not ran(tab)
    assert (site / "time-distributed/index.html").read_text("utf-8").count("<p title=") == 4
    # Where it was planted it can be read.
    assert {"index.html", "archive/2026/index.html", "time-distributed/index.html"} <= {*told}


def test_what_no_file_may_hold_is_refused_with_its_place(copy, told):
    """In names of authors, categories, drawings, records, and a page by another ending."""
    (copy / "docs/reference/other.markdown").write_text(f"{HEAD}{IMAGE}\n", encoding="utf-8")
    line = change(copy, "docs/.authors.yml", "The Unrolled project", f"'{IMAGE}'")
    entity = '<!DOCTYPE svg [<!ENTITY x "<script>run()</script>">]>'
    for name, drawing in (
        ("entity", f"{entity}\n<svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>"),
        ("sheet", "<?xml version='1.0'?>\n<?xml-stylesheet href='x.xsl'?><svg></svg>"),
        (
            "prefix",
            "<s:svg xmlns:s='http://www.w3.org/2000/svg'>\n<s:script>run()</s:script></s:svg>",
        ),
        ("torn", "<svg>\n<g></svg>"),
    ):
        (copy / f"docs/diagrams/{name}.svg").write_text(drawing, encoding="utf-8")
    message = told(copy)
    assert f"docs/.authors.yml:{line}: a < or a >: use words" in message
    assert "docs/diagrams/entity.svg:1: <! declares or includes what is not drawn" in message
    assert "docs/diagrams/sheet.svg:2: <? declares or includes what is not drawn" in message
    assert "docs/diagrams/prefix.svg:2: <script> is not allowed in a drawing" in message
    assert "docs/diagrams/torn.svg:2: is no whole drawing: mismatched tag" in message
    for name in ("entity", "sheet", "prefix", "torn"):
        (copy / f"docs/diagrams/{name}.svg").unlink()
    change(copy, "docs/.authors.yml", f"'{IMAGE}'", "The Unrolled project")

    record = "snippets/time_distributed/model.txt"  # its text stands in a fence
    change(copy, record, "\n", "\n```\n\n<svg onload=run()></svg>\n\n```\n")
    change(copy, POST, "categories: [", f"categories: ['{IMAGE}', ")
    message = told(copy)
    assert "docs/reference/other.markdown:7: the attribute onerror is not allowed" in message
    assert f"{POST}: the attribute onload is not allowed, here of <svg>" in message
    assert 'a <, a > or a " in its categories: use words' in message


def test_the_scripts_of_the_site_make_no_html_of_what_a_page_says(open_page):
    """No page may say such things (allowlist.py). If one did, its own scripts would not spread them."""

    def planted(route):
        answer = route.fetch()
        body = re.sub(
            r' data-(sym|v)="', lambda tie: f"{tie[0]}{html.escape(IMAGE)}", answer.text()
        )
        assert body.count(html.escape(IMAGE)) > 100
        body = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", body)
        route.fulfill(response=answer, body=body)

    def before(context):
        context.add_init_script(LISTEN)
        context.route("**/lstm/", planted)

    tab = open_page("lstm/", before=before)
    tab.locator("#explorer").scroll_into_view_if_needed()
    tab.locator("#explorer i[data-sym]").first.wait_for()
    for option in tab.locator("[role=option]").all()[:3]:
        option.focus()
    assert not ran(tab)


@pytest.mark.parametrize("kind", sorted(hostile.KINDS))
def test_no_file_beside_a_page_runs_as_a_script(kind, site, open_page):
    """The policy lets a page run what is the site's own: nothing that `docs/` may publish is a script."""
    page = (site / "404.html").read_text(encoding="utf-8")
    shown = page.replace("</article>", f'<script src="/planted{kind}"></script></article>')

    def before(context):
        context.add_init_script(LISTEN)
        context.route(
            "**/injected.html", lambda route: route.fulfill(body=shown, content_type="text/html")
        )
        kinds = mimetypes.guess_type(f"planted{kind}")[0]
        context.route("**/planted.*", lambda route: route.fulfill(body="run()", content_type=kinds))

    assert not ran(open_page("injected.html", before=before))


def test_a_script_in_a_template_is_refused_and_the_policy_does_not_let_it_run(
    copy, built, told, monkeypatch
):
    """Two walls: what a page holds adds nothing to the policy, also where nobody looks at the finished page."""
    template = "overrides/partials/content.html"
    change(copy, template, "{{ page.content }}", "<script>one()</script>{{ page.content }}")
    wrong = "the finished page: the <script> is none of the project's: <script>'one()'"
    assert wrong in told(copy)
    change(copy, template, "one()", "two()")
    monkeypatch.setattr(allowlist, "of_page", lambda *_: [])
    page = (built(copy) / "time-distributed/index.html").read_text(encoding="utf-8")
    assert page.count("<script>two()</script>") == 1
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    [allowed] = re.findall(r"script-src 'self'((?: 'sha256-[^']*')*);", policy)
    assert sorted(allowed.split()) == sorted(
        map(gates.digest, gates.listed("time-distributed/index.html", copy))
    )


def test_what_no_page_may_hold_does_not_run_under_the_policy(site, open_page):
    """The same, put into a finished page as it is: the policy alone stops it; without it much would run."""
    page = (site / "404.html").read_text(encoding="utf-8")
    between = (
        "-->\"'></title></style></script></textarea></xmp></svg></math></select></table></template>"
    )
    texts, counts = mutations(), {"held": 0, "open": 0}
    for first in range(0, MUTATIONS, 50):
        body = between.join(texts[first : first + 50])
        held = page.replace("</article>", f"{body}{between}</article>")
        open_ = re.sub("<meta http-equiv=[^>]*>", "", held)
        for name, shown in (("held", held), ("open", open_)):
            counts[name] += len(ran(opened(open_page, shown)))
    assert counts["held"] == 0 and counts["open"] > 50, counts


def opened(open_page, shown):
    """A tab with a page of this text."""

    def before(context):
        context.add_init_script(LISTEN)
        answer = {"body": shown, "content_type": "text/html; charset=utf-8"}
        context.route("**/injected.html", lambda route: route.fulfill(**answer))

    return open_page("injected.html", until="domcontentloaded", before=before)
