"""Policies decide as Rasa's own do, however a conversation went."""

from __future__ import annotations

import importlib.util
import inspect
from types import SimpleNamespace
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprechstunde.assistant import tuning

tuning.apply()

import dask  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.core.featurizers.tracker_featurizers import MaxHistoryTrackerFeaturizer  # noqa: E402 -- as above
from rasa.core.policies.memoization import AugmentedMemoizationPolicy, MemoizationPolicy  # noqa: E402 -- as above
from rasa.core.policies.rule_policy import RulePolicy  # noqa: E402 -- as above
from rasa.engine.exceptions import GraphRunError  # noqa: E402 -- as above
from rasa.engine.graph import GraphSchema, SchemaNode  # noqa: E402 -- as above
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402 -- as above
from rasa.shared.core import events as ev  # noqa: E402 -- as above
from rasa.shared.core import trackers  # noqa: E402 -- as above
from rasa.shared.core.domain import Domain  # noqa: E402 -- as above

from sprechstunde.assistant.tuning import memoized_stories  # noqa: E402 -- as above

DOMAIN = Domain.from_dict(
    {
        "intents": ["greet", "book", "inform", "thank"],
        "entities": ["time"],
        "slots": {
            "time": {"type": "text", "influence_conversation": True, "mappings": [{"type": "custom"}]},
            "note": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]},
        },
        "actions": ["action_begin", "action_book", "action_help"],
        "forms": {"booking_form": {"required_slots": ["time"]}},
    }
)
RULES_ALONE: dict[str, list[str]] = {"rule_only_slots": [], "rule_only_loops": []}


def said(intent):
    return ev.UserUttered(
        f"words of {intent}", intent={"name": intent, "confidence": 0.9}, entities=[{"entity": "time"}]
    )


def done(action, hidden=False):
    return ev.ActionExecuted(action, hide_rule_turn=hidden)


ACTIONS = ["action_listen", "action_begin", "booking_form", "action_book", "action_help"]
STEPS = st.one_of(
    st.builds(said, st.sampled_from(["greet", "book", "inform", "thank"])).map(
        lambda words: [done("action_listen"), words]
    ),
    st.builds(done, st.sampled_from(ACTIONS), st.booleans()).map(lambda action: [action]),
    st.sampled_from(
        [
            [ev.ActiveLoop("booking_form")],
            [ev.ActiveLoop(None)],
            [ev.SlotSet("time", "10:00")],
            [ev.SlotSet("time", None)],
            [ev.SlotSet("note", "a note")],
            [ev.ActionExecutionRejected("booking_form")],
            [ev.FollowupAction("action_book")],
            [ev.BotUttered("words of ours")],
            [ev.LoopInterrupted(True)],
            [ev.UserUtteranceReverted()],
            [ev.ActionReverted()],
            [done("action_session_start"), ev.SessionStarted()],
            # What a story tells, so that something is found.
            [done("action_listen"), said("book"), done("action_begin"), done("booking_form")],
            [done("booking_form"), ev.ActiveLoop("booking_form"), done("action_listen", hidden=True)],
        ]
    ),
)
CONVERSATIONS = st.lists(STEPS, max_size=14).map(lambda steps: [event for step in steps for event in step])


def conversation(events):
    return trackers.DialogueStateTracker.from_events("somebody", list(events), slots=DOMAIN.slots)


