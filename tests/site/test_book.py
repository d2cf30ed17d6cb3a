"""The book of two chapters is held to all that the whole one is, and faults are planted in it."""

import dataclasses
import io
import re
import zipfile

import pikepdf
import pytest
from selectolax.lexbor import LexborHTMLParser

from book import binding, chapters, epub, offline, printing, reading
from tests.site import book as gates
from tests.site.pages import read_site

PAGES = ["math-of-a-simple-rnn/", "exactly-one/"]
POINT = "data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP8AACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="
FIRST = '<section class="chapter" id="math-of-a-simple-rnn">'
# What is changed in the book, and which gate sees it.
PLANTED = {
    "figures": (' aria-label="', ' data-label="'),
    "vectors": (FIRST, f'{FIRST}<img width="9" height="9" alt="" src="{POINT}">'),
    "numbers": ('data-page="exactly-one"', 'data-page="part-1"'),
    "feet": ('content: "Exactly one 1', 'content: "Exactly 1'),
    "titles": (">Exercises</h3>", ">Exercise</h3>"),
    "links": (FIRST, f'{FIRST}<p><a href="../lstm/">LSTM</a></p>'),
    "letters": (
        '<main class="md-typeset">',
        '<main class="md-typeset small"><style>.small.small { font-size: 9pt; }</style>',
    ),
}


@pytest.fixture(scope="module")
def source(site):
    return reading.Site(site)


@pytest.fixture(scope="module")
def parts(source):
    """Two parts, each with one chapter."""
    return [
        dataclasses.replace(part, addresses=(page,)) for part, page in zip(source.parts(), PAGES)
    ]


@pytest.fixture(scope="module")
def printed(source, parts, browser):
    """A function that prints the book, with these changes: the gates' Book, without EPUB."""
    html, outline = binding.bound(source, parts)

    def printed(*changes):
        changed = html
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new, 1)
        with printing.opened(browser, changed, source.folder) as page:
            pdf = printing.finished(printing.printed(page), source, outline)
        return gates.Book(read_site(source.folder), PAGES, pdf, b"")

    return printed


@pytest.fixture(scope="module")
def whole(source, parts, browser, printed):
    return dataclasses.replace(printed(), epub=epub.packed(source, parts, browser))


def test_the_book_is_whole(whole):
    assert whole.equations > 50
    assert whole.drawings == 3
    assert not gates.faults(whole)


def test_planted_faults_are_seen(printed):
    book = printed(*PLANTED.values())
    assert [name for name in PLANTED if not [*getattr(gates, name)(book)]] == []


def test_what_does_not_fit_is_refused(printed):
    styles = {
        "wide": "width: 160mm;",
        "left": "margin: 0 -9mm;",
        "cut": "white-space: nowrap; overflow: hidden;",
        "fits": "white-space: normal; overflow: hidden;",
    }
    rules = "".join(f".md-typeset p.{name} {{ {style} }}" for name, style in styles.items())
    lines = "".join(f'<p class="{name}">{"Too wide? " * 20}</p>' for name in styles)
    with pytest.raises(ValueError, match="would be cut off") as refused:
        printed((FIRST, f"{FIRST}<style>{rules}</style>{lines}"))
    told = re.findall(r"'math-of-a-simple-rnn: <p class=\"(\w+)", str(refused.value))
    assert told == ["wide", "left", "cut"]


def test_what_is_not_there_is_refused(printed):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.png"):
        printed((FIRST, f'{FIRST}<img src="/nowhere.png" alt="">'))


def test_a_page_that_is_left_out_is_seen(whole):
    book = dataclasses.replace(whole, pages=[*PAGES, "lstm/"])
    for gate in (gates.complete, gates.figures, gates.drawn):
        assert [*gate(book)]


@pytest.mark.parametrize(
    ("old", "new", "gate"),
    [
        (b'id="exactly-one__exercises', b'id="exactly-two__exercises', gates.packed),
        (b'href="exactly-one.xhtml"', b'href="exactly-two.xhtml"', gates.packed),
        (b' aria-label="', b' data-label="', gates.drawn),
    ],
)
def test_planted_faults_of_the_epub_are_seen(whole, old, new, gate):
    made = io.BytesIO()
    assert any(old in data for data in whole.files.values())
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in whole.files.items():
            archive.writestr(name, data.replace(old, new, 1))
    assert [*gate(dataclasses.replace(whole, epub=made.getvalue()))]


