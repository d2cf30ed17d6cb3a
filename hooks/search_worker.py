"""Mends the theme's search, in which words of digits can be lost.

Lunr keeps the words of an index in a graph, and takes two of its nodes for one if they are written alike: each edge
as its letter and the number of the node that it leads to, with nothing between. So one edge "1" to node 333 is
written like two edges, "1" to 3 and "3" to 3. On a site full of decimals this happens, and then every search that
begins like such a word fails. A comma behind each number parts them.
"""

from pathlib import Path

from mkdocs.exceptions import PluginError

AMBIGUOUS = "e=e+s+o.id}"
MENDED = 'e=e+s+o.id+","}'


def mend(site):
    """Mend the worker of a built site. Raises PluginError if its code is another."""
    for worker in Path(site).glob("assets/javascripts/workers/search.*.min.js"):
        code = worker.read_text(encoding="utf-8")
        if code.count(AMBIGUOUS) != 1:
            raise PluginError(
                f"hooks/search_worker.py: {worker.name} has no {AMBIGUOUS}: see whether the theme's search still "
                "confuses digits (tests/site/test_search_worker.py tells), and mend or delete this hook"
            )
        worker.write_text(code.replace(AMBIGUOUS, MENDED), encoding="utf-8")
