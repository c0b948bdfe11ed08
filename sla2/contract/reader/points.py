"""Service points and pools.

In: their blocks. Out: `ServicePoints` and `Pool` models.
"""

from __future__ import annotations

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import (
    Pool,
    PoolShare,
    ServicePoints,
)
from sla2.contract.quantity import Points
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import base, setting_of
from sla2.contract.reader.tiers import gift, repeat, tier_lines
from sla2.source.syntax import (
    Block,
    Name,
    PercentValue,
    Phrase,
)


def points(desk: Desk, block: Block) -> ServicePoints | None:
    """`points`: tiers that give points, or a number if the target is missed."""
    lines = Lines(desk, block)
    complete = lines.need("level: avail-hosting", "points_level")
    complete &= lines.need("tier: below 98% gives 4 points", "points_tier", "points_missed")
    level = lines.ref("points_level", "level")
    table = tier_lines(lines, "points_tier", setting_of(desk, level))
    for tier in table:
        if not isinstance(tier.gives, Points):
            message = f"This tier gives {tier.gives}, but the block counts service points."
            desk.say(IMPOSSIBLE_VALUE.at(tier.span, message, help="Write for instance `gives 4 points`."))
    missed = lines.phrase("points_missed")
    given = gift(desk, missed) if missed is not None else None
    if not complete or level is None:
        return None
    return ServicePoints(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        level=level,
        tiers=tuple(tier for tier in table if isinstance(tier.gives, Points)),
        missed=given.value if isinstance(given, Points) else None,
        repeat=repeat(lines, "points_repeat"),
    )


def pool(desk: Desk, block: Block) -> Pool | None:
    """`pool`: its size and its shares."""
    lines = Lines(desk, block)
    complete = lines.need("size: 10% of fee hosting of the period", "pool_size")
    shares: dict[str, PoolShare] = {}
    for statement in lines.all("pool_share"):
        match statement.args:
            case (Name(text=name), PercentValue() as share):
                if name in shares:
                    message = f"{lines.title} has two shares called {name}."
                    desk.say(IMPOSSIBLE_VALUE.at(statement.span, message, help="Give one of them another name."))
                shares.setdefault(name, PoolShare(span=statement.span, name=name, percent=desk.percent(share)))
    match lines.args("pool_size"):
        case (PercentValue() as size, Phrase() as phrase) if complete:
            found = base(desk, phrase)
            if found is not None:
                return Pool(
                    span=block.header,
                    name=lines.name,
                    title=lines.heading,
                    size=desk.percent(size),
                    base=found,
                    shares=tuple(shares.values()),
                )
    return None
