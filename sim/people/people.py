"""The people of one replication: each month holders turn, then the month's days are drawn and posted."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sim.calendar import Calendar, Flags
from sim.compiled import compiled
from sim.dispatched import Dispatched
from sim.draws import correlated
from sim.journal import Journal
from sim.people.applicants import Applicants
from sim.people.card_classes import ALONE, OF_HOLDERS
from sim.people.demand import Applications, Demand
from sim.people.history import CardHistory
from sim.people.holders import Holders, MonthOfHolders
from sim.people.outlook import walk
from sim.people.waiting import Waiting
from sim.plan import Plan
from sim.quantiles import binomials, poissons
from sim.streams import Floats, Ints, Streams
from sim.timing import DAYS_A_YEAR


class People:
    """Holders and their applications.

    Cards that the plant dispatches come back through ``issued`` and join the stock in their month of dispatch.
    """

    def __init__(
        self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal, history: CardHistory
    ) -> None:
        self._plan = plan
        self._calendar = calendar
        self._month: list[int] = calendar.month.tolist()
        self._journal = journal
        self._demand = Demand(plan, streams, calendar)
        self._holders = Holders(plan, history, calendar.dates[calendar.days - 1])
        start_month = int(calendar.month[0])
        for _ in walk(self._holders, plan, history, start_month, self._demand.first_time):
            pass
        self._offset = (calendar.first - self._holders.origin).days
        self._waiting = Waiting(self._demand.first_time, self._holders.diary, self._offset)
        self._exchange_uniforms = streams.daily_uniforms("demand/renewal/exchanged", calendar)
        self._expected = {name: self._demand.expected(name) for name in ALONE}
        self._others = self._expected["first_time"].copy()
        self._expected |= {name: np.zeros(calendar.days) for name in OF_HOLDERS}
        self._residence = plan.daily("demand.residence_card_share")
        self._readings = plan.daily("demand.readings_share") / DAYS_A_YEAR
        self._readings_reissued = plan.daily("demand.readings_reissue_share")
        self._applicants = Applicants(plan, history, self._holders)
        self._carry: defaultdict[str, float] = defaultdict(float)
        self._counter_noise = _counter_noise(plan, streams, calendar)
        self._posting = _posting_days(plan.parameters.renewal.notices_posted, calendar)
        self._load = plan.daily("demand.load")
        self._municipal_days = plan.daily("demand.newborn_municipal_days")
        self._reissue_push = plan.daily("demand.reissue_push")
        self._counter_uniforms = {
            name: streams.daily_uniforms(f"certificates/{name}", calendar) for name in ("early", "in_time", "late")
        }

    def open_month(self, month: int, days: slice) -> Applications:
        """Turn the holders, draw the month's applications, and post what is known of its days."""
        opened = self._holders.open_month(month)
        length = days.stop - days.start
        without_card = opened.stays.extended_without_card * self._residence[days] / length
        # whatever the plant does, as many will hold a card
        self._holders.limited.usual += opened.stays.begun
        self._holders.limited.on_top += float(without_card.sum())
        self._expected["first_time"][days] = self._others[days] + opened.stays.begun / length
        reissued = opened.lost * self._plan.at("demand.loss_reissue_share", self._calendar.dates[days.start])
        self._expected["loss"][days] = reissued / length * self._reissue_push[days]
        self._expected["residence"][days] = opened.stays.extended / length * self._residence[days] + without_card
        self._expected["readings"][days] = opened.held * self._readings[days] * self._readings_reissued[days]
        renewed = self._planned(self._holders.renewals, days)
        self._expected["renewal"][days] = renewed
        asked = sum(float(series[days].sum()) for series in self._expected.values())
        exchanged = self._holders.next_cards.exchanges(month, asked, self._demand.back(month))
        self._expected["renewal"][days] = renewed + exchanged / length
        applications = self._demand.draw(days, self._expected)
        first, again = (float(self._expected[name][days].sum()) for name in ("first_time", "renewal"))
        limited_share = opened.stays.begun / first if first > 0 else 0.0
        exchanged_share = exchanged / again if again > 0 else 0.0
        self._applicants.remember(month, applications, limited_share, exchanged_share)
        self._post_applications(days, applications)
        self._post_next_card(days, applications.by_source["renewal"], exchanged_share)
        self._post_holders(days, opened)
        return applications

    def _planned(self, series: Floats, days: slice) -> Floats:
        return series[self._offset + days.start : self._offset + days.stop]

    def issued(self, day: int, dispatched: list[Dispatched]) -> None:
        """Cards were dispatched on ``day``: their validity runs from here (RULE-013)."""
        residence, month = 0.0, self._month[day]
        for sent in dispatched:
            if not sent.opening:
                residence += self._applicants.issued(self._month[sent.receipt_day], month, sent)
        if residence:
            self._journal.post(
                "dispatched_residence", day, int(self._whole("dispatched_residence", np.array([residence]))[0])
            )

    def close_month(self, month: int) -> None:
        """Cards dispatched in the month join the stock; deaths, departures and losses leave it."""
        self._applicants.join()
        self._holders.close_month(month)

    # what is posted -------------------------------------------------------------------------------------------------

    def _post_applications(self, days: slice, applications: Applications) -> None:
        post = self._journal.post_days
        post("applications", days, applications.total)
        post("applications_express", days, applications.express_total)
        post("newborn_with_notice", days, applications.with_notice)
        before = applications.with_notice * self._municipal_days[days]
        post("newborn_municipal_days", days, self._whole("newborn_municipal_days", before))
        for name, counts in (*applications.by_source.items(), *applications.by_channel.items()):
            post(f"applications_{name}", days, counts)

    def _post_next_card(self, days: slice, renewals: Ints, exchanged_share: float) -> None:
        shares = np.full(len(renewals), exchanged_share)
        exchanged = binomials(self._exchange_uniforms[days], renewals, shares)
        self._journal.post_days("cards_exchanged", days, exchanged)
        self._waiting.post(self._journal, days)

    def _post_holders(self, days: slice, opened: MonthOfHolders) -> None:
        length = days.stop - days.start
        even = np.full(length, 1 / length)
        working = (self._calendar.weekday[days] < 5) & ~self._calendar.holiday[days]
        on_working_days = working / max(working.sum(), 1)
        monthly = {
            "cards_expiring": opened.cards_expiring * even,
            "certificates_expiring": opened.certificates_expiring * even,
            "signing_ended": opened.signing_ended * even,
            "stays_extended": opened.stays.extended * on_working_days * (1 - self._residence[days]),
            "readings_wanted": opened.held * self._readings[days] * length * on_working_days,
        }
        for name, series in monthly.items():
            self._journal.post_days(name, days, self._whole(name, series))
        self._post_notices(days, opened)
        early = self._setting_out("early", self._holders.certificates_early, days)
        self._journal.post_days("certificates_wanted_early", days, early)
        in_time = early + self._setting_out("in_time", self._holders.certificates_in_time, days)
        self._journal.post_days("certificates_wanted_in_time", days, in_time)
        late = self._setting_out("late", self._holders.certificates_late, days)
        self._journal.post_days("certificates_wanted", days, in_time + late)
        self._journal.post_days("cards_held", days, np.full(length, round(opened.held)))

    def _post_notices(self, days: slice, opened: MonthOfHolders) -> None:
        """Those that fall due, and of these those a month early or late."""
        posting = self._posting[days]

        def of_days(name: str, persons: float) -> Ints:
            return self._whole(name, persons * posting / max(posting.sum(), 1))

        due = of_days("notices_due", opened.notices)
        early = np.minimum(of_days("notices_due_early", opened.notices_early), due)
        late = np.minimum(of_days("notices_due_late", opened.notices_late), due - early)
        for name, counts in (("notices_due", due), ("notices_due_early", early), ("notices_due_late", late)):
            self._journal.post_days(name, days, counts)

    def _setting_out(self, name: str, expected: Floats, days: slice) -> Ints:
        mean = self._planned(expected, days) * self._counter_noise[days] * self._load[days]
        return poissons(self._counter_uniforms[name][days], mean)

    def _whole(self, name: str, series: Floats) -> Ints:
        """Whole numbers whose running total stays within one of the series'."""
        whole, self._carry[name] = _whole_numbers(series, self._carry[name])
        return whole


