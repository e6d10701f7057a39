"""TensorFlow stays out of our processes, and a configuration that needs it is told so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.unit.assistant.conftest import ROOT

LOADS = """
from sprechstunde.assistant import tuning
tuning.apply()
import sys
import rasa.__main__, rasa.core.agent, rasa.model_training
import rasa.engine.recipes.default_components
heavy = [name for name in ("tensorflow", "keras", "jax", "torch", "transformers") if name in sys.modules]
print("heavy:", heavy)
"""


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_all_of_rasa_loads_without_tensorflow():
    done = python(LOADS)
    assert "heavy: []" in done.stdout, done.stderr


def test_it_is_too_late_once_tensorflow_is_there():
    done = python(
        "import sys, types\n"
        "sys.modules['tensorflow'] = types.ModuleType('tensorflow')\n"
        "from sprechstunde.assistant.tuning.without_tensorflow import install\n"
        "install()\n"
    )
    assert done.returncode != 0
    assert "first thing in the process" in done.stderr


@pytest.mark.parametrize("component", ["DIETClassifier", "ResponseSelector", "LanguageModelFeaturizer"])
def test_a_pipeline_that_needs_tensorflow_is_refused_with_advice(component):
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.engine.validation import validate
    from rasa.shared.exceptions import InvalidConfigException

    config = {
        "recipe": "default.v1",
        "assistant_id": "test",
        "language": "de",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": component},
        ],
        "policies": [{"name": "RulePolicy"}],
    }
    with pytest.raises(InvalidConfigException, match=rf"{component}.*rasa train --config config\.diet\.yml"):
        validate(DefaultV1Recipe().graph_config_for_recipe(config, {}))


def test_a_policy_that_needs_tensorflow_is_refused_with_advice():
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.engine.validation import validate
    from rasa.shared.exceptions import InvalidConfigException

    config = {
        "recipe": "default.v1",
        "assistant_id": "test",
        "language": "de",
        "pipeline": [{"name": "WhitespaceTokenizer"}],
        "policies": [{"name": "TEDPolicy"}],
    }
    with pytest.raises(InvalidConfigException, match="TEDPolicy needs TensorFlow"):
        validate(DefaultV1Recipe().graph_config_for_recipe(config, {}))
