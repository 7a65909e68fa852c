"""Checks a Rasa project and fingerprints it: part of bot/engine. Reads files, runs nothing.

A fingerprint covers what changes the model: config, domain, training data and the engine's own
code and locked packages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_ENGINE = Path(__file__).resolve().parents[1]
_WITHOUT_TENSORFLOW = ("RulePolicy", "KeywordIntentClassifier", "RegexEntityExtractor")
_OURS = "waymark_engine."
_RASAS_ACTIONS = ("action_listen", "action_deactivate_loop", "action_default_fallback")


class ProjectError(Exception):
    """The project cannot be trained; the message says what is wrong, where, and what to do."""


def check(project: Path) -> None:
    """Raises ProjectError for what Rasa would accept, or fail at with a riddle."""
    for name in ("config.yml", "endpoints.yml", "credentials.yml", "domain", "data"):
        if not (project / name).exists():
            raise ProjectError(f"{project / name} is missing.")
    _check_components(project / "config.yml")
    for file in domain_files(project):
        _check_responses(file)
    _check_rules(project)


def domain_files(project: Path) -> list[Path]:
    """The files of the domain, in a fixed order."""
    return _yaml_files(project / "domain")


def fingerprint(project: Path) -> str:
    """Twelve hexadecimal digits that change with anything the model depends on."""
    digest = hashlib.sha256()
    for file in _what_matters(project):
        digest.update(file.name.encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _what_matters(project: Path) -> Iterator[Path]:
    yield project / "config.yml"
    yield from domain_files(project)
    yield from _yaml_files(project / "data")
    yield from sorted(Path(__file__).parent.glob("*.py"))
    yield _ENGINE / "requirements.lock"


def _yaml_files(folder: Path) -> list[Path]:
    return sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")])


def _check_components(config: Path) -> None:
    read = _read(config)
    for part in ("pipeline", "policies"):
        for component in read.get(part) or []:
            name = component.get("name", "") if isinstance(component, dict) else str(component)
            if name not in _WITHOUT_TENSORFLOW and not name.startswith(_OURS):
                raise ProjectError(
                    f"{config}: {part} names {name}, which the engine does not have: it is built "
                    "without TensorFlow. Use waymark_engine.understanding.Understanding "
                    f"and waymark_engine.rules.Rules, or one of {', '.join(_WITHOUT_TENSORFLOW)}."
                )


def _check_responses(file: Path) -> None:
    """Each response is one message id: chance must not choose, and no text may leave here."""
    for name, variants in (_read(file).get("responses") or {}).items():
        customs = [variant.get("custom") for variant in variants or []]
        if len(customs) != 1 or not isinstance(customs[0], dict) or set(variants[0]) != {"custom"}:
            raise ProjectError(
                f"{file}: {name} must have exactly one variant, and that only `custom: {{say: …}}`."
            )
        if customs[0].get("say") != name.removeprefix("utter_"):
            raise ProjectError(f"{file}: {name} must say {name.removeprefix('utter_')}.")


def _check_rules(project: Path) -> None:
    """Rasa trains a rule that names a response which is gone, and says nothing when it matters."""
    known = set(_RASAS_ACTIONS)
    for file in domain_files(project):
        domain = _read(file)
        for part in ("actions", "responses", "forms"):
            known.update(_names(domain.get(part)))
    for file in _yaml_files(project / "data"):
        for rule in _read(file).get("rules") or []:
            for step in rule.get("steps") or []:
                action = step.get("action")
                if action is not None and action not in known:
                    raise ProjectError(
                        f"{file}: the rule “{rule.get('rule')}” names {action}, "
                        "which is no action, response or form of the domain."
                    )


def _names(part: object) -> list[str]:
    """The names in a list of names or of one-entry mappings, or in a mapping."""
    if isinstance(part, dict):
        return [str(name) for name in part]
    each = part if isinstance(part, list) else []
    return [str(next(iter(name))) if isinstance(name, dict) else str(name) for name in each]


def _read(file: Path) -> dict[str, Any]:
    try:
        read = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ProjectError(f"{file} is not valid YAML: {str(error).splitlines()[-1]}") from None
    if not isinstance(read, dict):
        raise ProjectError(f"{file} must hold a mapping.")
    return read
