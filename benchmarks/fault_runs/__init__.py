"""What faults.py is made of: commands to disturb, runs in processes of their own, and the ways to disturb them."""

import os

# one process for the folds, but where a command says --jobs: starting others takes longer than what they do
os.environ.setdefault("LOKY_MAX_CPU_COUNT", "1")
# before any library is loaded: a process with several threads cannot be forked safely
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
for _name, _value in _ONE_THREAD.items():
    os.environ.setdefault(_name, _value)
