"""Markdown that would reach readers as it was written: refused, with file, line and what to write instead."""

HEAD = "---\ndescription: A page.\n---\n\n# A page\n\nWords.\n"

# What is written, from line 8 on, and what its author is told; how many lines below it stands.
REFUSED = [
    ("\n```mermaid\ngraph LR\n```", 1, "mermaid is off: draw an SVG"),
    ("\nWords (1)\n{ .annotate }", 2, "annotations are off: write a footnote"),
    ("\n```python\nx = 1  # (1)!\n```", 2, "(1)!: annotations are off: write a comment"),
    ("\n::: keras.layers.LSTM", 1, "mkdocstrings is off: include the code"),
    ("\n/// caption\nWords\n///", 1, "of such blocks only html is on"),
    ("\nWords {++more++} and {--less--}", 1, "critic marks are off: edit the text"),
    ("\nWords^[a note]", 1, "a footnote in the line is off: write [^1]"),
    ("\n[[Notation]]", 1, "links of a wiki are off: write [text](page.md)"),
    ("\none\\\ntwo", 1, "does not end a line: write two spaces"),
    ("\n:smile: words", 1, "icons are off: write 😄"),
    ("\n:+1: words", 1, "icons are off: write 👍"),
    ("\n:material-check: words", 1, "icons are off: use words, or a drawing"),
    ("\n=== Keras\n\n    Words", 1, 'a tab is written === "Its name"'),
    ('\n!!! "A title"\n\n    Words', 1, 'a note is written !!! note "Its title"'),
    ("| a | b |\n| 1 | 2 |", 0, "a table needs an empty line above, and |---|"),
    ("- one\n- two", 0, "a list needs an empty line above"),
    ("1. one\n2. two", 0, "a list needs an empty line above"),
    ("\n[x] done", 1, "a task is a part of a list: write - [x]"),
    ("\n```python\nx = 1", 1, "a fence has its own line"),
    ('\nWords --8<-- "a.py"', 1, "an include has its own line"),
    ("\nWords[^1]", 1, "the footnote has no text: write it below"),
    ("\n[Part D][d]", 1, "the name has no address: write it below"),
    ("\n[Notation] (notation.md)", 1, "a space breaks this link"),
    ("\nWords { .lead } words", 1, "nothing before it takes these attributes"),
    ("\nWords {data-x=1} words", 1, "nothing before it takes these attributes"),
    ("\n** words **", 1, "words are strong between two ** without a space"),
    ("\n<div>**words**</div>", 1, "In HTML, its tag needs the word markdown"),
    ("".join(f'\n=== "{n}"\n\n    {n}\n' for n in range(21)), 1, "more than 20 tabs in one set"),
]
# What looks like it and is none.
ALLOWED = """
Words: `:smile:`, `**`, `[^1]`, `{ .annotate }`; at 12:30:45 and https://keras.io/:a:, a [0, 1] (of two), x[0][1], {0.5, 1}, "a" -- b - c,
(1) and (2)!
=== "Tabs"
    and
!!! note
    words

[^both]

```text
=== "A"
!!! note
| a | b |
:smile:
```

$$
y[\\text{a}][\\text{b}]
$$

<div markdown>**words**</div>

[^both]: A footnote.
"""


def test_what_would_be_shown_as_it_is_written_is_refused(copy, told):
    for number, (text, *_) in enumerate(REFUSED):
        page = copy / f"docs/reference/left-{number:02}.md"
        page.write_text(f"{HEAD}{text}\n", encoding="utf-8")
    (copy / "docs/reference/allowed.md").write_text(f"{HEAD}{ALLOWED}", encoding="utf-8")
    message = told(copy)
    lines = [line for line in message.splitlines() if "docs/reference/" in line]
    for number, (text, below, wrong) in enumerate(REFUSED):
        at = f"docs/reference/left-{number:02}.md:{8 + below}: "
        assert any(at in line and wrong in line for line in lines), (text, at, wrong, lines)
    assert "docs/reference/allowed.md" not in message
