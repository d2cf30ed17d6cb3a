"""The answers: each is found in the words that people use, has the form of all, and is listed on one page."""

import lxml.html
import pytest

from tests.site.pages import content_of, read_site
from tests.site.wordings import misses, table

FOLDER = "reference/answers/"
LINES, WIDTH = 10, 100  # of the text of an answer, and the letters of a line
PROGRAM = 20  # lines
ANSWERS = 41
BELOW = ("verified", "download", "md-tags")  # a page
# What is typed, and the answer that it must find.
WORDINGS = """
    difference between units and time steps       shapes#units-or-time-steps
    what are LSTM units                           shapes#units-or-time-steps
    reshape input for LSTM                        shapes#input-shape
    samples time steps features                   shapes#input-shape
    expected ndim=3, found ndim=2                 shapes#expected-ndim-3-found-ndim-2
    what does return_sequences do                 shapes#return-sequences
    TimeDistributed or Dense                      shapes#timedistributed-or-dense
    many to one LSTM                              shapes#many-to-one-or-many-to-many
    ConvLSTM2D                                    shapes#convlstm2d
    return_state                                  states#return-state
    state_h state_c                               states#return-state
    get cell state at every time step             states#cell-and-gates-at-every-step
    visualize LSTM gates                          states#cell-and-gates-at-every-step
    batch_input_shape                             states#stateful-in-keras-3
    reset_states                                  states#stateful-in-keras-3
    forward_h forward_c backward_h backward_c     states#bidirectional-states
    bidirectional initial_state                   states#bidirectional-states
    static features                               states#static-features
    time-independent inputs                       states#static-features
    number of parameters LSTM                     weights#lstm-parameters
    how many parameters GRU                       weights#gru-parameters
    GRU bias shape                                weights#gru-bias
    reset_after=True                              weights#reset-after
    order of gates                                weights#gate-order
    order of LSTM weights                         weights#gate-order
    unit_forget_bias                              weights#unit-forget-bias
    random seed                                   weights#same-seed-other-weights
    reproducible results                          weights#same-seed-other-weights
    get_weights order                             weights#order-of-get-weights
    training=True                                 training#training-true
    masked timestep output                        masks#masked-step
    mask lstm repeats output                      masks#masked-step
    pre or post padding lstm                      masks#pad-before-or-after
    padding before or after sequence              masks#pad-before-or-after
    lstm slow on gpu cudnn                        masks#fused-kernel
    use_cudnn                                     masks#fused-kernel
    masking accuracy padding                      masks#padding-in-the-loss
    recurrent_dropout                             masks#dropout-mask
    dropout same mask every time step             masks#dropout-mask
    do gates stop vanishing gradients             training#do-gates-help
    timeseries_dataset_from_array                 training#windows-of-a-series
    sliding window time series                    training#windows-of-a-series
    perplexity                                    training#perplexity
    lstm relu nan                                 training#relu-in-a-recurrent-layer
    attention over encoder states                 training#attention-over-states
    are rnns obsolete                             training#what-replaced-rnns
    mamba                                         training#what-replaced-rnns
    numpy lstm does not match keras               moving#numpy-differs
    z update gate gru formula                     moving#z-keeps-or-takes
    convert keras weights to pytorch              moving#keras-and-pytorch
    pytorch gru weights to keras                  moving#keras-and-pytorch
    Unrecognized keyword arguments passed to GRU  moving#old-h5-files
    time_major                                    moving#old-h5-files
    load old h5 model                             moving#old-h5-files
    save custom rnn cell                          moving#own-cell-lost
    lstm gate order onnx                          moving#onnx
    linear_before_reset                           moving#onnx
    packed sequence h_n output                    moving#last-output-of-packed-sequences
    how large a difference is normal              moving#normal-difference
    microcontroller                               moving#to-c
"""


def test_what_people_ask_finds_the_answer(open_page, address):
    wanted = [(words, f"{FOLDER}{page}/", slug) for words, page, slug in table(WORDINGS)]
    assert len({words for words, *_ in wanted}) == len(wanted) == 60
    assert not (wrong := misses(open_page("tags/"), address, wanted)), "\n".join(wrong)


