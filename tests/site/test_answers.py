"""The answers: each is found in the words that people use, stands in the list, and has the form of all."""

from tests.site.wordings import misses, table

# What is typed, and the answer that it must find.
WORDINGS = """
    difference between units and time steps    shapes#units-or-time-steps
"""


def test_what_people_ask_finds_the_answer(open_page, address):
    wanted = [(words, f"reference/answers/{page}/", slug) for words, page, slug in table(WORDINGS)]
    assert len({words for words, *_ in wanted}) == len(wanted)
    assert not (wrong := misses(open_page("tags/"), address, wanted)), "\n".join(wrong)
