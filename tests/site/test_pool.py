"""A tab that is given to another test is as a new one."""

# Where the mouse is pressed, what is stored, and what a script has left.
LISTEN = """() => addEventListener("mousedown", ({ clientX, clientY }) => {
  window.told = {
    stored: localStorage.length + sessionStorage.length, answer: window.answer, at: [clientX, clientY],
  };
})"""


def state(tab):
    tab.evaluate(LISTEN)
    tab.mouse.down()
    tab.mouse.up()
    return tab.evaluate("told")


def test_a_tab_that_is_given_on_is_as_new(pool, address):
    page = {"body": "<p>planted</p><script>answer = 1</script>", "content_type": "text/html"}
    tab = pool.take({})
    tab.route("**/404.html", lambda route: route.fulfill(**page))
    tab.goto(f"{address}404.html")
    tab.evaluate("localStorage.setItem('a', '1'); sessionStorage.setItem('b', '2')")
    tab.mouse.move(30, 20)
    assert state(tab) == {"stored": 2, "answer": 1, "at": [30, 20]}
    pool.give_back(tab, {})

    again = pool.take({})
    assert again is tab and again.url == "about:blank"
    again.goto(f"{address}404.html")
    assert state(again) == {"stored": 0, "answer": None, "at": [0, 0]}
    assert "planted" not in again.locator("body").inner_text()
    other = pool.take({})
    assert other is not again
    for used in (again, other):
        pool.give_back(used, {})