@pytest.fixture(scope="module")
def rasas_tracker():
    """Rasa's class of trackers as it comes, from a second copy of its module."""
    spec = importlib.util.spec_from_file_location("rasas_trackers", trackers.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DialogueStateTracker


@given(events=CONVERSATIONS)
@settings(deadline=None)
def test_the_same_events_count(rasas_tracker, events):
    theirs = rasas_tracker.from_events("somebody", events, slots=DOMAIN.slots)
    ours = conversation(events)
    counted = ours.applied_events()
    assert [id(event) for event in counted] == [id(event) for event in theirs.applied_events()]
    counted.clear()  # who asked may do with the list what he likes
    ours.update(said("thank"))
    theirs.update(ours.events[-1])
    assert [id(event) for event in ours.applied_events()] == [id(event) for event in theirs.applied_events()]


@given(events=CONVERSATIONS)
@settings(deadline=None)
def test_a_growing_conversation_is_described_the_same(rasas_tracker, events):
    growing = trackers.DialogueStateTracker("somebody", DOMAIN.slots)
    for number, event in enumerate(events):
        growing.update(event)
        if number % 3:
            continue
        theirs = rasas_tracker.from_events("somebody", events[: number + 1], slots=DOMAIN.slots)
        for hiding in (False, True):
            described = growing.past_states(DOMAIN, ignore_rule_only_turns=hiding, rule_only_data=RULES_ALONE)
            assert described == theirs.past_states(
                DOMAIN, ignore_rule_only_turns=hiding, rule_only_data=RULES_ALONE
            )
        for state in described:
            state.get("user", {}).clear()  # policies take out what they don't compare
    assert growing.past_states(DOMAIN) == rasas_tracker.from_events(
        "somebody", events, slots=DOMAIN.slots
    ).past_states(DOMAIN)


class Remembering(AugmentedMemoizationPolicy):
    """A policy that knows some stories and counts how often it looks at the states."""

    def __init__(self, stories, *, compressed):
        settings = {
            **self.get_default_config(),
            "max_history": 8,
            "enable_feature_string_compression": compressed,
        }
        featurizer = MaxHistoryTrackerFeaturizer(max_history=8)
        context = SimpleNamespace(is_finetuning=False)
        super().__init__(settings, None, None, context, featurizer=featurizer, lookup={})
        self.looked = 0
        for told in stories:
            states = self._prediction_states(conversation(told), DOMAIN, rule_only_data=RULES_ALONE)
            self.lookup[self._create_feature_key(states)] = "action_help"

    def _prediction_states(self, *arguments, **options):
        self.looked += 1
        return super()._prediction_states(*arguments, **options)


BOOKING = [
    done("action_listen"),
    said("book"),
    done("action_begin"),
    done("booking_form"),
    ev.ActiveLoop("booking_form"),
    done("action_listen"),
    said("inform"),
    done("booking_form"),
    ev.SlotSet("time", "10:00"),
    ev.ActiveLoop(None),
    done("action_book"),
    done("action_listen"),
    said("thank"),
    done("action_help"),
]
GREETING = [done("action_listen"), said("greet"), done("action_help"), done("action_listen"), said("book")]
STORIES = [story[:end] for story in (BOOKING, GREETING) for end in range(len(story) + 1)]


@pytest.mark.parametrize("compressed", [True, False])
def test_the_same_stories_are_remembered(compressed):
    policy = Remembering(STORIES, compressed=compressed)
    found = set()

    @given(events=CONVERSATIONS)
    @settings(deadline=None, max_examples=150)
    def remembered(events):
        tracker = conversation(events)
        ours = policy.predict_action_probabilities(tracker, DOMAIN, rule_only_data=RULES_ALONE)
        theirs = memoized_stories._predict(policy, tracker, DOMAIN, rule_only_data=RULES_ALONE)
        found.add(max(theirs.probabilities))
        assert ours.probabilities == theirs.probabilities

    remembered()
    assert found == {0.0, 1.0}  # both were seen: something remembered, and nothing


def test_nothing_is_looked_at_where_no_story_can_be_found():
    policy = Remembering([BOOKING[:4], GREETING[:2]], compressed=True)
    policy.looked = 0
    for lived in (
        [*BOOKING[:5]],
        [done("action_help")],
        [*BOOKING[:5], done("action_listen"), said("inform")],
    ):
        prediction = policy.predict_action_probabilities(
            conversation(lived), DOMAIN, rule_only_data=RULES_ALONE
        )
        assert max(prediction.probabilities) == 0.0
    assert policy.looked == 0
    policy.predict_action_probabilities(conversation(BOOKING[:4]), DOMAIN, rule_only_data=RULES_ALONE)
    assert policy.looked


def test_rasa_reads_the_same_signature_before_it_trains():
    ours = AugmentedMemoizationPolicy.predict_action_probabilities
    theirs = MemoizationPolicy.predict_action_probabilities
    assert inspect.signature(ours) == inspect.signature(theirs)
    assert get_type_hints(ours) == get_type_hints(theirs)


STATES = st.fixed_dictionaries(
    {},
    optional={
        "prev_action": st.sampled_from([{"action_name": name} for name in ACTIONS]),
        "user": st.sampled_from([{"intent": "greet"}, {"intent": "book"}]),
        "active_loop": st.just({"name": "booking_form"}),
        "slots": st.sampled_from([{"time": [1.0]}, {"time": "should_not_be_set"}]),
    },
)


@given(
    rules=st.lists(st.lists(STATES, min_size=1, max_size=3), max_size=8), states=st.lists(STATES, min_size=1)
)
@settings(deadline=None)
def test_the_same_rules_apply(rules, states):
    policy = object.__new__(RulePolicy)
    lookup = {policy._create_feature_key(rule): "action_help" for rule in rules}
    backwards = list(enumerate(reversed(states)))
    assert policy._get_possible_keys(lookup, states) == {
        key
        for key in lookup
        if all(policy._is_rule_applicable(key, back, state) for back, state in backwards)
    }


def graph(**needs):
    """A loaded model of nodes that say what they were given; `None` runs into an error."""

    def node(name):
        def called(*given):
            if needs[name] is None:
                raise RuntimeError(name)
            return name, (name, *given)

        return called

    runner = object.__new__(DaskGraphRunner)
    runner._graph_schema = GraphSchema(
        {
            name: SchemaNode(
                {need: need for need in of or ()}, None, "create", "run", {}, is_target=name == "last"
            )
            for name, of in needs.items()
        }
    )
    runner._instantiated_nodes = {name: node(name) for name in needs}
    runner._execution_context = SimpleNamespace()
    return runner


def test_the_same_comes_out_of_a_model():
    runner = graph(last=("left", "right"), left=("first",), right=("first",), first=("message",), other=None)
    for _ in range(2):
        planned = runner._build_dask_graph(runner._graph_schema.minimal_graph_schema(["last"]))
        runner._add_inputs_to_graph({"message": "Hallo"}, planned)
        assert runner.run(inputs={"message": "Hallo"}) == dict(dask.get(planned, ["last"]))
    assert list(runner.run(inputs={"message": "Hallo"}, targets=["left"])) == ["left"]
    with pytest.raises(GraphRunError, match="clashes"):
        runner.run(inputs={"left": "Hallo"})
    with pytest.raises(GraphRunError):
        runner.run(targets=["other"])


def test_a_copied_slot_leaves_the_first_alone():
    slots = {slot.name: slot for slot in DOMAIN.slots}
    tracker = trackers.DialogueStateTracker("somebody", slots.values())
    tracker.update(ev.SlotSet("time", "10:00"))
    assert tracker.slots["time"].value == "10:00"
    assert type(tracker.slots["time"]) is type(slots["time"])
    assert slots["time"].value is None
