"""The fixtures that several folders of tests use; what they are made of stands in `builders` and `browser`."""

import gc
import importlib
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from browser import CHROMIUMS, Browser
from builders import build_attribution, build_voice
from hypothesis import HealthCheck, settings
from tiny_readers import write_reader

from sayso.classify.model_files.files import save
from sayso.data.corpora.own import own_corpus

os.environ["SAYSO_CONFIG"] = ""  # a settings file of whoever runs the tests changes nothing in them

# The processes that tests start load modules that were compiled once: of ours, which are many, that is most of their time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# what a test takes depends on the machine, and says nothing of what it tests
settings.register_profile("untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# No test reaches for the network, nor does a process that it starts: a Python loads what is called sitecustomize
_GUARD = Path(__file__).parent / "no_network"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_GUARD), os.environ.get("PYTHONPATH")]))
os.environ["SAYSO_TESTS_NETWORK"] = "nothing"
_ATTEMPTS = Path(tempfile.mkstemp(prefix="sayso-tests-network-")[1])
os.environ["SAYSO_TESTS_NETWORK_REFUSED"] = str(_ATTEMPTS)
importlib.import_module("network_guard")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a script, which children would inherit
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config):
    """Run one test more at a time than there are processors: many tests wait for a browser or another process."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else None


def pytest_addoption(parser):
    """Add the option that writes the outputs shown in the documentation anew."""
    parser.addoption("--write-docs", action="store_true", help="write the outputs that pages of the documentation show anew")


def pytest_runtest_setup(item):
    """Allow a test what its mark says, before any fixture is made."""
    mark = item.get_closest_marker("loopback")
    os.environ["SAYSO_TESTS_NETWORK"] = "nothing" if mark is None else mark.args[0] if mark.args else "loopback"


def pytest_unconfigure():
    """Remove the file of refused attempts."""
    _ATTEMPTS.unlink(missing_ok=True)


@pytest.fixture
def attempts():
    """Give the file with a line for each attempt to reach for the network."""
    return _ATTEMPTS


@pytest.fixture(autouse=True)
def no_network():
    """Fail a test in which something reached for the network, though the error was caught."""
    yield
    if tried := _ATTEMPTS.read_text("utf-8"):
        _ATTEMPTS.write_text("", "utf-8")
        pytest.fail(f"reached for the network: {tried}")


@pytest.fixture(autouse=True)
def usual_garbage_collection():
    """Collect garbage as usual after each test: commands look for it so seldom that a worker grows by gigabytes."""
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)


@pytest.fixture(scope="session")
def fake_models(tmp_path_factory):
    """Give a folder with both model files."""
    folder = tmp_path_factory.mktemp("models")
    save(build_voice(), folder / "voice.sayso")
    save(build_attribution(), folder / "attribution.sayso")
    return folder


@pytest.fixture(scope="session")
def fake_model_options(fake_models):
    """Give the options that have a command read both model files."""
    return ["--model", str(fake_models / "voice.sayso"), "--model", str(fake_models / "attribution.sayso")]


@pytest.fixture(scope="session")
def tiny_reader(tmp_path_factory):
    """Give the folder of a word reader with a table in place of a network; without what reads it the test is left out."""
    for needed in ("onnxruntime", "tokenizers"):
        pytest.importorskip(needed)
    return write_reader(tmp_path_factory.mktemp("readers") / "tiny")


@pytest.fixture(scope="session")
def our_corpus():
    """Give the articles of the corpus that comes with the package."""
    return own_corpus()


@pytest.fixture
def no_shipped_model(monkeypatch):
    """Describe sentences without attributions, as if no model came with the package."""
    monkeypatch.setattr("sayso.train.held_out_attributions.shipped_model", lambda name: None)


@pytest.fixture(scope="session")
def reader_folder():
    """Give the folder of the word reader that is in the repository; without what reads it the test is left out."""
    for needed in ("onnxruntime", "tokenizers"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed (pip install '.[reader]')")
    folder = Path(__file__).parents[1] / "reader" / "sayso_reader_minilm"
    if not folder.parent.joinpath("pyproject.toml").is_file():
        pytest.skip("the source archive of sayso does not hold the reader")
    return folder


@pytest.fixture
def undrawn(monkeypatch):
    """Leave the charts of reports empty, where a test is about what else they hold: drawing takes most of their time."""
    drawn = "sayso.train.report.drawing.chart.Chart._drawn"
    monkeypatch.setattr(drawn, lambda chart, forms, *_, **__: dict.fromkeys(forms, b" "))


@pytest.fixture
def browser(chromium):
    """Give a browser, whose pages are closed after the test; without Chromium on the machine the test is left out."""
    yield chromium
    chromium.close_pages()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """Give the browser that all tests share."""
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    running = Browser(program, tmp_path_factory.mktemp("chromium"))
    yield running
    running.close()