@compiled
def _whole_numbers(series: Floats, carry: float) -> tuple[Ints, float]:
    """Whole numbers out of a series and what was left over before it, and what is left over after it."""
    found, total, so_far = np.empty(len(series), np.int64), 0.0, 0.0
    for day in range(len(series)):
        total += series[day]
        whole = np.floor(total + carry + 1e-9)
        found[day] = int(whole - so_far)
        so_far = whole
    return found, total + carry - so_far


def _posting_days(rhythm: str, calendar: Calendar) -> Flags:
    """Days on which notices are posted: working days, or the first of each week or month among them."""
    working: Flags = (calendar.weekday < 5) & ~calendar.holiday
    if rhythm == "daily":
        return working
    week = np.array([day.toordinal() - day.weekday() for day in calendar.dates])
    spans = calendar.month if rhythm == "monthly" else week * 10_000 + calendar.month
    first = np.zeros(calendar.days, dtype=np.bool_)
    worked = np.flatnonzero(working)
    first[worked[np.unique(spans[worked], return_index=True)[1]]] = True
    return first


def _counter_noise(plan: Plan, streams: Streams, calendar: Calendar) -> Floats:
    """Weekday pattern of the counters (mean 1) times the noise of visits."""
    counters = plan.parameters.counters
    pattern = calendar.weights(counters.weekdays, counters.weekdays[6], 0.0, counters.closures)
    size, correlation = plan.value("demand.noise"), plan.value("demand.noise_correlation")
    normals = streams.daily_normals("certificates/noise", calendar)
    return np.asarray(pattern * np.exp(size * correlated(normals, correlation) - size**2 / 2))
