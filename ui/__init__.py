"""What people touch: the command line and the chat window."""

import os

# The products of numpy here are small: threads that wait for more of them only take the time of
# onnxruntime's. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