def answers(article):
    """The answers of a page: [(the question, its id, the elements below it)]."""
    found = []
    for element in article.iterchildren():
        if element.tag == "h2":
            found.append((says(element), element.get("id"), []))
        elif found and element.get("class") not in BELOW:
            found[-1][2].append(element)
    return found


def article(read, page):
    return content_of(read.tree(page)).find("article")


def says(element):
    """The words of an element, a heading's without its ¶."""
    return " ".join(element.text_content().replace("¶", "").split())


def faults(question, slug, parts):
    """What is wrong with the form of an answer: a list of sentences."""
    kinds = [part.tag for part in parts]
    if not slug or len(question) > 95:
        yield f"{question}: give it an id, and at most 95 letters"
    if kinds[:1] != ["p"] or "div" not in kinds:
        yield f"{question}: begin with the answer, and show a program"
        return
    *texts, last = [part for part in parts if part.tag == "p"]
    if sum(len(says(text)) for text in texts) > LINES * WIDTH:
        yield f"{question}: its text has more than {LINES} lines of {WIDTH} letters"
    [code] = parts[kinds.index("div")].iter("code")
    if len([line for line in code.text_content().splitlines() if line.strip()]) > PROGRAM:
        yield f"{question}: its program has more than {PROGRAM} lines"
    links = [link for link in last.xpath(".//a/@href") if "#" in link and "://" not in link]
    if parts[-1] is not last or not says(last).startswith("Explained in ") or not links:
        yield f"{question}: end with **Explained in** and a link to a section"


def test_every_answer_has_the_form_of_all(site):
    read = read_site(site)
    groups = [page for page in read.html if page.startswith(FOLDER) and page != FOLDER]
    found = {page: answers(article(read, page)) for page in groups}
    assert all(found.values())
    wrong = [fault for page in groups for answer in found[page] for fault in faults(*answer)]
    assert not wrong, "\n".join(wrong)


def test_every_answer_is_listed_with_its_question_and_in_order(site):
    read = read_site(site)
    listed = [
        (link.get("href").partition("/#"), says(link), says(item))
        for item in content_of(read.tree(FOLDER)).iter("li")
        for link in item.iter("a")
    ]
    for page in dict.fromkeys(page for (page, _, _), _, _ in listed):
        there = answers(article(read, f"{FOLDER}{page}/"))
        told = [(words, slug) for (of, _, slug), words, _ in listed if of == page]
        assert told == [(question, slug) for question, slug, _ in there]
    for _, question, item in listed:
        assert 2 <= len(item.removeprefix(question).split()) <= 15, item
    assert len({slug for (_, _, slug), _, _ in listed}) == len(listed) >= ANSWERS


RIGHT = """<h2 id="a">Why?</h2><p>So.</p><div><code>x = 1</code></div>
<p>Explained in <a href="../../lstm/#how-many">LSTM</a>.</p><p class="verified">Point</p>"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Why?", "Why" * 40, "at most 95 letters"),
        (' id="a"', "", "give it an id"),
        ("<p>So.</p>", "", "begin with the answer"),
        ("<div><code>x = 1</code></div>", "", "show a program"),
        ("So.", "So. " * 300, "more than 10 lines"),
        ("x = 1", "x = 1\n" * 21, "its program has more than 20 lines"),
        ("Explained in", "See", "end with **Explained in**"),
        ("#how-many", "", "a link to a section"),
        ("</a>.</p>", "</a>.</p><p>Also.</p>", "end with **Explained in**"),
    ],
)
def test_another_form_is_found(old, new, told):
    def of(html):
        [answer] = answers(lxml.html.fragment_fromstring(f"<article>{html}</article>"))
        return [*faults(*answer)]

    assert old in RIGHT and not of(RIGHT)
    [fault] = of(RIGHT.replace(old, new))
    assert told in fault
