"""A validation as ``cardflow validate`` leaves it, with made-up simulated values beside published ones."""

import json
from datetime import date, timedelta

from calibration.fits_record import (
    Confirmed,
    Fits,
    FittedFigure,
    FittedValue,
    Influence,
    PlantCalendar,
    Reading,
    TradeOff,
)
from scenarios.records import as_json

SOURCE = {"title": "J-LIS FY2025 self-evaluation report (令和7年度自己評価書), 2026-06-23", "locator": "item I-1"}
FIGURES = (
    # id, group, subject, unit, period, published, simulated, half of the interval, use, tolerance
    ("JLIS-007", "lead_times", "Standard cards, maximum without New Year", "days", "FY2025", 12, 12, 0, "fitted", 0.5),
    ("JLIS-008", "lead_times", "Standard cards, mean", "days", "FY2025", 10.2, 10.203, 0.02, "fitted", 0.05),
    ("JLIS-010", "lead_times", "Express cards, mean", "days", "FY2025", 4, 4.9, 0.1, "fitted", 0.5),
    ("JLIS-012", "answer_rates", "Answer rate of residents", "%", "FY2025", 99.6, 99.58, 0.3, "fitted", 0.05),
    ("JLIS-018", "availability", "Availability of the card system", "%", "FY2025", 100, 99.97, 0.04, "input", 0.05),
    ("JLIS-021", "notices", "Expiry notices sent", "notices", "FY2024", 16.2e6, 16.19e6, 3e5, "fitted", 3.2e5),
    ("JLIS-022", "notices", "Expiry notices sent", "notices", "FY2025", 24.02e6, 23.1e6, 6e5, "held_back", 1.2e6),
    ("HELD-2023-06-30", "held", "Cards held", "cards", "2023-06-30", 88155973, 88.4e6, 1e5, "held_back", 5e5),
    ("HELD-2024-06-30", "held", "Cards held", "cards", "2024-06-30", 92784654, 92.9e6, 1e5, "fitted", 3e5),
    ("HELD-2026-01-31", "held", "Cards held", "cards", "2026-01-31", 100960000, 101.1e6, 2e5, "fitted", 3e5),
    ("HANDED-2022-10-31", "handed_over", "Handed", "cards", "2022-10-31", 64384833, 64.3e6, 2e4, "fitted", 150000),
    ("HANDED-2022-12-31", "handed_over", "Handed", "cards", "2022-12-31", 71905789, 71.9e6, 5e4, "fitted", 150000),
    ("HANDED-2023-02-28", "handed_over", "Handed", "cards", "2023-02-28", 79996490, 80.3e6, 2e5, "held_back", 647256),
    ("HANDED-2023-03-31", "handed_over", "Handed", "cards", "2023-03-31", 84399025, 85.9e6, 2e5, "held_back", 999459),
    ("HANDED-2023-06-30", "handed_over", "Handed", "cards", "2023-06-30", 93060433, 93.9e6, 3e5, "held_back", 1692372),
    ("REVO-001", "lapsed", "Cards no longer valid", "cards", "2023-06-30", 4920000, 4.6e6, 1e5, "held_back", 492000),
    ("HOLD-001/75-79", "age_rates", "Share holding, ages 75-79", "%", "2023-07-31", 81.7, None, None, "held_back", 3),
    ("JLIS-004", "inputs", "Cards the system can issue a day", "cards/day", "FY2025", 160000, 160000, 0, "input", 1),
)  # fmt: skip
WHY = {"days": "published to one decimal", "cards": "a reason without a translation"}
NOT_VALIDATED = (
    "future_demand", "call_volumes", "counter_slots", "jpki_capacity", "breakdowns", "channels", "stations",
    "lapse_shares", "prices",
)  # fmt: skip


def row(identifier, group, subject, unit, period, published, simulated, half, use, tolerance):
    known = simulated is not None
    low, high = (simulated - half, simulated + half) if known else (None, None)
    return {
        "id": identifier,
        "group": group,
        "subject": subject,
        "unit": unit,
        "period": period,
        "published": published,
        "simulated": simulated,
        "low": low,
        "high": high,
        "prior_low": None,
        "prior_high": None,
        "difference": simulated - published if known else None,
        "use": use,
        "tolerance": tolerance,
        "tolerance_why": WHY.get(unit, WHY["days"]),
        "within": (abs(simulated - published) <= tolerance or low <= published <= high) if known else None,
        "confidence": "primary" if identifier.startswith("JLIS") else "verified",
        "sources": [SOURCE],
        "note": "not simulated without cards by age" if not known else None,
    }


def band(first, last, step, start, end, until):
    """A straight line with a band that widens."""
    days = [first + timedelta(days=place) for place in range(0, (last - first).days + 1, step)]
    mean = [start + (end - start) * place / (len(days) - 1) for place in range(len(days))]
    half = [5e5 * place / len(days) for place in range(len(days))]
    return {
        "dates": [str(day) for day in days],
        "mean": mean,
        "low": [value - spread for value, spread in zip(mean, half, strict=True)],
        "high": [value + spread for value, spread in zip(mean, half, strict=True)],
        "fitted_until": until,
    }


