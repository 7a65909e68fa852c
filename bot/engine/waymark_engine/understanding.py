"""What a text means, inside Rasa: part of bot/engine. Must never keep or log a text.

A Rasa component that sets the main intent and, beside it, the needs, danger, the confidence and
every label's probability. It learns from the examples in data/nlu, whose needs stand in each
block's metadata, and saves itself as npz and JSON.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from waymark_engine.classifier import Classifier, fit
from waymark_engine.decision import (
    NOTHING,
    Thresholds,
    add_listed,
    answer,
    clauses,
    combine,
    decide,
    listed,
    parts_of,
)
from waymark_engine.encoder import CachingEncoder, Encoder, cache_folder
from waymark_engine.examples import from_messages
from waymark_engine.model_files import TrainedBefore, read, write


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Understanding(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets intent, needs, danger, confidence and labels on each message."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """`config` is the component's part of config.yml; it may set the thresholds."""
        chosen = {key: config[key] for key in self.get_default_config() if key in config}
        self._thresholds = Thresholds(**chosen)
        self._storage = storage
        self._resource = resource
        self._encoder: Encoder | None = None
        self._classifier: Classifier | None = None
        self._needs: frozenset[str] = frozenset()
        self._need_columns: list[int] = []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The thresholds, each of which config.yml may set."""
        return asdict(Thresholds())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Understanding:
        """An untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn and save; what was learned before from the same texts is taken from the cache."""
        examples = from_messages(training_data.intent_examples)
        cache = TrainedBefore(cache_folder(), examples)
        with self._storage.write_to(self._resource) as folder:
            if cache.copy_into(folder):
                _say("understanding was trained before")
                return self._resource
            texts = [example.text for example in examples]
            vectors = CachingEncoder(cache_folder(), _say_progress).vectors(texts)
            model = fit(texts, vectors, [example.labels for example in examples], tell=_say)
            write(model, {need for example in examples for need in example.needs}, folder)
            cache.keep(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Understanding:
        """A trained component from the model's files."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            model, component._needs = read(folder)
        component._classifier = Classifier(model)
        component._encoder = Encoder()
        component._encoder.vectors(["ready"])  # the first one is slow
        component._need_columns = [
            at for at, label in enumerate(model.labels) if label in component._needs
        ]
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message what it means."""
        for message in messages:
            for key, value in self._understand(message.get("text") or "").items():
                message.set(key, value, add_to_output=True)
        return messages

    def _understand(self, text: str) -> dict[str, Any]:
        if self._classifier is None or self._encoder is None:
            raise RuntimeError("Understanding was asked before it was trained.")
        if not text.strip():
            return answer(NOTHING, 0.0, [], False, {})
        parts = [text, *clauses(text)]
        table = self._classifier.probabilities(parts, self._encoder.vectors(parts))
        values = combine(table[0], table[1:], self._need_columns)
        if items := listed(text):
            rows = self._classifier.probabilities(items, self._encoder.vectors(items))
            values = add_listed(values, rows, self._need_columns)
        by_label = dict(zip(self._classifier.labels, map(float, values), strict=True))
        labels, at = self._classifier.labels, self._thresholds.need
        inside = parts_of(text, table[1:], labels, self._needs, at)
        return decide(by_label, self._needs, self._thresholds) | {"parts": inside}


def _say(said: str) -> None:
    # Rasa's own talk is captured while it trains; these lines are for whoever waits.
    print(f"  {said}", file=sys.__stdout__, flush=True)


def _say_progress(done: int, of: int) -> None:
    if done == of or done % 1024 == 0:
        _say(f"vectors of {done} of {of} new texts")
