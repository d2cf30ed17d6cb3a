"""Settings that all tests share."""

import os

# The site is written for Keras on TensorFlow. Both must be set before Keras is imported.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
