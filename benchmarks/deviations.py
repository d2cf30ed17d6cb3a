"""Why yours differ: how often a planted fault is named, how often one that is none, and how long it takes.

python -m benchmarks.deviations

Faults are planted in NumPy (tests/site/planted.py). An explanation counts as right if NumPy, computing
what it names, gives the same numbers.
"""

import contextlib
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks import report
from tests.site import browsers, planted
from tests.site import test_deviations as tests

PARTS = Path(__file__).parents[1] / "docs/assets/javascripts/parts"
SEEDS = 2
PAIRS, UNRELATED = 100, 500
TIMED = """async ([question, got, pairs, times]) => {
  const { explain } = await import("/source/explain.js");
  const taken = [];
  for (let k = 0; k < times; k++) {
    const start = performance.now();
    await explain(question, got, { pairs });
    taken.push(performance.now() - start);
  }
  return taken;
}"""


@contextlib.contextmanager
def modules():
    """A page in which the modules of parts/ can be imported. Nothing is fetched from anywhere."""

    def serve(route):
        name = route.request.url.rpartition("/")[2]
        if not name.endswith(".js"):
            route.fulfill(body="<!doctype html><title>Modules</title>", content_type="text/html")
            return
        body = (PARTS / name).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(0)
        page.route("**/*", serve)
        page.goto("http://localhost/modules")
        yield page
        browser.close()


def singles(page):
    """For each kind of fault: planted, named, named among others, right after all."""
    counts = {}
    for seed in range(SEEDS):
        programs = list(tests.programs(seed))
        for p, offered in zip(programs, tests.offered(page, programs), strict=True):
            results = [tests.one_fault(p, one) for one in offered]
            for exact in (False, True):
                cases = [
                    tests.case(p, result.round(4) if exact else result, shape, exact=exact)
                    for result, shape in results
                ]
                answers = page.evaluate(tests.EXPLAIN, [cases, {"pairs": False}])
                for one, answer in zip(offered, answers, strict=True):
                    kind = one["id"].partition(":")[0]
                    count = counts.setdefault(kind, {False: Counter(), True: Counter()})[exact]
                    ids = [found["ids"] for found in answer["explanations"]]
                    count["planted"] += 1
                    count["named"] += [one["id"]] in ids
                    count["alone"] += [[one["id"]]] == [ids]
                    count["right"] += answer["verdict"] == "right"
                    count["few"] += answer["few"]
    return counts


def rates(page):
    """Yield the rows of the table of rates."""
    for kind, count in singles(page).items():
        full, four = count[False], count[True]
        cells = [full["planted"], full["named"], full["right"]]
        yield [kind, *map(str, [*cells, four["named"], four["right"] + four["few"]])]
    drawn = tests.pairs(page, PAIRS)
    cells = []
    for digits in (None, 4):
        cases = [
            tests.case(p, result if digits is None else result.round(digits), exact=digits)
            for p, _, result in drawn
        ]
        answers = page.evaluate(tests.EXPLAIN, [cases, {}])
        found = [
            (answer["verdict"] != "right")
            and tests.pair_is_found(p, names, result, answer, within=0 if digits is None else 1e-4)
            for (p, names, result), answer in zip(drawn, answers, strict=True)
        ]
        right = sum(answer["verdict"] == "right" or answer["few"] for answer in answers)
        cells += [str(sum(found)), str(right)]
    yield ["**pairs**", str(PAIRS), *cells]
    cases = list(tests.unrelated(UNRELATED))
    answers = page.evaluate(tests.EXPLAIN, [cases, {}])
    named = sum(bool(answer["explanations"]) for answer in answers)
    right = sum(answer["verdict"] == "right" for answer in answers)
    yield ["**unrelated numbers**", str(UNRELATED), str(named), str(right), "", ""]


def times(page):
    """Yield the rows of the table of times: all single faults, and all pairs, none of which fits."""
    for kind in planted.STEPS:
        p = planted.program(kind, 1, N=1, T=20, m=16, u=32)
        for what, shape in (("all steps", "steps"), ("the last step", "one")):
            got = tests.float32(0.9 * planted.run(p, shape))
            got["data"][0] += 0.1
            question = planted.question(p)
            for name, pairs, target in (("single faults", False, 300), ("and pairs", True, 5000)):
                taken = page.evaluate(TIMED, [question, got, pairs, 5])
                told = f"{kind}, {what}: {name}"
                yield report.Row(told, median(taken), None, "ms", target)
                yield report.Row(f"{told}, the first time", taken[0], None, "ms", None)


HEAD = [
    "planted",
    "times",
    "named",
    "right within float32",
    "named, 4 decimals",
    "too few or right, 4 decimals",
]


if __name__ == "__main__":
    with modules() as page:
        if "rates" in sys.argv[1:] or not sys.argv[1:]:
            lines = []
            for line in rates(page):
                print(" · ".join(line), flush=True)
                lines.append(line)
            report.write("rates of deviations", HEAD, lines)
        if "times" in sys.argv[1:] or not sys.argv[1:]:
            rows = report.show(times(page))
            report.write("times of deviations", report.HEAD, [row.cells() for row in rows])
