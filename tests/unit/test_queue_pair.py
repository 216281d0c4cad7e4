"""The compiled queue and the SimPy processes decide every call alike, and both as worked out by hand."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.contact import fast, plain
from sim.contact.calls import (
    ABANDONED,
    ACCEPTS,
    ANSWERED,
    BLOCKED,
    CALLER,
    DEFLECTED,
    NO_LIMIT,
    PROMISED,
    Attempts,
    Calls,
    DayOfCalls,
    Shift,
    State,
)

DAY = 1440.0
EVER = float("inf")
BOTH = pytest.mark.parametrize("run_day", [fast.run_day, plain.run_day], ids=["fast", "plain"])


def rows(*many: dict[str, float]) -> Calls:
    """Callers who need 10 minutes, wait for ever and ring once, unless told otherwise; tagged by position."""
    usual = {"handle": 10.0, "patience": EVER, "pause": 1.0, "again": 0, "urgent": False, "attempt": 0, "offer": 0}
    full = [{**usual, "tag": k, **row} for k, row in enumerate(many)]
    return Calls.of(**{name: np.array([row[name] for row in full]) for name in CALLER.names or ()})


def shift(agents: int = 1, open_from: int = 0, open_to: int = 48, places: int = NO_LIMIT, **at: int) -> Shift:
    """The same agents all day, open between two half-hours; ``h20=0`` changes the agents from half-hour 20 on."""
    posts = np.full(48, agents)
    for name, number in at.items():
        posts[int(name[1:]) :] = number
    half_hours = np.arange(48)
    return Shift(posts, (half_hours >= open_from) & (half_hours < open_to), places)


def decided(attempts: Attempts) -> list[tuple[int, int, int, float]]:
    """Tag, earlier attempts, outcome and wait, in the order of decision."""
    columns = (attempts.tag, attempts.attempt, attempts.outcome, attempts.wait)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def same(left: object, right: object) -> None:
    """Equal to the last bit, column by column."""
    for field in fields(left):
        one, other = getattr(left, field.name), getattr(right, field.name)
        if isinstance(one, Calls | State | Attempts):
            same(one, other)
        elif field.name == "busy_minutes":
            assert one == pytest.approx(other, rel=1e-12, abs=1e-9)
        else:
            np.testing.assert_array_equal(one, other, err_msg=field.name)


# worked out by hand


@BOTH
def test_one_agent_first_come_first_served(run_day):
    day = run_day(State.empty(), rows({"time": 1}, {"time": 2, "patience": 5}, {"time": 3, "patience": 8}), shift())
    assert decided(day.attempts) == [(0, 0, ANSWERED, 0.0), (1, 0, ABANDONED, 5.0), (2, 0, ANSWERED, 8.0)]
    assert day.attempts.end.tolist() == [11.0, 7.0, 21.0]
    assert (day.offered, day.call_backs, day.busy_minutes) == (3, 0, 20.0)


@BOTH
def test_urgent_calls_go_first_but_interrupt_nobody(run_day):
    calls = rows({"time": 1}, {"time": 2}, {"time": 3, "urgent": True}, {"time": 4, "urgent": True})
    day = run_day(State.empty(), calls, shift())
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (2, 0, ANSWERED, 8.0),
        (3, 0, ANSWERED, 17.0),
        (1, 0, ANSWERED, 29.0),
    ]


@BOTH
def test_urgent_callers_are_taken_round_the_clock(run_day):
    day = run_day(State.empty(), rows({"time": 1, "urgent": True}, {"time": 2}), shift(open_to=0))
    assert decided(day.attempts) == [(0, 0, ANSWERED, 0.0), (1, 0, DEFLECTED, 0.0)]


@BOTH
def test_idle_agents_leave_first_then_those_who_finish_next(run_day):
    # three agents at 29, busy to 35, 50 and 70; one post from 30 on: a call starts when fewer than one is in service
    calls = rows(
        {"time": 25, "handle": 10}, {"time": 26, "handle": 24}, {"time": 27, "handle": 43}, {"time": 31, "handle": 5}
    )
    day = run_day(State.empty(), calls, shift(4, h1=1))
    assert decided(day.attempts)[-1] == (3, 0, ANSWERED, 39.0)
    assert day.busy_minutes == 10 + 24 + 43 + 5


@BOTH
def test_agents_still_finishing_count_as_in_post_when_posts_rise(run_day):
    # busy to 65, 70 and 100; no post in 30-60, two from 60: in service 3, 2 after 65, 1 after 70
    calls = rows({"time": 1, "handle": 64}, {"time": 2, "handle": 68}, {"time": 3, "handle": 97}, {"time": 61})
    day = run_day(State.empty(), calls, shift(3, h1=0, h2=2))
    assert decided(day.attempts)[-1] == (3, 0, ANSWERED, 9.0)


@BOTH
def test_callers_wait_where_nobody_is_in_post_and_new_agents_answer_them(run_day):
    day = run_day(State.empty(), rows({"time": 1}, {"time": 2}, {"time": 3}), shift(0, h1=2))
    assert decided(day.attempts) == [(0, 0, ANSWERED, 29.0), (1, 0, ANSWERED, 28.0), (2, 0, ANSWERED, 37.0)]


@BOTH
def test_at_closing_the_line_is_sent_away_and_calls_in_service_are_finished(run_day):
    calls = rows({"time": 25}, {"time": 26}, {"time": 27, "urgent": True, "handle": 1}, {"time": 31})
    day = run_day(State.empty(), calls, shift(open_to=1))
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (1, 0, DEFLECTED, 4.0),
        (3, 0, DEFLECTED, 0.0),
        (2, 0, ANSWERED, 8.0),
    ]


@BOTH
def test_at_one_instant_calls_end_before_agents_change_before_closing_before_patience_before_arrivals(run_day):
    calls = rows(
        {"time": 20, "handle": 10},
        {"time": 21, "handle": 5},
        {"time": 22, "patience": 8},
        {"time": 23, "urgent": True, "patience": 7},
        {"time": 30, "urgent": True},
    )
    day = run_day(State.empty(), calls, shift(1, open_to=1, h1=0))
    # at 30 the agent is free and answers the urgent caller though patience and post end too; then closing; then 4 rings
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (3, 0, ANSWERED, 7.0),
        (1, 0, DEFLECTED, 9.0),
        (2, 0, DEFLECTED, 8.0),
    ]
    assert day.state.waiting.tag.tolist() == [4]


@BOTH
def test_a_call_that_takes_no_time_frees_its_agent_before_the_closing_at_the_same_instant(run_day):
    calls = rows({"time": 25, "handle": 0}, {"time": 26}, {"time": 27})
    day = run_day(State.empty(), calls, shift(0, open_to=1, h1=1))
    assert decided(day.attempts) == [(0, 0, ANSWERED, 5.0), (1, 0, ANSWERED, 4.0), (2, 0, DEFLECTED, 3.0)]


@BOTH
def test_a_caller_is_blocked_when_every_place_is_taken_by_somebody_still_there(run_day):
    calls = rows({"time": 1}, {"time": 2, "patience": 2}, {"time": 3}, {"time": 4}, {"time": 5, "urgent": True})
    day = run_day(State.empty(), calls, shift(places=1))
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (2, 0, BLOCKED, 0.0),
        (1, 0, ABANDONED, 2.0),
        (4, 0, BLOCKED, 0.0),
        (3, 0, ANSWERED, 7.0),
    ]


@BOTH
def test_an_unanswered_caller_rings_again_as_often_as_drawn(run_day):
    calls = rows({"time": 0, "handle": 100}, {"time": 5, "patience": 2, "pause": 20, "again": 2})
    day = run_day(State.empty(), calls, shift())
    assert decided(day.attempts)[1:] == [(1, 0, ABANDONED, 2.0), (1, 1, ABANDONED, 2.0), (1, 2, ABANDONED, 2.0)]
    assert day.attempts.offered.tolist() == [0.0, 5.0, 27.0, 49.0]
    assert (day.offered, day.call_backs) == (4, 2)


@BOTH
@pytest.mark.parametrize(("pause", "rings"), [(10, 490), (60, 540), (200, 540), (500, 501)])
def test_a_call_back_into_closed_time_moves_to_soon_after_the_opening(run_day, pause, rings):
    day = run_day(State.empty(), rows({"time": 1, "pause": pause, "again": 1}), shift(open_from=16))
    assert day.attempts.offered.tolist() == [1.0, rings]


@BOTH
def test_a_call_back_after_the_last_opening_waits_for_the_next_day_that_opens(run_day):
    calls, hours, shut = (
        rows({"time": 1300, "pause": 15, "again": 1}),
        shift(open_from=16, open_to=40),
        shift(open_to=0),
    )
    first = run_day(State.empty(), calls, hours)
    assert decided(first.attempts) == [(0, 0, DEFLECTED, 0.0)] and first.state.coming.attempt.tolist() == [1]
    closed = run_day(first.state, Calls.none(), shut)
    assert closed.offered == 0 and len(closed.state.coming) == 1
    second = run_day(closed.state, Calls.none(), hours)
    assert second.attempts.offered.tolist() == [495.0] and (second.offered, second.call_backs) == (1, 1)
    round_the_clock = run_day(closed.state, Calls.none(), shift())
    assert round_the_clock.attempts.offered.tolist() == [15.0]


@BOTH
def test_urgent_callers_ring_again_at_any_hour_and_days_later(run_day):
    calls = rows({"time": 1439, "urgent": True, "patience": 0, "pause": 1500, "again": 1})
    first = run_day(State.empty(), calls, shift(0, open_to=0))
    assert first.state.coming.time.tolist() == [1499.0]
    second = run_day(first.state, Calls.none(), shift(0, open_to=0))
    third = run_day(second.state, Calls.none(), shift(1, open_to=0))
    assert second.offered == 0 and third.attempts.offered.tolist() == [59.0]


@BOTH
def test_a_day_hands_calls_in_service_and_the_line_to_the_next(run_day):
    calls = rows(
        {"time": 1430, "handle": 30}, {"time": 1431, "handle": 15}, {"time": 1432}, {"time": 1433, "patience": 20}
    )
    first = run_day(State.empty(), calls, shift(2))
    assert first.state.agents.tolist() == [6.0, 20.0] and first.state.waiting.time.tolist() == [-8.0, -7.0]
    assert first.busy_minutes == 10 + 9
    second = run_day(first.state, Calls.none(), shift(1))
    # one post: the agent who finishes next leaves at 6, the other answers at 20; the last has left at 13
    assert decided(second.attempts) == [(3, 0, ABANDONED, 20.0), (2, 0, ANSWERED, 28.0)]
    assert (second.offered, second.busy_minutes) == (0, 6 + 20 + 10)


@BOTH
def test_a_call_that_ends_at_midnight_sharp_frees_its_agent_before_the_agents_change(run_day):
    first = run_day(State.empty(), rows({"time": 1430}, {"time": 1431}), shift())
    second = run_day(first.state, Calls.none(), shift(0, open_to=0))
    assert decided(second.attempts) == [(1, 0, ANSWERED, 9.0)]


@BOTH
def test_patience_that_ends_at_midnight_but_for_rounding_ends_at_the_start_of_the_new_day(run_day):
    calls = rows({"time": 1410, "patience": float(np.nextafter(30.0, 0.0)), "pause": 0, "again": 1})
    first = run_day(State.empty(), calls, shift(0))
    second = run_day(first.state, Calls.none(), shift(1))
    assert decided(second.attempts) == [(0, 0, ANSWERED, 30.0)]
    nobody = run_day(first.state, Calls.none(), shift(0))
    assert decided(nobody.attempts)[0] == (0, 0, ABANDONED, 30.0) and nobody.attempts.end[0] == 0.0


@BOTH
@pytest.mark.parametrize(
    ("state", "calls", "hours", "said"),
    [
        (State.empty(), rows({"time": 1440}), shift(), "ascend"),
        (State.empty(), rows({"time": -1}), shift(), "ascend"),
        (State.empty(), rows({"time": 2}, {"time": 1}), shift(), "ascend"),
        (State.empty(), rows({"time": float("nan")}), shift(), "ascend"),
        (State.empty(), rows({"time": 1, "pause": float("nan")}), shift(), "pause must be 0 or more, not nan"),
        (State.empty(), rows({"time": 1, "handle": -1}), shift(), "handle must be 0 or more, not -1"),
        (State.empty(), Calls.none(), Shift(np.ones(24, int), np.ones(24, bool), 1), "48 half-hours, not 24 and 24"),
        (State.empty(), Calls.none(), shift(-1), "0 or more, not -1"),
        (State.empty(), Calls.none(), shift(places=-1), "0 or more"),
        (State.empty(), Calls.none(), replace(shift(), offer_above=-1.0), "offer_above must be 0 or more, not -1"),
        (State.empty(), rows({"time": 1, "offer": 3}), shift(), "offer must be 0 to 2"),
        (State(np.zeros(0), np.zeros(0), Calls.none(), rows({"time": -1})), Calls.none(), shift(), "coming: times"),
    ],
)
def test_what_no_centre_can_work_with_is_refused(run_day, state, calls, hours, said):
    with pytest.raises(ValueError, match=said):
        run_day(state, calls, hours)


def test_columns_of_several_lengths_are_no_calls():
    with pytest.raises(ValueError, match="one length"):
        Calls.of(*(np.zeros(k) for k in range(8)))


# the offer of a call back, by hand


def offering(hours: Shift, above: float = 2.0) -> Shift:
    return replace(hours, offer_above=above)


YES = {"offer": ACCEPTS}


@BOTH
def test_who_accepts_a_call_back_is_rung_when_nobody_is_in_line(run_day):
    # one agent, offers from the third in line on: 3 and 4 accept and go behind 5, who declines, and behind 6, who rings
    # when the line is short again
    calls = rows(
        {"time": 1},
        {"time": 2, **YES},
        {"time": 3, **YES},
        {"time": 4, **YES},
        {"time": 5, **YES},
        {"time": 6},
        {"time": 35, **YES},
    )
    day = run_day(State.empty(), calls, offering(shift()))
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (1, 0, ANSWERED, 9.0),
        (2, 0, ANSWERED, 18.0),
        (5, 0, ANSWERED, 25.0),
        (6, 0, ANSWERED, 6.0),
        (3, 0, ANSWERED, 47.0),
        (4, 0, ANSWERED, 56.0),
    ]
    assert day.attempts.promised.tolist() == [False] * 5 + [True] * 2
    assert (day.offered, day.call_backs, day.busy_minutes) == (7, 0, 70.0)


@BOTH
def test_a_promised_caller_has_all_patience_and_takes_no_waiting_place(run_day):
    calls = rows({"time": 1, "handle": 60}, {"time": 2, "patience": 5, **YES}, {"time": 3, "patience": 9}, {"time": 4})
    day = run_day(State.empty(), calls, offering(shift(places=1), above=0.5))
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (3, 0, BLOCKED, 0.0),
        (2, 0, ABANDONED, 9.0),
        (1, 0, ANSWERED, 59.0),
    ]


@BOTH
def test_nobody_is_offered_a_call_back_where_all_places_are_taken_the_call_is_urgent_or_the_line_short(run_day):
    calls = rows({"time": 1}, {"time": 2, **YES}, {"time": 3, "urgent": True, **YES}, {"time": 4, **YES})
    day = run_day(State.empty(), calls, offering(shift(places=2), above=1.0))
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (3, 0, BLOCKED, 0.0),
        (2, 0, ANSWERED, 8.0),
        (1, 0, ANSWERED, 19.0),
    ]
    assert not day.attempts.promised.any()


@BOTH
def test_promises_not_kept_by_closing_are_broken_and_may_be_followed_by_a_new_attempt(run_day):
    calls = rows({"time": 1, "handle": 40}, {"time": 2, "pause": 580, "again": 1, **YES}, {"time": 3})
    hours = replace(shift(open_to=1), open=np.arange(48) % 20 == 0, offer_above=0.0)
    day = run_day(State.empty(), calls, hours)
    assert decided(day.attempts) == [
        (0, 0, ANSWERED, 0.0),
        (2, 0, DEFLECTED, 27.0),
        (1, 0, DEFLECTED, 28.0),
        (1, 1, ANSWERED, 0.0),
    ]
    assert day.attempts.promised.tolist() == [False, False, True, False]


@BOTH
def test_a_promise_is_carried_past_midnight_where_the_centre_stays_open(run_day):
    calls = rows({"time": 1430, "handle": 30}, {"time": 1431, **YES}, {"time": 1432})
    first = run_day(State.empty(), calls, offering(shift(), above=0.0))
    assert first.state.waiting.offer.tolist() == [PROMISED, 0]
    second = run_day(first.state, Calls.none(), shift())
    assert decided(second.attempts) == [(2, 0, ANSWERED, 28.0), (1, 0, ANSWERED, 39.0)]
    assert second.attempts.promised.tolist() == [False, True]


@BOTH
def test_agents_who_come_at_the_half_hour_keep_promises(run_day):
    day = run_day(State.empty(), rows({"time": 1, **YES}, {"time": 2, **YES}), offering(shift(0, h1=1)))
    assert decided(day.attempts) == [(0, 0, ANSWERED, 29.0), (1, 0, ANSWERED, 38.0)]
    assert day.attempts.promised.all()


def test_rows_can_be_joined_and_taken():
    two = rows({"time": 1}, {"time": 2})
    assert Calls.join(two, Calls.none(), two).time.tolist() == [1, 2, 1, 2]
    assert len(Calls.join()) == 0 and two.take(np.array([1])).tag.tolist() == [1]


# both, on whatever comes

GRID = st.integers(0, 2879).map(lambda k: k / 2)  # half minutes: many things at one instant
EDGES = [0.0, 1e-300, 1e-9, 1.0, 29.5, np.nextafter(30, 0), 30.0, np.nextafter(30, 99), 60.0, np.nextafter(990, 0)]
EDGES += [990.0, 1410.0, 1439.9999999, float(np.nextafter(1440, 0))]
TIMES = GRID | st.sampled_from(EDGES) | st.floats(0, 1440, exclude_max=True)


def minutes(most: int) -> st.SearchStrategy[float]:
    edges = st.sampled_from([edge for edge in EDGES if edge <= most])
    return st.integers(0, 2 * most).map(lambda k: k / 2) | edges | st.floats(0, most)


CALLERS = st.lists(
    st.tuples(
        TIMES,
        minutes(200),
        minutes(60) | st.just(EVER),
        minutes(100) | minutes(3000),
        st.integers(0, 3),
        st.booleans(),
        st.integers(0, 1),
    ),
    max_size=40,
)
BLOCKS = st.lists(st.tuples(st.integers(1, 16), st.integers(0, 4), st.booleans()), min_size=1, max_size=12)


@st.composite
def shifts(draw) -> Shift:
    blocks = draw(BLOCKS)
    agents = np.concatenate([np.full(length, number) for length, number, _ in blocks] * 48)[:48]
    is_open = np.concatenate([np.full(length, flag) for length, _, flag in blocks] * 48)[:48]
    places = draw(st.sampled_from([0, 1, 3, NO_LIMIT]))
    offer_above = draw(st.sampled_from([0.0, 0.5, 1.0, 2.0, EVER]))
    return Shift(agents, np.zeros(48, bool) if draw(st.integers(0, 5)) == 0 else is_open, places, offer_above)


@st.composite
def days(draw) -> tuple[Calls, Shift]:
    callers = sorted(draw(CALLERS))
    names = ("time", "handle", "patience", "pause", "again", "urgent", "offer")
    return rows(*(dict(zip(names, caller, strict=True)) for caller in callers)), draw(shifts())


def crowded(rng: np.random.Generator, count: int) -> Calls:
    """A busy day of random callers, denser than hypothesis draws them."""
    return Calls.of(
        time=np.sort(rng.uniform(0, DAY, count)),
        handle=rng.exponential(20, count),
        patience=rng.exponential(8, count),
        pause=rng.exponential(40, count),
        again=rng.integers(0, 4, count),
        urgent=rng.random(count) < 0.1,
        tag=np.arange(count),
        attempt=np.zeros(count, dtype=np.int64),
        offer=rng.integers(0, 2, count),
    )


def balance(before: State, day: DayOfCalls) -> None:
    """Nobody is lost: whoever rang or waited is decided or waits."""
    assert len(before.waiting) + day.offered == len(day.attempts) + len(day.state.waiting)
    assert (np.diff(day.attempts.offered + day.attempts.wait) >= -1e-9).all()
    left = day.attempts.outcome != ANSWERED
    np.testing.assert_allclose(day.attempts.end[left], (day.attempts.offered + day.attempts.wait)[left], atol=1e-9)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(days(), min_size=1, max_size=4))
def test_both_decide_every_call_alike_day_after_day(week):
    state = State.empty()
    for calls, hours in week:
        one, other = fast.run_day(state, calls, hours), plain.run_day(state, calls, hours)
        same(one, other)
        balance(state, one)
        state = one.state


@pytest.mark.parametrize("seed", range(4))
def test_both_decide_alike_where_it_is_crowded(seed):
    rng, state = np.random.default_rng(seed), State.empty()
    for day in range(5):
        agents = np.repeat(rng.integers(0, 40, 16), 3)
        is_open = np.repeat(rng.random(16) < 0.8, 3) & (day != 2)
        hours = Shift(agents, is_open, int(rng.choice([0, 5, NO_LIMIT])), float(rng.choice([0.2, 1.0, EVER])))
        calls = crowded(rng, 1500)
        one, other = fast.run_day(state, calls, hours), plain.run_day(state, calls, hours)
        same(one, other)
        balance(state, one)
        state = one.state
        assert set(one.attempts.outcome) >= ({ANSWERED, DEFLECTED} if day != 2 else {DEFLECTED})


def test_the_queue_without_events_decides_as_the_other_two():
    calls = crowded(np.random.default_rng(7), 2000)
    calls = calls.take(~calls.urgent & (calls.time < 1200))  # all are decided by midnight
    once = calls.with_(again=0 * calls.again)
    free, pieces = fast.idle(20), (slice(0, 700), slice(700, None))
    waits = np.concatenate([fast.serve(free, 20, once.time[p], once.handle[p], once.patience[p]) for p in pieces])
    attempts = plain.run_day(State.empty(), once, shift(20)).attempts
    answered = attempts.outcome == ANSWERED
    expected = np.full(2000, EVER)
    expected[attempts.tag[answered]] = attempts.wait[answered]
    np.testing.assert_array_equal(waits, expected[once.tag])
    assert 0 < (waits == EVER).sum() < len(waits)
