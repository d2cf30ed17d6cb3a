"""What PyTorch calls dropout in a recurrent layer: between layers only."""

# --8<-- [start:program]
import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 8, num_layers=2, dropout=0.5, batch_first=True)
x = torch.ones(1, 5, 3)                   # (N, T, m)

first, _ = lstm(x)                        # training: another mask each call
second, _ = lstm(x)
lstm.eval()                               # as training=False in Keras
third, _ = lstm(x)
fourth, _ = lstm(x)
# --8<-- [end:program]
