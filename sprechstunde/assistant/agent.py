"""Loading the trained assistant into this process (worker, shell, conversation tests)."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sprechstunde.assistant import texts, tuning
from sprechstunde.assistant.training import ROOT, newest_model

if TYPE_CHECKING:
    from rasa.core.agent import Agent


class NoModel(FileNotFoundError):
    """There is no trained model to load."""


def load_agent(
    model_path: str | Path | None = None,
    *,
    action_endpoint: Any = None,
    tracker_store: Any = None,
    generator: Any = None,
    texts_from: Path | None = None,
) -> Agent:
    """The agent, ready for `handle_message`; TensorFlow is never imported.

    `model_path`: a model file, by default the newest in `models/`. `action_endpoint`: an
    `EndpointConfig`, by default a `KeptSessionEndpoint` on the address in `endpoints.yml`.
    `tracker_store`, `generator`: Rasa's, by default in memory and templates. `texts_from`: a project whose texts, as
    they stand there now, are said instead of those it was trained with. Raises `NoModel`, `TextsUnreadable`.
    """
    tuning.apply()
    from rasa.core.agent import Agent

    path = Path(model_path) if model_path else newest_model()
    if path is None or not path.exists():
        raise NoModel(f"no model at {path or ROOT / 'models'}: run `make train`")
    agent = Agent.load(
        path,
        action_endpoint=action_endpoint or default_action_endpoint(),
        tracker_store=tracker_store,
        generator=generator,
    )
    if texts_from is not None and agent.domain is not None:
        texts.put_into(agent.domain, texts.read_texts(texts_from))
    # Rasa wraps every store so that a database error looks like an empty conversation and the turn is
    # answered without its history. We would rather have the error: the inbox repeats the turn.
    if tracker_store is not None and agent.processor is not None:
        agent.tracker_store = agent.processor.tracker_store = tracker_store
        tracker_store.domain = agent.domain
    # The model stays for the life of the process: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    return agent


def default_action_endpoint(endpoints_file: Path = ROOT / "endpoints.yml") -> Any:
    """A `KeptSessionEndpoint` built from the `action_endpoint` of `endpoints.yml`, or None if it names
    none.
    """
    tuning.apply()
    from rasa.utils.endpoints import read_endpoint_config

    from sprechstunde.assistant.tuning.action_endpoint import KeptSessionEndpoint

    read = read_endpoint_config(str(endpoints_file), "action_endpoint")
    if read is None or not read.url:
        return None
    return KeptSessionEndpoint(
        read.url,
        params=read.params,
        headers=read.headers,
        basic_auth=read.basic_auth,
        token=read.token,
        **read.kwargs,
    )
