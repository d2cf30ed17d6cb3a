"""No address under which a page was ever published is lost, with scripts or without."""

import pytest

from hooks import aliases, front_matter
from tests.site.conftest import NOTEBOOK, POST, change
from tests.site.pages import read_site

# Each address of a page of the first edition. Add to this list, and take nothing from it.
PUBLISHED = """
404.html archive/2026/ backpropagation/ category/understanding-computations/
category/working-with-sequences/ gru/ inside-an-rnn-layer/ long-sequences/ lstm/
notebooks/math-of-a-simple-rnn/ notebooks/rnn-in-action/ notebooks/what-the-state-remembers/
reference/bibliography/ reference/how-the-numbers-stay-true/ reference/notation/ reference/shapes-and-parameters/
rnn-api/ simple-rnn/ stacked-rnn/ tags/ time-distributed/ variable-lengths/
math-of-a-simple-rnn/ rnn-in-action/ what-the-state-remembers/
a-cell-of-your-own/ a-cell-that-counts/ exactly-one/ what-keras-hides/ four-kinds-of-function/ exploding-gradients/ sequences-in-pieces/ optimisers/ reference/when-your-numbers-differ/
recurrences-of-today/ selective-state-space/
windows-of-a-series/
reference/cheat-sheets/ reference/cheat-sheets/bidirectional/ reference/cheat-sheets/dense/ reference/cheat-sheets/gru/
embedding/ dropout/
reference/cheat-sheets/lstm/ reference/cheat-sheets/simple-rnn/
attention/
self-attention/
normalisation/
reference/cheat-sheets/lstm/ reference/cheat-sheets/simple-rnn/ saving-and-moving/ category/around-the-layer/ bidirectional/ embedding/ attention/
parallel-scan/ what-each-remembers/
convlstm/
""".split()
OLD = "notebooks/rnn-in-action/"


def test_no_address_that_was_published_is_lost(site):
    now = read_site(site)
    assert [page for page in PUBLISHED if page not in now.html and page not in now.moved] == []
    assert sorted(now.moved) == [page for page in PUBLISHED if page.startswith("notebooks/")]
    everything = "".join(now.html.values()) + (site / "sitemap.xml").read_text("utf-8")
    assert not [page for page in now.moved if page in everything], "a link leads to an old address"


def test_an_old_address_leads_to_the_place_that_was_asked_for(open_page, address):
    tab = open_page(f"{OLD}#temperature", until="commit")
    tab.wait_for_url(f"{address}rnn-in-action/#temperature")


def test_an_old_address_leads_on_without_scripts_and_from_a_disk(open_page, address, site):
    tab = open_page(OLD, until="commit", java_script_enabled=False)
    tab.wait_for_url(f"{address}rnn-in-action/")
    tab = open_page((site / OLD / "index.html").as_uri(), until="commit")
    tab.wait_for_url((site / "rnn-in-action" / "index.html").as_uri())


def test_an_old_address_is_none_at_which_something_stands(copy, told):
    line = change(copy, POST, "slug: ", "aliases: [math-of-a-simple-rnn/]\nslug: ")
    wrong = "has the address math-of-a-simple-rnn/, which time-distributed/ declares as its old one"
    assert f"{NOTEBOOK} {wrong}: take it out of its aliases" in told(copy)
    change(copy, POST, "[math-of-a-simple-rnn/]", "[/old, ../x/]")
    assert f"{POST}:{line}: aliases is [/old, ../x/]: write aliases: [old/address/]" in told(copy)


@pytest.mark.parametrize("value", ["../x/", "/x/", "x", "a//b/", ".git/", "x/?y/", "x/#y/"])
def test_what_is_no_address(value):
    assert not front_matter.ADDRESS.fullmatch(value)


def test_a_title_is_no_html():
    html = aliases.page("a/b/", "x/", '<script>1</script> & "two"')
    assert html.count("<script") == 1 and "&lt;script&gt;1" in html
