"""What holds for each lab the computing script of which comes late."""

import pytest

from tests.site.tabs import moves
from tests.site.visits import Visit, weight

# Its page, its element, and the script that its first use fetches.
LATE = [
    ("rnn-in-action/", "sampling-lab", "sampling-writer.js"),
    ("what-the-state-remembers/", "state-lab", "state-reader.js"),
]


@pytest.mark.parametrize(("post", "lab", "late"), LATE)
def test_it_weighs_little_and_nothing_moves(open_page, post, lab, late):
    visit = Visit(post, post)
    tab = open_page(post, visit=visit)
    tab.evaluate("document.documentElement.classList.remove('from-top')")  # all is laid out
    before = len(moves(tab))
    tab.locator(lab).scroll_into_view_if_needed()
    tab.locator(f"{lab}:defined").wait_for()
    assert len(moves(tab)) == before
    loaded = visit.weights()
    assert any(address.endswith(f"{lab}.js") for address in loaded)
    assert not any(address.endswith(late) for address in loaded)
    assert [*weight(loaded)] == []


@pytest.mark.parametrize(("post", "lab", "late"), LATE)
def test_without_scripts_its_drawing_and_its_tables_stand_there(open_page, post, lab, late):
    tab = open_page(post, java_script_enabled=False)
    assert tab.locator(f"{lab} .lab-panel:visible").count() == 0
    assert tab.locator(f"{lab} table:visible").count() == 2
    assert tab.locator(f"{lab} figure svg").is_visible()
    tab = open_page(post, routes={f"**/{lab}.js": lambda route: route.abort()})
    tab.locator(lab).scroll_into_view_if_needed()
    tab.locator(f"{lab}[data-failed]").wait_for()
    assert tab.locator(f"{lab} .lab-panel:visible").count() == 0
