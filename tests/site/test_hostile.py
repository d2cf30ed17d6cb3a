"""Pages that somebody means harm with, or that no build would come to an end with."""

import os

import pytest
from bs4 import BeautifulSoup

from hooks import allowlist, front_matter, hostile, includes, mathjax
from tests.site.conftest import ROOT

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
HEAD = "---\ndescription: A page.\n---\n\n# A page\n\n"
ALERT = "alert(document.domain)"

# What a page must not contain: a line of it, and what its author is told.
REFUSED = {
    f"<script>{ALERT}</script>": "<script> is not allowed in a page",
    f"a <ScRiPt>{ALERT}</sCrIpT> b": "<script> is not allowed in a page",
    "<script/src=https://example.com/x.js></script>": "<script> is not allowed in a page",
    f'<p onclick="{ALERT}">a</p>': "the attribute onclick is not allowed, here of <p>",
    f"<svg/onload={ALERT}>": "the attribute onload is not allowed, here of <svg>",
    f'a *b*{{ onclick="{ALERT}" }}': "the attribute onclick is not allowed, here of <em>",
    f'<cell-explorer onclick="{ALERT}"></cell-explorer>': "the attribute onclick is not allowed, here",
    "<cell-x></cell-x>": "<cell-x> is not allowed in a page",
    '<p style="position: fixed">a</p>': "the attribute style is not allowed, here of <p>",
    f"[a](javascript:{ALERT})": f"<a> leads to 'javascript:{ALERT}': only addresses to pages",
    f"[a](<jav&#x09;ascript:{ALERT}>)": "<a> leads to 'jav\\tascript:alert(document",
    f"<a href=' &#106;avascript:{ALERT}'>a</a>": "<a> leads to ' javascript:alert(document",
    "[a](data:text/html,a)": "<a> leads to 'data:text/html,a': only addresses to pages",
    "![a](https://example.com/a.png)": "<img> leads to 'https://example.com/a.png': only addresses",
    "![a](//example.com/a.png)": "<img> leads to '//example.com/a.png': only addresses below docs/",
    '<img src="/\\example.com/a.png" alt="a">': "<img> leads to '/\\\\example.com/a.png'",
    '<svg><path fill="URL(//example.com/a.svg#a)"/></svg>': "the fill of <path> is fetched from",
    '<img srcset="https://example.com/a.png" alt="a">': "the attribute srcset is not allowed",
    '<iframe src="https://example.com/"></iframe>': "<iframe> is not allowed in a page",
    '<object data="x.swf"></object>': "<object> is not allowed in a page",
    '<embed src="x.swf">': "<embed> is not allowed in a page",
    '<form action="https://example.com/"></form>': "the attribute action is not allowed, here of <form>",
    '<meta http-equiv="refresh" content="0;url=https://example.com/">': "<meta> is not allowed",
    '<base href="https://example.com/">': "<base> is not allowed in a page",
    '<link rel="stylesheet" href="https://example.com/a.css">': "<link> is not allowed in a page",
    "<style>* { display: none }</style>": "<style> is not allowed in a page",
    f'<title><img alt="</title><script>{ALERT}</script>"></title>': "<script> is not allowed",
    f"<svg><foreignObject><p>{ALERT}</p></foreignObject></svg>": "<foreignobject> is not allowed",
    '<svg><use href="https://example.com/a.svg#a"></use></svg>': "<use> leads to 'https://example",
    f"<math><mtext><script>{ALERT}</script></mtext></math>": "<math> is not allowed in a page",
    f"<body onload={ALERT}>": "<body> is not allowed in a page",
    f"a <html onclick={ALERT}> b": "<html> is not allowed in a page",
    "<template><p>a</p></template>": "<template> is not allowed in a page",
    '<img name="querySelector" src="a.png" alt="a">': 'name="querySelector" of <img>',
    '<form><input name="querySelectorAll"></form>': 'name="querySelectorAll" of <input>',
    '<p id="addEventListener">a</p>': 'id="addEventListener" for another thing',
    "## A heading {#constructor}": 'id="constructor" for another thing',
    '<p id="__config">a</p>': 'id="__config" begins with __',
    '<label for="__drawer">a</label>': 'for="__drawer" begins with __',
    '<p data-md-component="search">a</p>': "data-md-component is for the theme's own scripts",
    '<p class="a md-overlay">a</p>': "the class md-overlay is for the theme's own parts",
    '<figure><b data-sym="x&lt;img src=x&gt;">x</b></figure>': "names nothing of this site",
    '<span class="arithmatex" data-eq="abc">x</span>': "data-eq='abc' names nothing of this site",
    "<div><b>a</div>": "a <b> is not closed",
    "a</div></div>": "an element is closed that was not opened",
    "<div>a</div>\n</div>": "an element is closed that was not opened",
    "a <i>b": "a <i> is not closed",
    "<table><tr><td>a": "a <td> is not closed",
    "<ul><li>a": "a <ul> is not closed",
}


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_hostile_html_is_refused_with_file_line_and_reason(copy, told):
    expected = []
    for number, (line, reason) in enumerate(REFUSED.items(), 1):
        write(copy, f"docs/reference/hostile-{number}.md", f"{HEAD}{line}\n")
        expected.append((f"docs/reference/hostile-{number}.md:7: ", reason, line))
    lines = told(copy).splitlines()
    for at, reason, line in expected:
        assert any(at in text and reason in text for text in lines), (line, reason, lines)


