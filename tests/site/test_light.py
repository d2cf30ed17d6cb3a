"""What keeps pages quick: one small stylesheet, styles computed once, colours set before anything is shown."""

import gzip
import json
import re

import pytest
import tinycss2

from hooks import stylesheet
from tests.site.pages import read_site
from tests.site.tabs import FRAMES, in_scheme, moves, ready

LONG = "gru/"


# Let a page run no script but those in it.
WITHOUT_FILES = {"**/*.js": lambda route: route.abort()}


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}.b{x:2}", ".a{x:1}"),
        (".a,.b,p{x:1}", ".a,p{x:1}"),
        (".a .b{x:1}p .a:not(.b){x:2}", "p .a:not(.b){x:2}"),
        ("@media print{.b{x:1}.a{x:2}}@media screen{.b{x:1}}", "@media print{.a{x:2}}"),
        ("@keyframes k{0%{x:1}to{x:2}}", "@keyframes k{0%{x:1}to{x:2}}"),
        ('.a:after{content:"}{.b"}', '.a:after{content:"}{.b"}'),
        ("[dir=rtl] .a{x:1}[data-md-color-primary=red]{x:2}[data-md-color-primary=custom]{x:3}",
         "[data-md-color-primary=custom]{x:3}"),
        (".a table:not([class]) td>:first-child{x:1}.a table:not([class]) td{x:2}",
         ".a table:not([class]) td{x:2}"),
        (":is(.a,.b):hover{x:1}.a:is(.b,.c){x:2}", ":is(.a,.b):hover{x:1}"),
        (".a{x:1;&:hover{x:2}.b &{x:3}}.b{x:4}", ".a{x:1;&:hover{x:2}.b &{x:3}}"),
        ("@layer a,b;@media print{.a{&.b{x:1}}}", "@layer a,b;@media print{.a{&.b{x:1}}}"),
    ],
)  # fmt: skip
def test_rules_that_no_page_can_use_are_left_out(css, kept):
    assert stylesheet.used(css, ("a",)) == kept


def test_what_is_no_stylesheet_is_refused():
    with pytest.raises(stylesheet.StyleError, match="the theme's stylesheet, line 2, column 3: "):
        stylesheet.used(".a{x:1}\np.a", ("a",))


def test_properties_that_nothing_asks_for_are_left_out():
    icons = """:root{--a:url("data:x;{--b:1}");--b:1;color:red}"""
    rule = "@media print{.m--b:hover{color:var( --b);--d:3}}"
    assert stylesheet.used(icons + rule, ("m--b",), ("--b",)) == (
        ":root{--b:1;color:red}@media print{.m--b:hover{color:var( --b)}}"
    )


def test_a_tab_says_what_stands_there():
    tab = ".tabbed-set>input:nth-child(2):checked~.tabbed-"
    names = ("tabbed-set", "tabbed-labels", "tabbed-content")
    assert stylesheet.used(
        f"{tab}labels>:nth-child(2),{tab}content>:nth-child(2){{x:1}}", names
    ) == (f"{tab}labels>label:nth-child(2),{tab}content>div:nth-child(2){{x:1}}")


def test_few_rules_are_tried_on_each_element_of_a_page(site):
    """Those that end in whatever stands there: no class, no name, no attribute leads a browser to them."""
    css = (site / stylesheet.SHEET).read_text("utf-8")
    tried = [*filter(ends_in_anything, selectors(tinycss2.parse_stylesheet(css)))]
    assert 40 < len(tried) < 70, "\n".join(map(tinycss2.serialize, tried))


