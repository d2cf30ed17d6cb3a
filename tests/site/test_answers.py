"""The answers: each is found in the words that people use, stands in the list, and has the form of all."""

from tests.site.wordings import misses, table

# What is typed, and the answer that it must find.
WORDINGS = """
    difference between units and time steps  shapes#units-or-time-steps
    what are LSTM units        shapes#units-or-time-steps
    reshape input for LSTM     shapes#input-shape
    samples time steps features   shapes#input-shape
    expected ndim=3, found ndim=2   shapes#expected-ndim-3-found-ndim-2
    what does return_sequences do   shapes#return-sequences
    TimeDistributed or Dense   shapes#timedistributed-or-dense
    many to one LSTM           shapes#many-to-one-or-many-to-many
    ConvLSTM2D                 shapes#convlstm2d
    return_state               states#return-state
    state_h state_c            states#return-state
    get cell state at every time step   states#cell-and-gates-at-every-step
    visualize LSTM gates       states#cell-and-gates-at-every-step
    batch_input_shape          states#stateful-in-keras-3
    reset_states               states#stateful-in-keras-3
    forward_h forward_c backward_h backward_c   states#bidirectional-states
    bidirectional initial_state   states#bidirectional-states
    static features            states#static-features
    time-independent inputs    states#static-features
    number of parameters LSTM  weights#lstm-parameters
    how many parameters GRU    weights#gru-parameters
    GRU bias shape             weights#gru-bias
    reset_after=True           weights#reset-after
    order of gates             weights#gate-order
    order of LSTM weights      weights#gate-order
    unit_forget_bias           weights#unit-forget-bias
    random seed                weights#same-seed-other-weights
    reproducible results       weights#same-seed-other-weights
    get_weights order          weights#order-of-get-weights
    training=True              training#training-true
"""


def test_what_people_ask_finds_the_answer(open_page, address):
    wanted = [(words, f"reference/answers/{page}/", slug) for words, page, slug in table(WORDINGS)]
    assert len({words for words, *_ in wanted}) == len(wanted)
    assert not (wrong := misses(open_page("tags/"), address, wanted)), "\n".join(wrong)
