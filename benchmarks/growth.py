"""What a post costs when there are many: build time and memory of 10, 100 and 500 posts.

    python -m benchmarks.growth [10 100 500]

The posts are copies of a real one, in a temporary folder. The same posts are
built with the theme alone as well: what is beyond that is this project's.
"""

import re
import shutil
import sys
from contextlib import ExitStack

from benchmarks import plain, report
from benchmarks.site import build, copy

POST = "time-distributed"
SIZES = (10, 100, 500)


def make(root, count):
    """Let a copy of the project have the post, so many copies of it, and nothing else but its frame."""
    docs, topic = root / "docs", POST.replace("-", "_")
    shutil.rmtree(docs / "notebooks")
    shutil.rmtree(docs / "reference")
    for path in (root / "snippets").glob("*/*.*"):
        if path.parent.name not in (topic, "recording") and path.name != "dense.py":
            path.unlink()
    for path in docs.glob("posts/*.md"):
        if path.stem != POST:
            path.unlink()
    (docs / "index.md").write_text("# Many posts\n", encoding="utf-8")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for block, only in (
        ("  series", f"\n    - title: All\n      about: All.\n      pages: [posts/{POST}.md]"),
        ("nav", "\n  - Home: index.md"),
    ):
        listed = re.compile(rf"^{block}:\n.*?\n(?=\n|\w)", re.DOTALL | re.MULTILINE)
        text = listed.sub(f"{block}:{only}\n", text, count=1)
    config.write_text(text, encoding="utf-8")
    post = re.sub(r"\]\([\w-]+\.md[^)]*\)", "](#)", (docs / f"posts/{POST}.md").read_text("utf-8"))
    post = re.sub(r"\]\(\.\./(?!diagrams)[^)]*\)", "](#)", post)
    (docs / f"posts/{POST}.md").write_text(post, encoding="utf-8")
    for number in range(1, count):
        copied = re.sub(r"^slug: .*$", f"slug: post-{number}", post, flags=re.MULTILINE)
        copied = re.sub(r"^# .*$", f"# Post {number}", copied, count=1, flags=re.MULTILINE)
        (docs / f"posts/post-{number}.md").write_text(copied, encoding="utf-8")


def measure(sizes=SIZES):
    """Yield the rows of the table, with what each post costs beyond the smallest site's."""
    before = None
    for count in sizes:
        with ExitStack() as stack:
            ours, other = (stack.enter_context(copy()) for _ in range(2))
            make(ours, count)
            make(other, count)
            plain.make(other, mathjax=False)
            found = [build(root) for root in (ours, other)]
        (here, memory), (theme, its_memory) = found
        yield report.Row(f"{count} posts", here, theme)
        yield report.Row(f"{count} posts, peak memory", memory, its_memory, "MB")
        if before:
            posts = count - before[0]
            each, theirs = 1000 * (here - before[1]) / posts, 1000 * (theme - before[2]) / posts
            told = f"a post more, {before[0]} to {count}"
            yield report.Row(told, each, theirs, "ms")
            yield report.Row(f"{told}: beyond the theme", each - theirs, None, "ms", 40)
            yield report.Row(
                f"{told}: memory",
                (memory - before[3]) / posts,
                (its_memory - before[4]) / posts,
                "MB",
            )
        before = count, here, theme, memory, its_memory


if __name__ == "__main__":
    report.show(measure(tuple(map(int, sys.argv[1:])) or SIZES))
