"""How certain a run's verdicts are: what drives their spread, whether its precision was reached, what stayed open."""

from __future__ import annotations

from collections.abc import Mapping

from reports import chances, names
from reports.document import Joined, Number, Period, Value, say
from reports.run import cells
from reports.run.verdicts import Headline
from scenarios.run.record import Run, Undecided
from scenarios.run.words import wilson
from sim.target import parted


def drive(shown: list[Headline], run: Run, short: bool = False) -> Value:
    """How much of each verdict's spread is not knowing, and how much is chance; ``short`` for a terminal."""
    if run.chance_only:
        return say("terminal.drive_chance_only")
    tested = [(each, chance_share(each, run.chance_shares)) for each in shown if each.tested]
    if all(share is None for _, share in tested):
        return say("terminal.drive_none")
    told = (_share(cells.target(each, short), share, _ends(each, run)) for each, share in tested)
    return say("terminal.drive", shares=Joined(tuple(told)))


def _share(target: Value, share: float | None, ends: tuple[float, float] | None) -> Value:
    if share is None:
        return say("terminal.drive_unknown", target=target)
    told = {"target": target, "unknown": chances.share(1 - share), "chance": chances.share(share)}
    if ends is None:
        return say("terminal.drive_share", **told)
    return say("terminal.drive_share_range", low=chances.share(ends[0]), high=chances.share(ends[1]), **told)


def _ends(headline: Headline, run: Run) -> tuple[float, float] | None:
    """The interval of what ``chance_share`` says, from the same place; None where a run of earlier times has none."""
    worst = headline.worst
    if run.chance_shares.get(worst.judged) is None:
        low, high = worst.chance_share_low, worst.chance_share_high
    else:
        low, high = run.chance_intervals.get(worst.judged, (None, None))
    return None if low is None or high is None else (low, high)


def chance_share(headline: Headline, shares: Mapping[str, float | None]) -> float | None:
    """The part of a target's spread that is chance: of the run, else of its worst year."""
    of_run = shares.get(headline.worst.judged)
    return headline.worst.chance_share if of_run is None else of_run


def precision(run: Run) -> Value:
    """Whether the precision asked for was reached, and which value is known least well; empty if none was asked for."""
    told = run.precision
    if not told:
        return ""
    asked, half = Number(told.asked, "rate"), told.widest
    if told.widest_id is None:
        return say("precision.nothing", asked=asked, replications=run.replications)
    name, part = parted(told.widest_id)
    return say(
        "precision.reached" if told.reached else "precision.not_reached",
        asked=asked,
        replications=run.replications,
        target=names.target_part(name, part, short=True, only_part=not part),
        period=Period(told.widest_period or ""),
        widest=say("precision.unknown") if half is None else Number(half, "rate"),
    )


def decided(run: Run) -> Value:
    """Which targets stayed undecided and why, where replications were added to decide them; else empty."""
    told = run.decided
    if not told:
        return ""
    items = tuple(_undecided(one) for one in told.undecided)
    key = "decided.some" if items else "decided.all"
    return say(key, replications=run.replications, targets=Joined(items))


def _undecided(one: Undecided) -> Value:
    low, high = wilson(one.met, one.tested)
    return say(
        "decided.item",
        target=names.target(one.judged, short=True),
        met=one.met,
        tested=one.tested,
        why=cells.to_decide(one.replications_to_decide, one.met / one.tested, high - low),
    )