def selectors(rules):
    """The selectors of all rules, as lists of tokens."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from stylesheet.selectors_of(rule.prelude)
        elif rule.type == "at-rule" and rule.lower_at_keyword in stylesheet.GROUPS:
            yield from selectors(tinycss2.parse_rule_list(rule.content or []))


def ends_in_anything(selector):
    last = []
    for token in selector:
        if token.type == "whitespace" or token in (">", "+", "~"):
            last = []
        else:
            last.append(token)
    of_pseudo = [before == ":" for before in [None, *last]]
    return not any(
        token.type in ("ident", "hash", "[] block") and not pseudo
        for token, pseudo in zip(last, of_pseudo)
    )


# What has a small stylesheet more, so that no other page carries it.
MORE_STYLES = {
    "": "home.css",
    "attention/": "attention-lab.css",
    "backpropagation/": "gradient-lab.css",
    "convlstm/": "frames-lab.css",
    "long-sequences/": "reach-lab.css",
    "rnn-api/": "shapes-lab.css",
    "rnn-in-action/": "sampling-lab.css",
    "variable-lengths/": "padding-lab.css",
    "what-the-state-remembers/": "state-lab.css",
    "windows-of-a-series/": "windows-lab.css",
    **{
        f"reference/cheat-sheets/{sheet}/": "cheat-sheets.css"
        for sheet in ("dense", "simple-rnn", "lstm", "gru", "bidirectional")
    },
}


def test_there_is_one_stylesheet_with_what_scripts_need_later(site):
    for page, html in read_site(site).html.items():
        assert html.count('rel="stylesheet"') == (2 if page in MORE_STYLES else 1), page
        assert f"stylesheets/{MORE_STYLES.get(page, 'unrolled.css')}" in html
    for name in {*MORE_STYLES.values()}:
        assert len(gzip.compress((site / "assets/stylesheets" / name).read_bytes())) < 2_000
    sheet = (site / stylesheet.SHEET).read_text(encoding="utf-8")
    assert not stylesheet.COSTLY.search(sheet)
    for late in (".md-search-result__item", ".md-dialog--active", ".md-top", ".md-code__button"):
        assert late in sheet
    assert len(gzip.compress(sheet.encode())) < 25_000
    # What it asks for is declared, in it or by a script.
    declared = set(re.findall(r"[{;]\s*(--[\w-]+)\s*:", sheet))
    scripts = [path.read_text("utf-8") for path in site.glob("assets/javascripts/*.js")]
    for name in set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", sheet)) - declared:
        assert any(name in script for script in scripts), name


def test_styles_are_computed_once_while_a_long_page_is_loaded(browser, open_page, address):
    """Each rule or script that has them computed anew costs a phone a quarter of a second."""
    tab = open_page("404.html")  # begun before there is a tab, a trace takes long to end
    browser.start_tracing(categories=["devtools.timeline"])
    tab.goto(address + LONG)
    ready(tab)
    trace = json.loads(browser.stop_tracing())
    done = [e["args"] for e in trace["traceEvents"] if e["name"] == "UpdateLayoutTree"]
    computed = sum(args.get("elementCount", 0) for args in done)
    there = tab.evaluate("document.querySelectorAll('*').length")
    # Equations off the screen have no styles yet.
    assert there / 4 < computed < 1.2 * there


def test_what_is_below_the_first_screen_is_laid_out_when_its_reader_comes(open_page):
    """Only for who reads from the top: who comes to a place in the page must find all heights final."""
    left_out = """[...document.querySelectorAll(".md-content__inner > *")]
      .filter(block => getComputedStyle(block).contentVisibility === "auto").length"""

    tab = open_page(LONG)
    assert tab.evaluate(left_out) > 100
    tab.emulate_media(media="print")
    assert tab.evaluate(left_out) == 0
    tab.reload()
    assert tab.evaluate(left_out) == 0
    tab = open_page(LONG)
    tab.keyboard.press("Tab")  # who reads with the keys comes to all that can be scrolled
    assert tab.evaluate(left_out) == 0
    assert open_page(f"{LONG}#understanding-the-weights").evaluate(left_out) == 0
    assert open_page(LONG, java_script_enabled=False).evaluate(left_out) == 0


def test_what_is_read_stays_in_place_while_blocks_are_laid_out(open_page):
    tab = open_page(LONG)
    below_header = tab.locator("header").bounding_box()["height"]
    tab.mouse.move(600, 400)
    for link in ("#exercises", "#understanding-the-weights"):
        tab.locator(f"a[href='{link}']:visible").first.click()
        for _ in range(3):
            tab.evaluate(FRAMES)
        top = tab.locator(link).bounding_box()["y"]
        assert below_header <= top < below_header + 80, link
    jumped = moves(tab)  # what is below the goal, one frame after the jump
    for way in (-300, 300):
        for _ in range(20):
            tab.mouse.wheel(0, way)
            tab.evaluate(FRAMES)
    assert tab.evaluate("scrollY") > 0 and moves(tab) == jumped


def test_colours_follow_the_system_before_any_other_script_and_a_choice_is_kept(open_page):
    scheme = "document.body.dataset.mdColorScheme"

    tab = open_page("", scheme="dark", routes=WITHOUT_FILES, until="domcontentloaded")
    assert tab.evaluate(scheme) == "slate"

    tab = open_page("", scheme="light")
    seen = [tab.evaluate(scheme)]
    for name in ("Switch to light mode", "Switch to dark mode", "Follow the system"):
        tab.locator(f'label[title="{name}"]').click()
        seen.append(tab.evaluate(scheme))
    assert seen == ["default", "default", "slate", "default"]
    in_scheme(tab, "dark")
    # With the keyboard, and on the next page.
    tab.locator("#__palette_0").focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate(scheme) == "default"
    tab.reload()
    assert tab.evaluate(scheme) == "default"


REFUSED = "if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))"


def test_what_the_browser_refuses_to_copy_is_selected(open_page):
    complaints = []

    def before(context):
        context.add_init_script(REFUSED)
        context.on("weberror", lambda error: complaints.append(str(error.error)))

    tab = open_page("time-distributed/", near="cell-explorer", before=before)
    tab.locator(".explorer-copy").click()
    program = tab.locator("textarea.explorer-program").input_value()
    assert "\nimport numpy as np\n" in program
    assert tab.evaluate("getSelection().toString()") == program
    assert not complaints


@pytest.mark.parametrize("script", ["", REFUSED])
def test_a_block_of_code_can_be_copied(open_page, script):
    """By who forbids pages the clipboard, too: then the browser copies what the page has selected."""
    tab = open_page(
        "time-distributed/",
        permissions=["clipboard-read", "clipboard-write"],
        before=lambda context: context.add_init_script(script),
    )
    block = tab.locator("pre", has=tab.locator("code")).nth(1)
    block.get_by_role("button", name="Copy to clipboard").click()
    tab.get_by_role("status").filter(has_text="Copied to clipboard").wait_for()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == block.locator("code").text_content().removesuffix("\n")