def test_images_come_along(source, parts, browser, whole, monkeypatch):
    plain = epub.chapters_of

    def with_image(*given):
        made = plain(*given)
        image = '<img src="/assets/logo.svg" alt="The logo">'
        return {
            page: dataclasses.replace(chapter, html=chapter.html + image)
            for page, chapter in made.items()
        }

    monkeypatch.setattr(epub, "chapters_of", with_image)
    book = dataclasses.replace(whole, epub=epub.packed(source, parts, browser))
    assert book.files["book/assets/logo.svg"] == (source.folder / "assets/logo.svg").read_bytes()
    assert not [*gates.packed(book)]


def test_all_pages_are_read_in_the_order_of_the_menu(source, site):
    addresses = [address for part in source.parts() for address in part.addresses]
    assert sorted(addresses) == sorted(gates.chapters(read_site(site)))
    assert addresses[0] == "time-distributed/"
    # What no menu lists stands behind the page whose folder it is in.
    at = addresses.index("reference/answers/")
    assert addresses[at + 1].startswith("reference/answers/")


def test_an_equation_says_the_line_that_the_search_has(whole):
    labels = whole.trees["book/exactly-one.xhtml"].xpath("//@aria-label")
    assert {"r_t ⊙ (h_(t − 1) U_h)", "−6 − 12 − 3 = −21"} <= {*labels}


def test_a_title_tells_its_equations():
    title = LexborHTMLParser('<h2>If <b>your</b> <svg aria-label="y_1"><g/></svg> is\nanother</h2>')
    assert chapters.words(title.css_first("h2")) == "If your y_1 is another"


def test_colours_need_no_variables():
    sheet = """
      :root { --ink: #123; --line: var(--ink); }
      [data-md-color-scheme="slate"] { --ink: #eee; }
      .diagram .wire { stroke: var(--line); margin: .5rem }
      .diagram .wire:hover { stroke: red }
      p { color: var(--ink) }
    """
    assert epub.coloured(sheet) == ".diagram .wire{stroke: #123; margin: 0.625em}\n"


def test_a_zip_has_all_files_and_is_the_same_again(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("A", "utf-8")
    (tmp_path / "index.html").write_text("Home", "utf-8")
    made = offline.packed(tmp_path)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["unrolled/a/index.html", "unrolled/index.html"]
        assert archive.read("unrolled/a/index.html") == b"A"
    assert offline.packed(tmp_path) == made


def test_one_name_for_two_things_is_refused():
    assert binding.united([{"b": "2", "a": "1"}, {"a": "1"}]) == "1\n2"
    with pytest.raises(LookupError, match="different things by a"):
        binding.united([{"a": "1"}, {"a": "2"}])


def test_what_is_wrong_with_the_files_is_seen(tmp_path, monkeypatch):
    for kind in gates.MOST:
        (tmp_path / f"unrolled.{kind}").write_bytes(b"a book")
    links = "".join(f'<a href="unrolled.{kind}">book</a>' for kind in gates.MOST)
    home = tmp_path / "index.html"
    home.write_text(links, "utf-8")
    (tmp_path / "unrolled.zip").write_bytes(offline.packed(tmp_path))
    assert [*gates.files(tmp_path)] == []

    home.write_text(links.replace("epub", "djvu"), "utf-8")
    (tmp_path / "late.html").write_text("Late", "utf-8")
    monkeypatch.setitem(gates.MOST, "pdf", 3)
    assert [*gates.files(tmp_path)] == [
        "unrolled.pdf has 6 bytes, more than 3",
        "the home page has no link to unrolled.epub",
        "the zip lacks late.html",
    ]


def test_headings_in_any_letters_are_places():
    """Chromium calls the heading with the id "wo-δ" so."""
    pdf = pikepdf.new()
    pdf.Root.Dests = pikepdf.Dictionary({"/wo-%CE%B4": pikepdf.Array([1])})
    assert [*printing.places(pdf)] == ["wo-δ"]
