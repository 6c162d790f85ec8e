"""The fixtures that several folders of tests use; what they are made of stands in `builders` and `browser`."""

import shutil

import pytest
from browser import CHROMIUMS, Browser
from builders import build_attribution, build_voice

from sayso.classify.model_files.files import save


@pytest.fixture(scope="session")
def make_voice():
    return build_voice


@pytest.fixture(scope="session")
def make_attribution():
    return build_attribution


@pytest.fixture(scope="session")
def fake_models(tmp_path_factory):
    """Give a folder with both model files."""
    folder = tmp_path_factory.mktemp("models")
    save(build_voice(), folder / "voice.sayso")
    save(build_attribution(), folder / "attribution.sayso")
    return folder


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Give a browser; without Chromium on the machine the test is left out."""
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    running = Browser(program, tmp_path_factory.mktemp("chromium"))
    yield running
    running.close()
