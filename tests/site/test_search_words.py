"""The search in the words that people use: forty common wordings, each of which finds the page that explains it."""

import pytest

from tests.site.wordings import miss, misses, table

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
    hard sigmoid           lstm/#if-your-numbers-differ
    time steps             time-distributed/#the-same-unit-at-six-steps
    timestep               rnn-api/
    features               rnn-api/#what-n-t-m-means
    hidden size            rnn-api/#what-n-t-m-means
    input shape            rnn-api/
    return_sequences       rnn-api/#all-shapes
    initial_state          rnn-api/#where-the-state-starts
    bidirectional          rnn-api/#both-ways
    bidirectional LSTM     bidirectional/
    merge_mode             bidirectional/#putting-the-two-together
    backward_layer         bidirectional/#if-your-numbers-differ
    batch normalization    normalisation/
    layer normalization    normalisation/
    BatchNormalization     normalisation/
    expected ndim=3, found ndim=2   rnn-api/#wrong-axes
    many to one            four-kinds-of-function/#many-to-one
    many to many           four-kinds-of-function/#many-to-many
    sequence to sequence   four-kinds-of-function/#encoder-and-decoder
    seq2seq                four-kinds-of-function/#encoder-and-decoder
    weight sharing         inside-an-rnn-layer/#shared-weights
    unrolled               inside-an-rnn-layer/#the-loop-unrolled
    loss                   inside-an-rnn-layer/#the-loss-of-a-step
    embedding              embedding/
    Embedding gradient     embedding/#the-gradient-of-the-table
    padding_idx            embedding/#the-same-in-pytorch
    input_dim              embedding/#shapes-and-parameters
    IndexedSlices          embedding/#the-gradient-of-the-table
    Monte Carlo dropout    dropout/#many-answers-to-one-question
    variational dropout    dropout/
    noise_shape            dropout/#a-dropout-layer-between-two-layers
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
    sliding window         windows-of-a-series/#eight-numbers-windows-of-three
    sequence_stride        windows-of-a-series/#the-pairing-that-goes-wrong-without-an-error
    data leak              windows-of-a-series/#leaks-and-how-good-they-look
    MASE                   windows-of-a-series/#baselines-first
    walk-forward           windows-of-a-series/#walk-forward
    stateful               sequences-in-pieces/#statefultrue
    number of parameters   reference/shapes-and-parameters/#the-formulas
    get_weights order      reference/shapes-and-parameters/
    xLSTM                  recurrences-of-today/
    RWKV                   recurrences-of-today/#rwkv-a-mean-that-fades
    exponential gate       recurrences-of-today/
    Mamba                  selective-state-space/
    state space model      selective-state-space/
    selective scan         selective-state-space/
    attention              attention/
    context vector         attention/
    AdditiveAttention      attention/#four-ways-to-score
    use_causal_mask        attention/#masks
    self-attention         self-attention/
    MultiHeadAttention     self-attention/#many-heads
    KV cache               self-attention/#beside-a-recurrent-layer
    minGRU                 parallel-scan/#the-mingru
    minLSTM                parallel-scan/#the-minlstm
    parallel scan          parallel-scan/
    linear attention       parallel-scan/#linear-attention-is-a-recurrence-too
    long distance memory   what-each-remembers/#the-kept-symbol
    time and memory of attention   what-each-remembers/#what-each-costs
    ConvLSTM2D             convlstm/
    convolutional LSTM     convlstm/#the-cell
    next frame of a video  convlstm/
    same or valid padding  convlstm/
    tolerance              reference/how-the-numbers-stay-true/#the-second-opinion
    keras to c             saving-and-moving/#plain-c
    keras to onnx          saving-and-moving/#onnx
    tflite                 saving-and-moving/#litert-or-tensorflow-lite
    custom cell load_model   saving-and-moving/#a-cell-of-your-own
    save optimizer state   saving-and-moving/#does-training-go-on
"""


def test_what_people_type_finds_the_page_that_explains_it(open_page, address):
    wanted = table(WORDINGS)
    assert len({words for words, *_ in wanted}) == len(wanted) == 94
    assert not (wrong := misses(open_page("tags/"), address, wanted)), "\n".join(wrong)


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