def test_what_pages_need_is_allowed(copy, built):
    """And what only looks bad stands on the page as text."""
    text = f"""
<cell-explorer class="wide" cell="lstm" data-step="1" aria-label="A cell" markdown>

| left | right |
|------|-------|
| `<script>{ALERT}</script>` | right |

</cell-explorer>

```html
<script>{ALERT}</script>
```

{{{{ config.site_dir }}}} {{% include "x" %}} a < b, <img src="x.png"onerror="{ALERT}">, [mail](mailto:a@example.com), [web](https://example.com/a:b?c=d), <https://example.com/>

$$
\\text{{<script>{ALERT}</script>}}
$$

{">" * 1000} deep

{"".join("    " * depth + "- a" + chr(10) for depth in range(60))}
"""
    write(copy, "docs/reference/odd.md", HEAD + text)
    soups = [
        BeautifulSoup((built(copy) / "reference" / page / "index.html").read_bytes(), "lxml")
        for page in ("odd", "notation")
    ]
    scripts = [[str(script) for script in soup.find_all("script")] for soup in soups]
    assert len(scripts[0]) == len(scripts[1]) > 0 and ALERT not in "".join(scripts[0])
    article = soups[0].find("article").get_text()
    assert '{{ config.site_dir }} {% include "x" %}' in article
    assert article.count(ALERT) == 4 and soups[0].find("cell-explorer", class_="wide")


def test_hostile_files_are_refused_with_file_line_and_reason(tmp_path, copy, told):
    """Links, large and active files, bytes that are no text, and what takes Markdown for ever."""
    page = HEAD + "a\n"
    outside = write(tmp_path, "outside.md", page)
    docs = tmp_path / "docs"
    expected = {}
    for name, text, wrong in [
        ("long.md", HEAD + "a" * 3_000_000, ": has 3,000,040 bytes: at most 80,000 are allowed"),
        ("line.md", HEAD + "a" * 9_000, ":7: the line has 9,000 characters: at most 2,000"),
        ("paragraph.md", HEAD + "a b\n" * 4_000, ":7: the paragraph has 16,000 characters"),
        (
            "wide.md",
            HEAD + "|".join("a" * 200) + "\n" + "|b|\n" * 50,
            ":7: the table has 10,149 cells",
        ),
        ("tags.md", HEAD + "a<b\n" * 501, ":7: the paragraph has more than 500 <"),
        ("deep.md", HEAD + "[" * 1_900, ":7: the paragraph has more than 20 [ in each other"),
        ("nul.md", page + "\0", ":8: holds the invisible character U+0000"),
        ("turned.md", page + "\u202eevil", ":8: holds the invisible character U+202E"),
        ("latin.md", page.encode() + b"caf\xe9", ":8: is not UTF-8 (byte 0xe9): save it as UTF-8"),
        ("a.html", page, ": a .html file would be published as it is: write pages in Markdown"),
        ("a.JS", page, ": a .js file would be published as it is: write pages in Markdown"),
        ("a.txt", "run()", ": a .txt file would be published as it is"),
        ("a.json", "{}", ": a .json file would be published as it is"),
        (
            "a.svg",
            f"<svg {XMLNS}>\n<script>1</script></svg>",
            ":2: <script> is not allowed in a dr",
        ),
        ("b.svg", f'<svg {XMLNS}\nonload="1"></svg>', ":2: the attribute onload is not allowed"),
        # In HTML a title holds words, in XML it holds elements, and a drawing is opened as XML.
        (
            "c.svg",
            f"<svg {XMLNS}>\n<title><title><script>1</script></title></title></svg>",
            ":2: the <ti",
        ),
        (
            "d.svg",
            f"<svg {XMLNS}><p xmlns='http://www.w3.org/1999/xhtml'/></svg>",
            ":1: <p> is no SVG",
        ),
        ("e.svg", "<svg></svg>", ":1: <svg> is no SVG: write <svg xmlns="),
        (
            "f.svg",
            f'<svg {XMLNS}>\n<path fill="u\\72 l(//e.org/a#a)"/></svg>',
            ":2: the fill of <path>",
        ),
    ]:
        write(docs, name, text)
        expected[f"docs/{name}"] = wrong
    with open(write(docs, "huge.png", ""), "wb") as image:
        image.truncate(50_000_000)
    expected["docs/huge.png"] = ": has 50,000,000 bytes: at most 500,000 are allowed"
    try:
        (docs / "link.md").symlink_to(outside)
        (docs / "everything").symlink_to(tmp_path, target_is_directory=True)
    except OSError:  # on Windows, only those who are allowed to
        pass
    else:
        expected["docs/link.md"] = expected["docs/everything"] = ": is a link: put there what it"
    found = hostile.faults(tmp_path)
    assert len(found) == len(expected), found
    for name, wrong in expected.items():
        assert any(fault.startswith(name + wrong) for fault in found), (name, wrong, found)
    assert not hostile.faults(ROOT)
    write(copy, "docs/reference/nul.md", page + "\0")  # the build asks first of all
    assert "docs/reference/nul.md:8: holds the invisible character U+0000" in told(copy)


