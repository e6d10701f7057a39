"""Rasa without TensorFlow.

Rasa 3.6 imports every built-in component, and with eight of its modules all of TensorFlow: 10 s of
start-up and about 350 MB in every process, used or not. `install()` puts inert stand-ins in the place of
exactly these eight Rasa modules. Nothing else changes, and no fake `tensorflow` ever sits in
`sys.modules`. A configuration that names one of the TensorFlow components is refused with a message that
says what to do.

Only our own entry points call `install()`; plain `rasa train` is untouched.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

# module -> the components it registers with Rasa's recipe (name, kind of component)
COMPONENTS: dict[str, tuple[str, str]] = {
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier", "INTENT_CLASSIFIER"),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector", "INTENT_CLASSIFIER"),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer", "MESSAGE_FEATURIZER"),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer", "MESSAGE_FEATURIZER"),
    "rasa.core.policies.ted_policy": ("TEDPolicy", "POLICY_WITH_END_TO_END_SUPPORT"),
    "rasa.core.policies.unexpected_intent_policy": (
        "UnexpecTEDIntentPolicy",
        "POLICY_WITHOUT_END_TO_END_SUPPORT",
    ),
}
# helpers of those components which Rasa imports at module level elsewhere
HELPERS = ("rasa.utils.tensorflow.callback", "rasa.utils.tensorflow.data_generator")

ADVICE = (
    "{name} needs TensorFlow, which this process deliberately does not load. Use Rasa's own command for it: "
    "`rasa train --config config.diet.yml`."
)


class TensorFlowSwitchedOff(ImportError):
    """TensorFlow was already imported when `install()` was called: too late to keep it out."""


def install() -> None:
    """Keep TensorFlow out of this process. Idempotent; must run before the first import of a Rasa component.

    Raises `TensorFlowSwitchedOff` if TensorFlow is in the process already.
    """
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    if "tensorflow" in sys.modules:
        raise TensorFlowSwitchedOff("tensorflow is already loaded; call install() first thing in the process")
    sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname in COMPONENTS or fullname in HELPERS:
            return importlib.machinery.ModuleSpec(fullname, _Loader())
        return None


class _Loader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ in COMPONENTS:
            name, kind = COMPONENTS[module.__name__]
            setattr(module, name, _refusing_component(module.__name__, name, kind))
        vars(module)["__getattr__"] = _inert_names(module.__name__)


def _inert_names(module_name: str) -> Any:
    """A module-level `__getattr__`: every other public name is an empty class that refuses to be used."""

    def lookup(name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)

        def refuse(self: object, *args: object, **kwargs: object) -> None:
            raise TensorFlowSwitchedOff(ADVICE.format(name=f"{module_name}.{name}"))

        return type(name, (), {"__init__": refuse, "__module__": module_name})

    return lookup


def _refusing_component(module_name: str, name: str, kind: str) -> type:
    """A component registered under Rasa's own name, so that a config naming it gets our advice, not a
    riddle.
    """
    from rasa.engine.graph import GraphComponent
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.shared.exceptions import InvalidConfigException

    def refuse(*args: object, **kwargs: object) -> Any:
        raise InvalidConfigException(ADVICE.format(name=name))

    members = {
        "__module__": module_name,
        "create": classmethod(refuse),
        "load": classmethod(refuse),
        "required_packages": staticmethod(refuse),
    }
    component = type(name, (GraphComponent,), members)
    return DefaultV1Recipe.register(DefaultV1Recipe.ComponentType[kind], is_trainable=True)(component)
