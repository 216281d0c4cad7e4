"""One cohort by hand, across every rule and its change."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar, first_day
from sim.people.cohorts import BIRTH_YEARS, FIRST_BIRTH_YEAR, CertificateResponse, Cohorts, Terms
from sim.people.first_time import FirstTime
from sim.people.history import CardHistory
from sim.people.holders import Holders
from sim.people.next_card import NextCards
from sim.people.outlook import issue_again
from sim.plan import Plan
from sim.streams import Streams
from sim.timing import DAYS_A_MONTH

EVERYONE_RENEWS = CertificateResponse(1.0, 0.0, 0.0, birthdays_in_time=5, birthdays_late=5)
NOBODY_RENEWS = CertificateResponse(0.0, 0.0, 0.0, birthdays_in_time=5, birthdays_late=5)
TODAY = Terms(adult_age=18, adult=10, minor=5, certificate=5)
BEFORE_2022 = Terms(adult_age=20, adult=10, minor=5, certificate=5)


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


def born(year: int, persons: float = 12.0) -> np.ndarray:
    cohort = np.zeros(BIRTH_YEARS)
    cohort[year - FIRST_BIRTH_YEAR] = persons
    return cohort


def expiries(
    cohorts: Cohorts, first: int, last: int, response: CertificateResponse
) -> tuple[dict[int, float], dict[int, float]]:
    """Persons whose card, and only certificate, expires in each month, as months turn."""
    cards, certificates = {}, {}
    for number in range(first, last):
        turned = cohorts.turn(number, response)
        if turned.cards.sum() > 0:
            cards[number] = turned.cards.sum()
        if turned.certificates.sum() > 0:
            certificates[number] = turned.certificates.sum()
    return cards, certificates


def issue(year: int, number: int, birth_year: int, terms: Terms) -> Cohorts:
    cohorts = Cohorts()
    cohorts.turn(month(year, number), NOBODY_RENEWS)
    cohorts.add_first_issue(month(year, number), born(birth_year), terms)
    return cohorts


def test_an_adults_card_ends_at_the_tenth_birthday_and_its_certificate_at_the_fifth() -> None:
    cards, certificates = expiries(issue(2016, 3, 1970, TODAY), month(2016, 4), month(2027, 1), NOBODY_RENEWS)
    # issued March 2016: birthdays April-December count from 2016, so the 10th is in 2025; January-February from 2017
    assert cards[month(2025, 4)] == cards[month(2025, 12)] == pytest.approx(1.0)
    assert cards[month(2026, 1)] == cards[month(2026, 2)] == pytest.approx(1.0)
    # March itself: half have their birthday after the issue (10th in March 2025), half before it (March 2026)
    assert (cards[month(2025, 3)], cards[month(2026, 3)]) == pytest.approx((0.5, 0.5))
    assert sum(cards.values()) == pytest.approx(12)
    assert certificates[month(2020, 4)] == pytest.approx(1.0)
    assert (certificates[month(2020, 3)], certificates[month(2021, 3)]) == pytest.approx((0.5, 0.5))


def test_a_renewed_certificate_runs_to_the_cards_end_and_never_longer() -> None:
    _, certificates = expiries(issue(2016, 3, 1970, TODAY), month(2016, 4), month(2027, 1), EVERYONE_RENEWS)
    # renewed in the window it runs to the 6th birthday (RULE-004): the 10th of the card, when both expire together
    assert max(certificates) == month(2021, 3)
    assert sum(certificates.values()) == pytest.approx(12)


def test_without_keeping_the_old_expiry_a_renewed_certificate_ends_a_year_before_the_card() -> None:
    four = CertificateResponse(1.0, 0.0, 0.0, birthdays_in_time=4, birthdays_late=5)
    _, certificates = expiries(issue(2016, 3, 1970, TODAY), month(2016, 4), month(2027, 1), four)
    assert certificates[month(2020, 6)] == certificates[month(2024, 6)] == pytest.approx(1.0)


def test_a_lapsed_certificate_never_expires_again() -> None:
    cohorts = issue(2016, 3, 1970, TODAY)
    _, certificates = expiries(cohorts, month(2016, 4), month(2025, 1), NOBODY_RENEWS)
    assert max(certificates) == month(2021, 3)
    assert cohorts.total == pytest.approx(12)


def test_who_lapses_comes_due_next_with_the_card_as_does_who_renews() -> None:
    """No wave hangs on who lapses, at home or in a line: a renewed certificate ends with the card, and comes with it.

    So the counters need not tell the cohorts whose certificate they lost (docs/model.md).
    """
    lapsed, renewed = (
        expiries(issue(2016, 3, 1970, TODAY), month(2016, 4), month(2027, 1), response)
        for response in (NOBODY_RENEWS, EVERYONE_RENEWS)
    )
    assert lapsed == renewed
    assert max(lapsed[1]) < min(lapsed[0]) == month(2025, 3)


@pytest.mark.parametrize(
    ("terms", "years"),
    [(BEFORE_2022, 5), (TODAY, 10)],
    ids=["received before 2022-04-01: under 20 is a minor", "received later: 18 is an adult"],
)
def test_eighteen_year_olds_follow_the_rule_of_their_day_of_receipt(terms: Terms, years: int) -> None:
    cards, _ = expiries(issue(2022, 4, 2003, terms), month(2022, 5), month(2034, 1), EVERYONE_RENEWS)
    # born in June 2003, 18 in April 2022: the first birthday after issue is June 2022, the n-th n - 1 years later
    assert cards[month(2022 + years - 1, 6)] == pytest.approx(1.0)


def plan_of(**values: object) -> Plan:
    parameters = load("renewal-wave").with_values(values).parameters
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    return Plan(parameters, Streams(1, 1), calendar, chance_only=True)


def holders_of(cohort: np.ndarray, **values: object) -> Holders:
    """Holders who got their cards in April 2021, nobody leaving."""
    still = {
        "holders.mortality_at_60": 1e-9,
        "holders.departure_rate": 0,
        "holders.loss_rate": 0,
        "holders.move_rate": 0,
        "holders.name_change_rate": 0,
        "renewal.card_lapse_share": 0.1,
        "renewal.card_late_share": 0.2,
        "renewal.certificate_lapse_share": 0.1,
        "renewal.certificate_late_share": 0.2,
        "next_card.delay_months": 0,
        "next_card.waiting_share": 0,
        "next_card.launch_multiplier": 1,
        "next_card.early_share": 0,
        "next_card.switch_share": 0,
    }
    plan = plan_of(**{**still, **values})
    nothing = np.zeros((1, 1))
    history = CardHistory(month(2021, 4), ((0, 99),), nothing, nothing, nothing)
    holders = Holders(plan, history, date(2040, 3, 31))
    holders.open_month(month(2021, 4))
    holders.issue_first(month(2021, 3), month(2021, 4), cohort)
    holders.close_month(month(2021, 4))
    return holders


def notices(holders: Holders, last: int) -> dict[int, float]:
    sent = {}
    for number in range(month(2021, 5), last):
        opened = holders.open_month(number)
        if opened.notices > 1e-6:
            sent[number] = opened.notices
        holders.close_month(number)
    return sent


def test_notices_go_out_three_months_before_certificate_and_card_expire() -> None:
    sent = notices(holders_of(born(1970, 1200)), month(2032, 1))
    # born in July: certificate until July 2025, card until July 2030
    assert sent[month(2025, 4)] == pytest.approx(100)
    assert sent[month(2030, 4)] == pytest.approx(100)


def certificates(holders: Holders) -> float:
    series = (holders.certificates_early, holders.certificates_in_time, holders.certificates_late)
    return float(sum(each.sum() for each in series))


def test_renewals_are_planned_in_time_and_late_and_the_rest_lapses() -> None:
    holders = holders_of(born(1970, 1200))
    notices(holders, month(2032, 1))
    expected = 1200 * (1 - 0.1)
    assert holders.renewals.sum() == pytest.approx(expected, rel=1e-6)
    # the fifth birthdays come due 2025 and 2026; each certificate is renewed by nine in ten holders
    assert certificates(holders) == pytest.approx(expected, rel=1e-6)


def test_a_switch_to_the_next_card_takes_the_certificate_renewal_away() -> None:
    early = {"next_card.start": date(2025, 1, 1), "next_card.early_share": 0, "next_card.switch_share": 0.4}
    holders = holders_of(born(1970, 1200), **early)
    notices(holders, month(2027, 1))
    assert certificates(holders) == pytest.approx(1200 * 0.6 * 0.9, rel=1e-6)
    assert holders.renewals.sum() == pytest.approx(1200 * 0.4, rel=1e-6)


def test_the_longer_window_of_the_next_card_moves_renewals_forward_and_loses_none() -> None:
    values = {"next_card.start": date(2029, 4, 1), "next_card.switch_share": 0}
    waiting = holders_of(born(1970, 1200), **{**values, "next_card.early_share": 0})
    early = holders_of(born(1970, 1200), **{**values, "next_card.early_share": 0.5})
    sent, sent_early = (notices(holders, month(2033, 1)) for holders in (waiting, early))
    assert early.renewals.sum() == pytest.approx(waiting.renewals.sum(), rel=1e-6)
    day = np.arange(len(early.renewals))
    assert (early.renewals * day).sum() < (waiting.renewals * day).sum()
    assert first_day(min(number for number in sent_early if number > month(2028, 1))) >= date(2029, 4, 1)
    # who has renewed early gets no notice: half of the 70 % who renew in time
    assert sent_early[month(2030, 4)] == pytest.approx(sent[month(2030, 4)] * (1 - 0.35))


SPREAD_FROM_2026 = [{"from": date(2016, 1, 1), "value": 0}, {"from": date(2026, 1, 1), "value": 1}]


def test_notices_spread_over_three_months_are_moved_and_none_is_lost() -> None:
    usual, even = (
        notices(holders_of(born(1970, 1200), **{"renewal.notice_spread_months": spread}), month(2033, 1))
        for spread in (0, SPREAD_FROM_2026)
    )
    assert even[month(2025, 4)] == usual[month(2025, 4)] == pytest.approx(100)
    assert sum(even.values()) == pytest.approx(sum(usual.values()), rel=1e-6)
    alone = holders_of(born(1970, 0), **{"renewal.notice_spread_months": SPREAD_FROM_2026})
    alone.issue_renewed(month(2021, 5), month(2021, 5), {month(2021, 7): born(1970, 60)})  # until July 2031
    sent = notices(alone, month(2033, 1))
    assert [sent[month(2031, number)] for number in (3, 4, 5)] == pytest.approx([20, 20, 20], rel=1e-6)


def test_the_spread_of_notices_begins_and_ends_without_a_bump() -> None:
    # a hundred certificates end in every month from May 2025 to March 2026
    steps = ((date(2016, 1, 1), 0), (date(2025, 4, 1), 1), (date(2025, 8, 1), 0.5), (date(2025, 10, 1), 0))
    on_and_off = [{"from": day, "value": value} for day, value in steps]
    sent = notices(holders_of(born(1970, 1200), **{"renewal.notice_spread_months": on_and_off}), month(2026, 1))
    assert [sent[number] for number in range(month(2025, 2), month(2026, 1))] == pytest.approx([100] * 11)


def test_who_gets_a_notice_a_month_late_acts_in_the_two_months_left() -> None:
    usual, even = (
        holders_of(born(1970, 1200), **{"renewal.notice_spread_months": spread}) for spread in (0, SPREAD_FROM_2026)
    )
    for holders in (usual, even):
        notices(holders, month(2032, 1))
    assert certificates(even) == pytest.approx(certificates(usual), rel=1e-6)
    assert even.renewals.sum() == pytest.approx(usual.renewals.sum(), rel=1e-6)
    day = np.arange(len(usual.renewals))
    late = (even.renewals * day).sum() - (usual.renewals * day).sum()
    assert 0 < late / usual.renewals.sum() < 31 / 3  # a third of holders, each by less than a month


def test_the_longer_window_may_open_years_before_the_next_card() -> None:
    values = {"next_card.start": date(2030, 4, 1), "next_card.early_share": 0.5}
    today = holders_of(born(1970, 1200), **values)
    ahead = holders_of(born(1970, 1200), **values, **{"next_card.window_months_ahead": 24})
    sent, sent_ahead = (notices(holders, month(2033, 1)) for holders in (today, ahead))
    # cards until July 2030 are noticed in April 2030: half of the 70 % in time have acted by then, from July 2029 on
    assert sent[month(2030, 4)] == pytest.approx(100)
    assert sent_ahead[month(2030, 4)] == pytest.approx(100 * (1 - 0.35))
    assert ahead.renewals.sum() == pytest.approx(today.renewals.sum(), rel=1e-6)
    before = (date(2030, 3, 1) - ahead.origin).days
    assert today.renewals[:before].sum() < 0.3 * ahead.renewals[:before].sum()
    assert certificates(ahead) == pytest.approx(certificates(today), rel=1e-6)


def test_certificates_renewed_in_the_longer_window_are_neither_lost_nor_noticed() -> None:
    usual = holders_of(born(1970, 1200))
    opened = {"next_card.start": date(2030, 4, 1), "next_card.window_months_ahead": 60}
    early = holders_of(born(1970, 1200), **opened, **{"next_card.early_certificate_share": 0.5})
    sent, sent_early = (notices(holders, month(2027, 1)) for holders in (usual, early))
    # the window opens in April 2025, when certificates until July 2025 have their notice; of those until March 2026
    # half of the 70 % in time have renewed before theirs
    assert sent_early[month(2025, 4)] == pytest.approx(sent[month(2025, 4)])
    assert sent_early[month(2025, 12)] == pytest.approx(sent[month(2025, 12)] * (1 - 0.35))
    assert certificates(early) == pytest.approx(certificates(usual), rel=1e-6)
    assert early.certificates_late.sum() == pytest.approx(usual.certificates_late.sum(), rel=1e-6)
    before = np.flatnonzero(early.certificates_early)
    assert (before[0], before[-1] + 1) == tuple((date(y, m, 1) - early.origin).days for y, m in ((2025, 4), (2026, 1)))
    assert usual.certificates_early.sum() == 0
    assert early.cohorts.total == pytest.approx(usual.cohorts.total)


def test_a_renewed_card_keeps_the_old_birthday_month_and_adds_ten_years() -> None:
    holders = holders_of(born(1970, 0))
    holders.issue_renewed(month(2030, 6), month(2030, 6), {month(2030, 7): born(1970, 50)})
    for number in range(month(2030, 7), month(2040, 7)):
        opened = holders.open_month(number)
        assert opened.expiring.cards.sum() == 0
    assert holders.open_month(month(2040, 7)).expiring.cards.sum() == pytest.approx(50)


def test_cards_of_a_limited_stay_end_with_the_stay_and_get_no_notice() -> None:
    stays = {"holders.limited_stay_years": 2, "holders.stay_extended_share": 0.25}
    holders = holders_of(born(1990, 0), **stays, **{"holders.limited_stay_growth": 0.06})
    holders.limited.usual = 2400
    opened = holders.open_month(month(2021, 5))
    assert (opened.stays.expiring, opened.stays.extended) == pytest.approx((75, 25))
    assert opened.notices == 0
    assert holders.limited.total == pytest.approx(2325)
    # 75 leave in the month, and 2400 x 0.06 / 12 more than before have a card at its end
    assert opened.stays.begun == pytest.approx(75 + 12)
    holders.limited.usual += opened.stays.begun
    assert holders.limited.total == pytest.approx(2412)


def test_a_new_card_in_place_of_a_valid_one_leaves_as_many_holders_as_before() -> None:
    holders = holders_of(born(1970, 1200))
    issue_again(holders, month(2021, 5), month(2021, 5), persons=100, replacing=100)
    assert holders.cohorts.total == pytest.approx(1200)
    issue_again(holders, month(2021, 5), month(2021, 5), persons=100, replacing=40)
    assert holders.cohorts.total == pytest.approx(1260)


def moved(share: float = 1.0, **values: object) -> Holders:
    """Adults with cards until 2030, of whom every tenth moves in May 2022 and a share has a new signing certificate."""
    weights = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    once = [{"from": date(2016, 1, 1), "value": 0}, {"from": date(2022, 5, 1), "value": 0.1}]
    once.append({"from": date(2022, 6, 1), "value": 0})
    settings = {"holders.move_rate": once, "holders.move_month_weights": weights}
    return holders_of(born(1970, 1200), **settings, **{"holders.signing_reissue_share": share}, **values)


def test_a_signing_certificate_issued_after_a_move_ends_on_its_own_fifth_birthday_with_a_notice() -> None:
    sent, usual = notices(moved(), month(2030, 1)), notices(holders_of(born(1970, 1200)), month(2030, 1))
    more = {number: round(sent[number] - usual.get(number, 0), 9) for number in sent}
    more = {number: count for number, count in more.items() if count}
    # issued in May 2022: birthdays of June to December count from 2022, so the fifth is in 2026; of January to May
    # from 2023. Ten of the hundred born in each month; three months before the end there is a notice. Cards received
    # in March 2021 end in April 2030 to March 2031.
    expected = {month(2026, number) - 3: 10.0 for number in range(6, 13)}
    expected |= {month(2027, number) - 3: 10.0 for number in range(1, 6)}
    assert more == pytest.approx(expected)


def test_a_signing_certificate_issued_again_never_outlives_its_card_and_is_none_below_the_age() -> None:
    assert notices(moved(share=0.0), month(2033, 1)) == pytest.approx(
        notices(holders_of(born(1970, 1200)), month(2033, 1))
    )
    all_, usual = (notices(each, month(2033, 1)) for each in (moved(), holders_of(born(1970, 1200))))
    # renewed in 2026 and 2027 it would run to 2031 and 2032, but ends with the card: no notice of its own any more
    assert sum(all_.values()) - sum(usual.values()) == pytest.approx(120)
    assert sum(certificates(each) for each in [moved()]) == pytest.approx(0)


def test_a_push_multiplies_first_cards_and_those_brought_forward_are_missing_later() -> None:
    values = {
        "demand.first_time_per_year": 365_250,
        "demand.first_time_level": 1,
        "demand.first_time_push": [
            {"from": date(2025, 1, 1), "value": 1},
            {"from": date(2025, 11, 16), "value": 3},
            {"from": date(2025, 12, 1), "value": 1},
        ],
        "demand.push_forward_share": 0.5,
        "demand.push_forward_months": 6,
        "demand.month_weights": [1] * 12,
    }
    plan = plan_of(**values)
    first_time = FirstTime(plan.parameters, plan.at)
    # a thousand a day; fifteen days with two thousand more, of whom half are missing from December on
    assert first_time.expected(month(2025, 10)) == pytest.approx(31_000)
    assert first_time.expected(month(2025, 11)) == pytest.approx(30_000 + 30_000)
    later = [first_time.missing(number) for number in range(month(2025, 12), month(2030, 1))]
    assert later[0] == pytest.approx(15_000 * (1 - np.exp(-1 / 6)))
    assert later[1] / later[0] == pytest.approx(np.exp(-1 / 6))
    assert sum(later) == pytest.approx(15_000, rel=0.001)
    assert first_time.expected(month(2025, 12)) == pytest.approx(31_000 - later[0])


LAUNCH = {
    "next_card.start": date(2028, 4, 1),
    "next_card.delay_months": 3,
    "next_card.waiting_months": 6,
    "next_card.waiting_share": 0.2,
}


def test_who_waits_for_the_next_card_comes_in_the_quarter_of_its_launch() -> None:
    calm = {"demand.first_time_per_year": 365_250, "demand.first_time_push": 1, "demand.month_weights": [1] * 12}
    plan = plan_of(**calm, **LAUNCH)
    first_time = FirstTime(plan.parameters, plan.at)
    # a thousand a day; from January to June 2028 (182 days) a fifth waits, and comes from July to September
    asked = {number: first_time.expected(month(2028, number)) / 1000 for number in (2, 6, 7, 8, 9, 10)}
    waited = 0.2 * 182 / 3
    assert asked == pytest.approx({2: 29 * 0.8, 6: 30 * 0.8, 7: 31 + waited, 8: 31 + waited, 9: 30 + waited, 10: 31})
    assert first_time.expected(month(2027, 12)) == pytest.approx(31_000)


def test_renewals_that_can_be_put_off_wait_for_the_next_card_and_none_is_lost() -> None:
    values = {**LAUNCH, "next_card.start": date(2030, 4, 1), "renewal.card_late_share": 0}
    usual, waiting = (
        holders_of(born(1970, 1200), **{**values, "next_card.waiting_share": share}) for share in (0, 0.4)
    )
    for holders in (usual, waiting):
        notices(holders, month(2032, 1))
    launch = (date(2030, 7, 1) - usual.origin).days
    assert waiting.renewals.sum() == pytest.approx(usual.renewals.sum(), rel=1e-9)
    before, after = usual.renewals[:launch].sum(), waiting.renewals[:launch].sum()
    # cards until June 2030 cannot wait: 50 end in April, 100 each in May and June
    cannot = 250 * 0.9
    assert before - after == pytest.approx(0.4 * (before - cannot), rel=1e-6)
    assert waiting.renewals[launch : launch + 92].sum() > usual.renewals[launch : launch + 92].sum()


def test_a_launch_multiplies_what_is_asked_for_by_exchanging_valid_cards() -> None:
    plan = plan_of(**LAUNCH, **{"next_card.launch_multiplier": 2.5})
    next_cards = NextCards(plan.parameters, plan.at)
    # 100,000 asked, 10,000 of them by those who waited: 2.5 times 90,000 are 225,000
    assert next_cards.exchanges(month(2028, 8), 100_000, 10_000) == pytest.approx(125_000)
    assert next_cards.exchanges(month(2028, 10), 100_000, 10_000) == 0
    assert next_cards.exchanges(month(2028, 6), 100_000, 0) == 0


def test_the_next_card_starts_in_the_month_that_is_drawn_once_for_a_replication() -> None:
    parameters = load("renewal-wave").parameters
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    plans = [Plan(parameters, Streams(1, number), calendar) for number in range(1, 41)]
    starts = [NextCards(parameters, plan.at).start for plan in plans]
    assert starts == [NextCards(parameters, plan.at).start for plan in plans]
    assert month(2028, 4) <= min(starts) < max(starts) <= month(2029, 10)
    assert len(set(starts)) > 8
    late = sum(start > month(2029, 3) for start in starts) / len(starts)
    assert late == pytest.approx(36 / 162, abs=0.2)  # beyond FY2028: (18 - 12)^2 / (18 x 9), and chance of forty


def test_a_history_moved_earlier_loses_no_card() -> None:
    cards = np.array([[300.0], [60.0], [90.0]])
    history = CardHistory(month(2016, 1), ((0, 99),), cards, cards, cards)
    # a third of a month: February loses 20 and gains 30, March goes on; January keeps what would lie before it
    moved_ = history.drawn(0, DAYS_A_MONTH / 3)[:, 0]
    assert moved_ == pytest.approx([300 + 20, 40 + 30, 90])
    assert history.drawn(0, -DAYS_A_MONTH / 3)[:, 0] == pytest.approx([200, 100 + 40, 20 + 60])


def test_first_cards_have_the_ages_of_those_who_do_not_renew() -> None:
    cards = np.array([[10.0, 90.0]] * 6)
    first = np.array([[9.0, 1.0]] * 6)
    history = CardHistory(month(2025, 1), ((0, 19), (20, 99)), cards, cards, cards, first)
    assert history.age_shares() == pytest.approx([0.9, 0.1])


def test_moves_end_signing_certificates_of_those_old_enough_for_one() -> None:
    values = {"holders.move_rate": 0.10, "holders.name_change_rate": 0.02}
    adults = holders_of(born(1970, 1200), **values).open_month(month(2021, 5))
    children = holders_of(born(2010, 1200), **values).open_month(month(2021, 5))
    weights = load("plan-period").parameters.holders.move_month_weights
    assert adults.signing_ended == pytest.approx(1200 * 0.12 * weights[4] / sum(weights))
    assert children.signing_ended == 0
