"""What frames a page: contents, title and button follow its reader; the theme's script comes for the search alone."""

import re

import pytest

from tests.site.tabs import ready, url
from tests.site.visits import Visit, weight

PAGE = "lstm/"
THEME = re.compile(r"/assets/javascripts/(?:bundle\.|workers/)|search_index")
# The sections that are marked as read, and the one that is read now, in the list at the side.
MARKED = """() => ["passed", "active"].map(mark => [...document.querySelectorAll(
  `.md-sidebar--secondary .md-nav__link--${mark}`)].map(link => link.hash))"""
SECTIONS = "() => [...document.querySelectorAll('.md-sidebar--secondary a.md-nav__link')].map(link => link.hash)"
BACK = "() => !document.querySelector('.md-top').hidden"


def reads(tab, section):
    """Wait until this section, and no other, is marked as the one that is read."""
    tab.wait_for_function(
        f"hash => {{ const [, active] = ({MARKED})(); return active.length === 1 && active[0] === hash; }}",
        arg=section,
    )


def test_contents_and_title_follow_what_is_read(open_page):
    tab = open_page(PAGE)
    tab.keyboard.press("Tab")  # all is laid out, so that a leap ends where it should
    sections = tab.evaluate(SECTIONS)
    assert tab.evaluate(MARKED) == [[], []] and len(sections) > 15
    title = tab.locator(".md-header__title--active")
    assert title.count() == 0
    for section in (sections[3], sections[-4], sections[1]):
        tab.locator(f"[id='{section[1:]}']").evaluate("heading => heading.scrollIntoView()")
        reads(tab, section)
        passed, _ = tab.evaluate(MARKED)
        assert passed == sections[: sections.index(section) + 1]
        assert title.count() == 1
    tab.set_viewport_size({"width": 1280, "height": 1600})
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    reads(tab, sections[-1])  # too short to come to the top
    tab.evaluate("scrollTo(0, 0)")
    tab.wait_for_function(f"() => !({MARKED})().flat().length")
    title.wait_for(state="detached")


def test_a_button_leads_back_while_one_scrolls_up(open_page):
    tab = open_page(PAGE)
    tab.keyboard.press("Tab")  # all is laid out: nothing grows above what is read
    tab.mouse.move(600, 400)
    assert not tab.evaluate(BACK)
    tab.mouse.wheel(0, 3000)
    tab.wait_for_function("() => scrollY > 2000")
    assert not tab.evaluate(BACK)
    tab.mouse.wheel(0, -200)
    tab.wait_for_function(BACK)
    tab.locator(".md-top").click()
    tab.wait_for_function("() => scrollY === 0")
    tab.wait_for_function(f"() => !({BACK})()")


def test_a_link_of_the_drawer_closes_it(open_page):
    tab = open_page(PAGE, width=360)
    tab.locator("header [for=__drawer]").click()
    tab.locator(".md-nav__link[for=__toc]").click()
    tab.locator(".md-nav--secondary a:visible").nth(2).click()
    tab.locator("#__drawer:not(:checked)").wait_for(state="attached")
    assert url(tab).split("#")[1] == tab.evaluate(SECTIONS)[2][1:]


def test_keys_lead_to_the_pages_beside(open_page):
    tab = open_page(PAGE)
    tab.keyboard.press("n")
    tab.wait_for_url("**/gru/")
    ready(tab)
    tab.keyboard.press("p")
    tab.wait_for_url("**/lstm/")
    ready(tab)
    tab.keyboard.press("/")  # the search: now letters are words
    tab.keyboard.type("n")
    tab.locator(".md-search-result__link").first.wait_for()
    assert tab.locator(".md-search__input").input_value() == "n" and "/lstm/" in url(tab)


def test_the_search_is_fetched_when_it_is_opened(open_page, address):
    """And finds what is typed before it is there, also from an address that leads to a place."""
    visit = Visit(address, PAGE)
    tab = open_page(f"{PAGE}#step-0-by-hand", visit=visit)
    assert not [got for got in visit.weights() if THEME.search(got)]
    tab.locator(".md-search__input").click()
    tab.keyboard.type("reset gate")
    tab.locator(".md-search-result__link:visible").first.wait_for()
    fetched = [got for got in visit.weights() if THEME.search(got)]
    assert len(fetched) == 3, fetched  # script, worker, index
    assert url(tab).endswith("#step-0-by-hand") and not visit.wrong(tab)
    tab.keyboard.press("Escape")
    tab.locator("#__search:not(:checked)").wait_for(state="attached")


def test_the_search_can_be_tried_again(open_page):
    fails = [lambda route: route.abort()]
    tab = open_page(
        PAGE, routes={"**/bundle.*.js": lambda route: (fails.pop() if fails else _go_on)(route)}
    )
    with tab.expect_event("requestfailed"):
        tab.locator(".md-search__input").click()
    tab.locator(".md-search__overlay").click(position={"x": 5, "y": 5})
    tab.locator("#__search:not(:checked)").wait_for(state="attached")
    tab.locator(".md-search__input").blur()
    tab.locator(".md-search__input").click()
    tab.keyboard.type("cell")
    tab.locator(".md-search-result__link:visible").first.wait_for()


def _go_on(route):
    route.continue_()


@pytest.mark.parametrize(
    "post", ["", "time-distributed/", "simple-rnn/", "stacked-rnn/", PAGE, "gru/"]
)
def test_with_an_explorer_in_sight_a_visit_weighs_no_more(open_page, address, post):
    visit = Visit(address, post)
    open_page(post, near="cell-explorer", visit=visit)
    loaded = visit.weights()
    assert any(got.endswith("/explorer.js") for got in loaded)
    assert [*weight(loaded, address)] == []