def test_front_matter_runs_no_code_and_stays_words(tmp_path, copy, told):
    ran = tmp_path / "ran"
    write(
        tmp_path,
        "docs/a.md",
        f"---\ntitle: A\ntags: !!python/object/apply:os.mkdir ['{ran}']\n---\n",
    )
    [fault] = front_matter.faults(tmp_path)
    assert fault.startswith("docs/a.md:3: its front matter is no plain YAML: could not determine")
    assert not ran.exists()
    escape = "---\ndate: 2026-11-22\nslug: ../../../escaped\ndescription: A.\n---\n# A\n"
    write(copy, "docs/posts/escape.md", escape)
    injected = "---\ntitle: '<script>'\ndescription: a \" onload=\"b\ntags: [a<b]\n...\n# A\n"
    write(copy, "docs/reference/injected.md", injected)
    message = told(copy)
    assert "docs/posts/escape.md:3: its address ../../../escaped/ leads out of the site" in message
    assert not list(tmp_path.rglob("escaped"))
    for line, key in enumerate(["title", "description", "tags"], 2):
        assert f'docs/reference/injected.md:{line}: a <, a > or a " in its {key}' in message


# What scripts could mean by a name: what `window` inherits from behind the elements that it names,
# and all that a document or a form has.
MEANT = """() => {
  const all = object => object ? [...Object.getOwnPropertyNames(object), ...all(Object.getPrototypeOf(object))] : [];
  const behind = Object.getPrototypeOf(Object.getPrototypeOf(Window.prototype));
  return [all(behind), [...all(document), ...all(document.createElement("form"))]];
}"""


def test_no_id_and_no_name_shadows_what_scripts_use(open_page):
    behind, members = open_page("404.html").evaluate(MEANT)
    assert "addEventListener" in behind and {"querySelector", "elements", "submit"} <= {*members}
    for name in behind:
        assert any(allowlist.of_content(f'<p id="{name}">a</p>')), name
    for name in members:
        for element in ("img", "form", "input", "a"):
            assert any(allowlist.of_content(f'<{element} name="{name}">')), (element, name)
    for name in ("gate", "step-2", "fn:1", "zustand", "__tabbed_1_1"):
        assert not [*allowlist.of_content(f'<p id="{name}">a</p>')]


@pytest.mark.parametrize(
    ("include", "wrong"),
    [
        ('--8<-- "../../../etc/passwd"', "includes ../../../etc/passwd, but snippets/ or"),
        ("--8<-- '/etc/passwd'", "includes /etc/passwd, but snippets/ or overrides/partials/ has"),
        ('--8<-- "https://example.com/x.md"', "includes https://example.com/x.md, but snippets/"),
        ('--8<-- "a/../../mkdocs.yml"', "includes a/../../mkdocs.yml, but snippets/ or"),
        ('--8<-- "\'/../../mkdocs.yml"', "includes '/../../mkdocs.yml, but snippets/ or"),
        ('--8<-- "mkdocs.yml"', "includes mkdocs.yml, but snippets/ or overrides/partials/ has no"),
        ('--8<-- "a.py:1:5"', "includes a.py:1, but snippets/ or overrides/partials/ has no such"),
        ("--8<--\n/etc/passwd\n--8<--", "includes a block: write --8<--"),
        ('--8<-- "link.py"', "includes link.py, but snippets/ or overrides/partials/ has no such"),
    ],
)
def test_an_include_from_elsewhere(tmp_path, include, wrong):
    write(tmp_path, "docs/a.md", f"{HEAD}{include}\n")
    write(tmp_path, "snippets/a.py", "")
    write(tmp_path, "mkdocs.yml", "")
    if "link" in include:
        try:
            (tmp_path / "snippets/link.py").symlink_to(os.devnull)
        except OSError:
            pytest.skip("this account may make no links")
    assert includes.faults(tmp_path)[0].startswith(f"docs/a.md:7: {wrong}")


@pytest.mark.parametrize(
    "command", ["href{javascript:1}", "style{color:red}", "cssId{a}", "class{a}", "data{v=a>}"]
)
def test_an_equation_that_reaches_out_of_itself(command):
    with pytest.raises(mathjax.EquationError, match="is not allowed in the equation"):
        mathjax.typeset(f"\\{command}{{x}}", display=False)
