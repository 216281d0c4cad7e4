"""The published tables: every row has a source, and the tables agree with each other."""

from datetime import date

import pytest

from calibration.figures import (
    load_applications,
    load_by_age,
    load_figures,
    load_handed_over,
    load_population,
    load_sources,
)


def test_figures_have_a_source_and_a_value_unless_not_found() -> None:
    figures = load_figures()
    assert len(figures) > 100
    for figure in figures.values():
        assert figure.subject and figure.unit
        assert figure.sources, figure.id
        assert figure.value or figure.confidence == "unverified", figure.id


def test_every_source_is_used() -> None:
    figures = {source.key for figure in load_figures().values() for source in figure.sources}
    series = {row.source.key for row in load_handed_over()} | {row.source.key for row in load_applications()}
    assert figures | series == set(load_sources())


def test_a_figure_reads_as_published() -> None:
    mean = load_figures()["JLIS-008"]
    assert (mean.number, mean.unit, mean.confidence) == (10.2, "days", "primary")
    assert mean.period_start == date(2025, 4, 1)
    assert mean.sources[0].locator == "item I-1"


def test_a_range_is_not_a_number() -> None:
    with pytest.raises(ValueError, match=r"EXPR-006 is not a single number: '1-1\.5'"):
        _ = load_figures()["EXPR-006"].number


def test_what_was_not_found_is_empty() -> None:
    figure = load_figures()["APPL-016"]
    assert (figure.value, figure.confidence) == ("", "unverified")


def test_computed_figures_follow_from_the_others() -> None:
    figures = load_figures()
    assert figures["COMP-006"].number == figures["JLIS-001"].number / figures["JLIS-004"].number
    handed_over = {row.as_of: row.cumulative for row in load_handed_over()}
    held = {row.as_of: row.held for row in load_handed_over()}
    gone = (handed_over[date(2024, 7, 7)] or 0) - (held[date(2024, 6, 30)] or 0)
    assert figures["REVO-004"].number == gone


def test_series_rise_with_their_dates() -> None:
    handed_over = [row.cumulative for row in load_handed_over() if row.cumulative is not None]
    held = [row.held for row in load_handed_over() if row.held is not None]
    applications = [row.cumulative for row in load_applications()]
    dates = [row.as_of for row in load_handed_over()]
    for series in (handed_over, held, applications, dates):
        assert series == sorted(series)
    assert len(set(dates)) == len(dates)


def test_bands_sum_to_the_published_total() -> None:
    totals = {row.as_of: row.cumulative for row in load_handed_over()}
    by_age = load_by_age()
    assert len(by_age.bands) == 19
    for as_of, cards in zip(by_age.dates, by_age.cards, strict=True):
        assert cards.sum() == totals[as_of], as_of


def test_population_has_the_bands_of_the_cards() -> None:
    """125,927,847 residents, the base that the tables print for August to December 2022."""
    population = load_population()
    assert tuple(population) == load_by_age().bands
    assert sum(population.values()) == 125_927_847
    last = dict(zip(load_by_age().bands, load_by_age().cards[-1].tolist(), strict=True))
    assert all(last[band] < population[band] for band in population)


def test_shared_tables_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_by_age().cards[0, 0] = 0
    with pytest.raises(TypeError):
        load_figures()["JLIS-001"] = load_figures()["JLIS-002"]  # type: ignore[index]
