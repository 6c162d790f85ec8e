"""Each Python that a test starts loads this by its name, and the guard with it."""

from importlib import import_module

import_module("network_guard")
