"""The answers: each is found in the words that people use, stands in the list, and has the form of all."""

from tests.site.wordings import misses, table

# What is typed, and the answer that it must find.
WORDINGS = """
    difference between units and time steps    shapes#units-or-time-steps
    masked timestep output                          masks#masked-step
    mask lstm repeats output                        masks#masked-step
    pre or post padding lstm                        masks#pad-before-or-after
    padding before or after sequence                masks#pad-before-or-after
    lstm slow on gpu cudnn                          masks#fused-kernel
    use_cudnn                                       masks#fused-kernel
    masking accuracy padding                        masks#padding-in-the-loss
    recurrent_dropout                               masks#dropout-mask
    dropout same mask every time step               masks#dropout-mask
    do gates stop vanishing gradients               training#do-gates-help
    timeseries_dataset_from_array                   training#windows-of-a-series
    sliding window time series                      training#windows-of-a-series
    perplexity                                      training#perplexity
    lstm relu nan                                   training#relu-in-a-recurrent-layer
    attention over encoder states                   training#attention-over-states
    are rnns obsolete                               training#what-replaced-rnns
    mamba                                           training#what-replaced-rnns
    numpy lstm does not match keras                 moving#numpy-differs
    z update gate gru formula                       moving#z-keeps-or-takes
    convert keras weights to pytorch                moving#keras-and-pytorch
    pytorch gru weights to keras                    moving#keras-and-pytorch
    Unrecognized keyword arguments passed to GRU    moving#old-h5-files
    time_major                                      moving#old-h5-files
    load old h5 model                               moving#old-h5-files
    save custom rnn cell                            moving#own-cell-lost
    lstm gate order onnx                            moving#onnx
    linear_before_reset                             moving#onnx
    packed sequence h_n output                      moving#last-output-of-packed-sequences
    how large a difference is normal                moving#normal-difference
    microcontroller                                 moving#to-c
"""


def test_what_people_ask_finds_the_answer(open_page, address):
    wanted = [(words, f"reference/answers/{page}/", slug) for words, page, slug in table(WORDINGS)]
    assert len({words for words, *_ in wanted}) == len(wanted)
    assert not (wrong := misses(open_page("tags/"), address, wanted)), "\n".join(wrong)
