"""Asks the search for what people type, and says what it does not find."""

FIRST = 3  # of these pages the right one must be one
# Asks for one wording after the other, and gives the links below each page that is found, in their order.
# Between two wordings the field is empty and nothing is listed: what is listed next is the next one's. Only
# a wording that finds nothing is waited for in vain.
ASK = """async ([wordings, patience]) => {
  const [input, result, meta, list] = ["__input", "-result", "-result__meta", "-result__list"]
    .map(name => document.querySelector(`.md-search${name}`));
  const becomes = test => new Promise(resolve => {
    const observer = new MutationObserver(look);
    const giveUp = setTimeout(end, patience);
    function end() { observer.disconnect(); clearTimeout(giveUp); resolve(); }
    function look() { if (test()) end(); }
    observer.observe(result, { childList: true, subtree: true, characterData: true });
    look();
  });
  const type = words => {
    input.value = words;
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  };
  const links = page => [...page.querySelectorAll("a")].map(({ href }) => href);
  const found = [];
  for (const words of wordings) {
    type("");
    await becomes(() => meta.textContent.trim() === "Type to start searching");
    type(words);
    await becomes(() => list.children.length);
    found.push([...list.children].map(links));
  }
  return found;
}"""


def table(lines):
    """The wordings of some lines, as in `cell state  lstm/#gates`: [(what is typed, page, section or nothing)]."""
    found = []
    for line in lines.strip().splitlines():
        words, target = line.rsplit(maxsplit=1)
        page, _, section = target.partition("#")
        found.append((words.strip(), page, section))
    return found


def asked(tab, address, wordings):
    """The addresses that the search of an open page lists: for each wording a list of pages, each a list."""
    tab.locator(".md-search__input").click()  # it is opened, and fetches its index
    return [
        [[link.removeprefix(address) for link in links] for links in pages]
        for pages in tab.evaluate(ASK, [wordings, 3000])
    ]


def miss(line, pages):
    """Why what is found is not what its reader needs: a sentence, or nothing."""
    words, page, section = line
    shown = [links[0].partition("#")[0] for links in pages]
    if page not in shown[:FIRST]:
        return f"{words}: {page} is not among {', '.join(shown[:FIRST]) or 'nothing'}"
    listed = pages[shown.index(page)]
    if section and f"{page}#{section}" not in listed:
        return f"{words}: {page} is found without #{section}, with {', '.join(listed)}"
    return None


def misses(tab, address, wanted):
    """What the search of an open page does not find of a table: a list of sentences."""
    found = asked(tab, address, [words for words, *_ in wanted])
    return [*filter(None, (miss(line, pages) for line, pages in zip(wanted, found)))]