def validation(fits=None):
    cohorts = [
        {"period": period, "kind": kind, "issued_fy": year, "notices": total * share}
        for period, total in (("FY2024", 16.19e6), ("FY2025", 23.1e6))
        for kind, part in (("certificates", 0.8), ("cards", 0.2))
        for year, share in zip((2015, 2016, 2019, 2020), (0.1 * part, 0.2 * part, 0.3 * part, 0.4 * part), strict=True)
    ]
    return {
        "version": "0.3.0",
        "seed": 1,
        "replications": 20,
        "rows": [row(*figure) for figure in FIGURES],
        "bands": {
            "handed_over": band(date(2022, 10, 1), date(2023, 7, 2), 7, 62e6, 94e6, "2022-12-31"),
            "held": band(date(2023, 4, 30), date(2026, 3, 31), 30, 86e6, 101.5e6, "2026-01-31"),
        },
        "notices_by_cohort": cohorts,
        "not_validated": list(NOT_VALIDATED),
        "fits": as_json(fits),
        "unknowns": unknowns(),
    }


def fitted(problem, path, value, low, high, assumed, unit="", word="partly", **more):
    middle, bottom, top = assumed
    usual = {"scenario": "baseline-fy2025", "from_": None, "with_": None, "correlation": None, "usable": True}
    return FittedValue(
        problem=problem,
        path=path,
        value=value,
        low=low,
        high=high,
        assumed_value=middle,
        assumed_low=bottom,
        assumed_high=top,
        unit=unit,
        pinned=max(0.0, 1 - (high - low) / (top - bottom)),
        word=word,
        **(usual | more),
    )


def calendars():
    for kind, plans, limit in (("standard", (6, 7, 8), 12), ("express", (2, 3), 5)):
        for holidays, extra in (("worked", 0), ("closed", 5)):
            for weekends, less in (("closed", 0), ("saturdays", 1), ("worked", 2)):
                for plan in plans:
                    longest = plan + 2 * (plan // 5 + 1) + extra - less + (kind == "standard")
                    fits = longest == limit
                    yield PlantCalendar(
                        holidays=holidays,
                        weekends=weekends,
                        plan_days=plan,
                        mean_low=longest - 3.0,
                        mean_high=longest - 1.2,
                        share=0.38 if fits else None,
                        open=fits and weekends == "closed",
                        why=("fits" if weekends == "closed" else "mean") if fits else "max",
                        class_=kind,
                        max=longest,
                    )


def fits():
    seats = (("resident", 121), ("helpdesk", 41))
    share, whole_days = "plant.after_cutoff_share", "published in whole days"
    return Fits(
        version="0.3.0",
        seed=1,
        fits=(
            fitted("holders", "holders.history_shift_days", 3.1, -4.0, 10.2, (0.0, -15.0, 15.0), "days", "partly",
                   with_="holders.loss_rate", correlation=-0.7),
            fitted("holders", "demand.first_time_per_year", 3.31e6, 3.2e6, 3.42e6, (3.4e6, 2.4e6, 4.4e6),
                   "applications/year", "well", from_=date(2024, 4, 1)),
            fitted("lead_times", share, 0.38, 0.36, 0.4, (0.38, 0.1, 0.6), "share", "well"),
            fitted("hand_over", "counters.collection_days", 21, 8, 29, (20, 7, 30), "days", "not",
                   scenario="hindcast-2023"),
        ),
        figures=(
            FittedFigure("holders", "JLIS-021", 16200000, 16190000, 320000, whole_days, met=True),
            FittedFigure("lead_times", "JLIS-010", 4, 4.9, 0.5, whole_days, met=False),
        ),
        calendars=tuple(calendars()),
        readings=(Reading("excl_closure", share, 0.38, 0.36, 0.4), Reading("whole_year", share, 0.18, 0.16, 0.2)),
        trade_off=tuple(
            TradeOff(centre, load, *(known * load**0.96 * end for end in (1, 0.98, 1.03)))
            for centre, known in seats
            for load in (0.5, 0.8, 1.0, 1.25, 2.0)
        ),
        influence=(
            Influence("JLIS-021", 5000, "notices FY2027", "notices", change=12345.0, level=25e6, share=12345 / 25e6),
            Influence("JLIS-008", 0.05, "something new", "days", change=-0.4, level=0.0, share=0.4),
        ),
        confirmed=(Confirmed("JLIS-008", 10.2, 10.2, 10.1, 10.3, 0.05, met=True),),
        evaluations=123,
        messages=("hand_over: stopped after 200 evaluations, before it settled", "something new"),
    )  # fmt: skip


def unknowns():
    """Three of the unknowns: two that figures narrowed, and one that stayed as wide as it was."""
    rows = (
        ("demand.first_time_level", 0.8, 1.2, 0.97, 1.04, "held"),
        ("contact.resident.seats", 90.0, 210.0, 117.0, 169.0, "answers_resident"),
        ("next_card.delay_months", 4.0, 14.0, 4.0, 14.0, None),
    )
    names = "path", "prior_low", "prior_high", "low", "high", "by"
    told = [dict(zip(names, row, strict=True)) | {"narrowed": row[-1] is not None} for row in rows]
    return {"draws": 1024, "effective": 486, "rows": told}


def write(folder, data=None):
    """Write a ``validation.json``; with fits unless other data are given."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data or validation(fits()), ensure_ascii=False)
    (folder / "validation.json").write_text(text, encoding="utf-8")
    return folder
