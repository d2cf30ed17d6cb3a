"""The search in the words that people use: forty common wordings, each of which finds the page that explains it."""

import pytest

FIRST = 3  # of these pages the right one must be one
# What is typed, the page that explains it, and the section, which must be listed below that page.
WORDINGS = """
    hidden state           simple-rnn/
    recurrent weights      simple-rnn/#understanding-the-weights
    recurrent_kernel       simple-rnn/#understanding-the-weights
    cell state             lstm/#two-states-and-three-gates
    forget gate            lstm/#two-states-and-three-gates
    batch size             time-distributed/#model-definition-and-training
    weight_ih_l0           lstm/#the-same-in-other-texts
    update gate            gru/#two-gates-and-one-state
    reset_after            gru/#where-the-reset-gate-acts
    hard sigmoid           gru/#if-your-numbers-differ
    time steps             time-distributed/#the-same-unit-at-six-steps
    timestep               rnn-api/
    features               rnn-api/#what-n-t-m-means
    hidden size            rnn-api/#what-n-t-m-means
    input shape            rnn-api/
    return_sequences       rnn-api/#all-shapes
    initial_state          rnn-api/#where-the-state-starts
    bidirectional          rnn-api/#both-ways
    expected ndim=3, found ndim=2   rnn-api/#wrong-axes
    many to one            four-kinds-of-function/#many-to-one
    many to many           four-kinds-of-function/#many-to-many
    sequence to sequence   four-kinds-of-function/#encoder-and-decoder
    seq2seq                four-kinds-of-function/#encoder-and-decoder
    weight sharing         inside-an-rnn-layer/#shared-weights
    unrolled               inside-an-rnn-layer/#the-loop-unrolled
    loss                   inside-an-rnn-layer/#the-loss-of-a-step
    one-hot                rnn-in-action/#one-hot-or-embedding
    epoch                  time-distributed/#model-definition-and-training
    BPTT                   backpropagation/
    truncated BPTT         sequences-in-pieces/#truncated-backpropagation
    validation             rnn-in-action/#training
    overfitting            rnn-in-action/#by-heart
    teacher forcing        rnn-in-action/#teacher-forcing
    softmax temperature    rnn-in-action/#temperature
    padding                variable-lengths/#padding-and-its-mask
    mask_zero              variable-lengths/#three-ways-to-give-keras-a-mask
    KERAS_BACKEND          reference/three-backends/
    PyTorch backend        reference/three-backends/
    JAX float64            reference/three-backends/#float64-is-not-float64-everywhere
    CuDNN                  variable-lengths/#the-fused-kernel-on-a-gpu
    learning rate          optimisers/#stochastic-gradient-descent
    vanishing gradient     long-sequences/#how-far-a-gradient-reaches
    exploding gradient     exploding-gradients/#when-gradients-explode
    stateful               sequences-in-pieces/#statefultrue
    number of parameters   reference/shapes-and-parameters/#the-formulas
    get_weights order      reference/shapes-and-parameters/
    tolerance              reference/how-the-numbers-stay-true/#the-second-opinion
"""
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


def table():
    """The wordings: [(what is typed, the page, the section or nothing)]."""
    for line in WORDINGS.strip().splitlines():
        words, target = line.rsplit(maxsplit=1)
        page, _, section = target.partition("#")
        yield words.strip(), page, section


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


def test_what_people_type_finds_the_page_that_explains_it(open_page, address):
    wanted = list(table())
    assert len({words for words, *_ in wanted}) == len(wanted) == 44
    found = asked(open_page("tags/"), address, [words for words, *_ in wanted])
    misses = [*filter(None, (miss(line, pages) for line, pages in zip(wanted, found)))]
    assert not misses, "\n".join(misses)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("cell state", "gru/", ""), "cell state: gru/ is not among a/, b/, lstm/"),
        (("cell state", "c/", ""), "cell state: c/ is not among a/, b/, lstm/"),
        (
            ("cell state", "lstm/", "x"),
            "cell state: lstm/ is found without #x, with lstm/, lstm/#y",
        ),
        (("cell state", "lstm/", "y"), None),
        (("cell state", "a/", ""), None),
    ],
)
def test_a_miss_is_told(line, told):
    assert miss(line, [["a/"], ["b/#z"], ["lstm/", "lstm/#y"], ["c/"]]) == told
    assert miss(line, []) == f"cell state: {line[1]} is not among nothing"
