"""The words and colours of trust: sides, dimensions, statuses.

In: keys of the trust stage. Out: text in the language of the report. A colour always comes with its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sla2.report.frame import Frame
    from sla2.trust.combine import Colour, Comparison
    from sla2.trust.promises import Status
    from sla2.trust.stream import Dimension, Fate, Side

Tone = Literal["good", "bad", "open", "muted", "accent"]

STATUS_KEYS: dict[Status, str] = {
    "demonstrated": "demonstrated",
    "missed": "missed",
    "unproven, on target so far": "on_target",
    "unproven, below target so far": "below_target",
    "kept so far": "so_far",
    "no evidence": "no_evidence",
    "no target": "no_target",
}
_TONES: dict[Status, Tone] = {
    "demonstrated": "good",
    "missed": "bad",
    "unproven, on target so far": "open",
    "unproven, below target so far": "open",
    "kept so far": "accent",
    "no evidence": "muted",
    "no target": "muted",
}
_COMPARISONS: dict[Comparison, str] = {
    "watermelon": "watermelon",
    "possible watermelon": "possible_watermelon",
    "green through": "green_through",
    "unknown: nobody asked": "nobody_asked",
    "SLA measures the wrong thing": "wrong_thing",
    "red through": "red_through",
    "unclear": "unclear",
    "no compliance": "no_compliance",
}


def side(frame: Frame, name: Side) -> str:
    """Customer or supplier."""
    return frame.say(f"trust.side.{name}")


def judge_of(frame: Frame, name: Side) -> str:
    """The side that judges this one, inside a sentence."""
    other = frame.say(f"trust.side.{'customer' if name == 'supplier' else 'supplier'}")
    return other if frame.language == "de" else other.lower()


def dimension(frame: Frame, name: Dimension) -> str:
    """A dimension of trust."""
    return frame.say(f"trust.dimension.{name}")


def status(frame: Frame, found: Status) -> str:
    """What the evidence shows."""
    return frame.say(f"trust.status.{STATUS_KEYS[found]}")


def tone(found: Status) -> Tone:
    """The colour that repeats a status for the eye."""
    return _TONES[found]


def colour(frame: Frame, found: Colour) -> str:
    """The overall colour of a side, with its reason."""
    return frame.say(f"trust.colour.{found.replace(' ', '_')}")


def comparison(frame: Frame, found: Comparison) -> str:
    """Compliance held against feeling."""
    return frame.say(f"trust.comparison.{_COMPARISONS[found]}")


def fate(frame: Frame, found: Fate) -> str:
    """What became of a promise."""
    return frame.say(f"trust.fate.{found}")
