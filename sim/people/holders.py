"""Holders: the month turns, cards and certificates come due, notices go out, and renewals are scheduled by day.

Renewals are planned when the notice goes out (three months before expiry): a share in time, a share late, the rest
lapse. With the next card the window is longer, and a share of those renewing in time no longer waits for the notice.
Notices may be spread over the months beside theirs: who gets one a month early acts when the window opens, as before;
who gets one a month late has a month less to act in time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.calendar import Flags, first_day
from sim.people.cohorts import BIRTH_YEARS, BORN, CertificateResponse, Cohorts, Expiries, Terms
from sim.people.diary import NOTICE_MONTHS, Diary
from sim.people.history import CardHistory
from sim.people.limited_stay import LimitedStay, Stays
from sim.people.next_card import NextCards
from sim.people.signing import SigningCertificates
from sim.plan import Plan
from sim.streams import Floats, Ints


@dataclass(frozen=True)
class MonthOfHolders:
    """Expected persons in one month."""

    expiring: Expiries
    signing_expiring: float
    notices: float
    notices_early: float
    """Of these, a month earlier than usual."""
    notices_late: float
    """A month later."""
    stays: Stays
    """Of residents of limited stay; first cards count once the card history has ended."""
    signing_ended: float
    lost: float
    held: float

    @property
    def cards_expiring(self) -> float:
        """Cards that expire, those of a limited stay among them."""
        return float(self.expiring.cards.sum()) + self.stays.expiring

    @property
    def certificates_expiring(self) -> float:
        """Holders one of whose certificates expires while the card stays valid."""
        return float(self.expiring.certificates.sum()) + self.signing_expiring


class Holders:
    """The stock of cards and the renewals it will ask for.

    ``renewals``, ``certificates_early`` (before their notice), ``certificates_in_time`` (on it) and
    ``certificates_late`` hold the expected persons who set out to renew, by day since ``origin``; ``mix`` the card
    renewals by month of application and of expiry, and birth year.
    """

    def __init__(self, plan: Plan, history: CardHistory, last_day: date) -> None:
        self._plan = plan
        self._rules = plan.parameters.rules
        self._next = plan.parameters.next_card
        self.next_cards = NextCards(plan.parameters, plan.at)
        weights = np.array(plan.parameters.holders.move_month_weights)
        self._moves_in_month = weights / float(weights.sum())
        self.cohorts = Cohorts()
        self._signing = SigningCertificates()
        self.limited = LimitedStay(plan.at)
        self.diary = diary = Diary(plan, self.next_cards, first_day(history.first_month), last_day)
        self.origin, self.renewals, self.mix = diary.origin, diary.renewals, diary.mix
        self.certificates_early, self.certificates_in_time = diary.early, diary.in_time
        self.certificates_late = diary.late
        self._joining: defaultdict[int, list[tuple[Floats, Ints, int]]] = defaultdict(list)
        self._early: dict[int, Floats] = {}
        self._early_certificates: dict[int, float] = {}

    # the month opens ------------------------------------------------------------------------------------------------

    def open_month(self, month: int) -> MonthOfHolders:
        """Let birthdays pass, send notices, and schedule the renewals of those who come due."""
        response = self._certificate_response(month)
        expiring, signing = self.cohorts.turn(month, response), self._signing.turn(month, response)
        if response.switch:
            self.replace(self._adults(month) * signing * response.switch)
        for persons, left, certificate in self._joining.pop(month, []):
            self.cohorts.add_renewed(month % 12, persons, left, certificate)
        self._open_longer_window(month)
        notices = self._open_notices(month)
        today = first_day(month)
        stays = self.limited.turn(today, float(self.surviving(month).max()))
        held = self.cohorts.total + self.limited.total
        ended = self._move(month)
        lost = held * self._at("holders.loss_rate", today) / 12
        return MonthOfHolders(expiring, signing, *notices, stays, ended, lost, held)

    def _move(self, month: int) -> float:
        """End signing certificates by moves and changes of name, and issue some of them again; those ended."""
        today = first_day(month)
        moving = self._at("holders.move_rate", today) + self._at("holders.name_change_rate", today)
        share = moving * self._moves_in_month[month % 12]
        of_age = np.count_nonzero(self._of_signing_age(month))  # the oldest come first
        adults = self.cohorts.stock[:of_age].sum(axis=0)
        self._signing.thin(1 - share)
        again = share * self._at("holders.signing_reissue_share", today)
        self._signing.issue(adults * again, self._rules.certificate_birthdays)
        return float(adults.sum() * share)

    def _of_signing_age(self, month: int) -> Flags:
        return np.asarray(month // 12 - BORN >= self._rules.signing_from_age)

    def _adults(self, month: int) -> Floats:
        """Shares of the birth years in holders old enough for a signing certificate."""
        owners = np.where(self._of_signing_age(month), self.cohorts.by_birth_year(), 0.0)
        return owners / max(float(owners.sum()), 1e-12)

    def _due(self, expiry: int, month: int) -> Expiries:
        """Who expires in the month ``expiry``; signing certificates with a day of their own among the certificates."""
        due = self.cohorts.due(expiry)
        return Expiries(due.cards, due.certificates + self._adults(month) * self._signing.due(expiry))

    def _at(self, path: str, day: date) -> float:
        return self._plan.at(path, day)

    def _certificate_response(self, month: int) -> CertificateResponse:
        today = first_day(month)
        lapse = self._at("renewal.certificate_lapse_share", today)
        late = self._at("renewal.certificate_late_share", today)
        birthdays = self._rules.certificate_birthdays
        return CertificateResponse(
            in_time=1 - lapse - late,
            late=late,
            switch=self._switch_share(month),
            birthdays_in_time=birthdays - (not self._rules.early_certificate_keeps_expiry),
            birthdays_late=birthdays,
        )

    def _switch_share(self, expiry: int) -> float:
        """Share of certificates expiring in a month whose holders take a next card instead."""
        on = self.next_cards.on(expiry - NOTICE_MONTHS)
        return self._at("next_card.switch_share", first_day(expiry)) if on else 0.0

    def _in_time_share(self, expiry: int) -> float:
        day = first_day(expiry)
        return 1 - self._at("renewal.card_lapse_share", day) - self._at("renewal.card_late_share", day)

    def _open_notices(self, month: int) -> tuple[float, float, float]:
        """Send the notices of a month: all, and of these those a month earlier and a month later than usual."""
        sent = {expiry: self._notify(month, expiry, share) for expiry, share in self._noticed_in(month)}
        early, late = (sent.get(month + NOTICE_MONTHS + moved, 0.0) for moved in (1, -1))
        return sum(sent.values()), early, late

    def _noticed_in(self, month: int) -> Iterator[tuple[int, float]]:
        """Months of expiry, and the share of their notices that goes out in ``month``.

        A share of the next month's comes forward, and the same share of the month's own is left for the next: the
        notices of a month add up to all of them on the day the spread begins or ends, too.
        """
        forward, left = self._beside(month), self._beside(month - 1)
        due = month + NOTICE_MONTHS
        for expiry, share in ((due - 1, left), (due, 1 - forward - left), (due + 1, forward)):
            if share > 0:
                yield expiry, share

    def _beside(self, month: int) -> float:
        """Share of notices moved over the end of a month, each way: even over ``1 + 2 s`` months, ``s`` to a side."""
        spread = self._at("renewal.notice_spread_months", first_day(month))
        return spread / (1 + 2 * spread)

    def _notify(self, month: int, expiry: int, share: float) -> float:
        """Send a share of the notices of an expiry month, and plan what their holders do; notices sent."""
        due = self._due(expiry, month)
        early = self._early.get(expiry, np.zeros(BIRTH_YEARS))
        early_certificates = self._early_certificates.get(expiry, 0.0)
        in_time = np.maximum(due.cards * self._in_time_share(expiry) - early, 0)
        late = due.cards * self._at("renewal.card_late_share", first_day(month))
        switching = due.certificates * self._switch_share(expiry)
        staying = float((due.certificates - switching).sum())
        diary = self.diary
        on_notice, after = diary.days_in_time(expiry, month), diary.days_late(expiry)
        diary.plan_in_time(expiry, on_notice, (in_time + switching) * share)
        diary.plan_cards(expiry, after, late * share)
        response = self._certificate_response(expiry)
        waited = max(staying * response.in_time - early_certificates, 0.0)
        diary.spread(diary.in_time, on_notice, waited * share)
        diary.spread(diary.late, after, staying * response.late * share)
        return (float((due.cards - early).sum() + due.certificates.sum()) - early_certificates) * share

    def _open_longer_window(self, month: int) -> None:
        """Those who will not wait for the notice, once renewal is allowed up to a year before expiry."""
        if not self.next_cards.longer_window_on(month):
            return
        longest = self._next.renewal_window_months
        just_started = not self.next_cards.longer_window_on(month - 1)
        for expiry in range(month + NOTICE_MONTHS + 1 if just_started else month + longest, month + longest + 1):
            if expiry <= month + NOTICE_MONTHS:
                continue
            share = self._in_time_share(expiry) * self._at("next_card.early_share", first_day(month))
            due = self._due(expiry, month)
            persons = due.cards * share
            self._early[expiry] = persons
            days = self.diary.days_until_notice(expiry, month)
            self.diary.plan_in_time(expiry, days, persons)
            self._early_certificates[expiry] = float(due.certificates.sum()) * self._early_certificate_share(expiry)
            self.diary.spread(self.diary.early, days, self._early_certificates[expiry])

    def _early_certificate_share(self, expiry: int) -> float:
        """Share of certificates expiring in a month that are renewed without waiting for the notice."""
        early = self._at("next_card.early_certificate_share", first_day(expiry))
        return early * (1 - self._switch_share(expiry)) * self._certificate_response(expiry).in_time

    # cards come in --------------------------------------------------------------------------------------------------

    def terms(self, receipt_month: int, issue_month: int) -> Terms:
        """What a card received and issued in these months lasts."""
        rules = self._rules
        certificate = self._next if self.next_cards.on(issue_month) else rules
        return Terms(
            adult_age=int(self._at("rules.adult_age", first_day(receipt_month))),
            adult=rules.card_birthdays_adult,
            minor=rules.card_birthdays_minor,
            certificate=certificate.certificate_birthdays,
        )

    def issue_first(self, receipt_month: int, issue_month: int, persons: Floats) -> None:
        """Cards issued for the first time, or after a loss or move, by birth year."""
        self.cohorts.add_first_issue(issue_month, persons, self.terms(receipt_month, issue_month))

    def replace(self, persons: Floats) -> None:
        """Valid cards of ``persons`` by birth year leave the stock: others take their place."""
        owners = self.cohorts.by_birth_year()
        left = np.divide(persons, owners, out=np.zeros_like(owners), where=owners > 0)
        self.cohorts.thin(1 - np.minimum(left, 1.0))

    def issue_renewed(
        self, receipt_month: int, issue_month: int, planned: Mapping[int, Floats], share: float = 1.0
    ) -> None:
        """Renewed cards of a share of those ``planned``, by the month in which the old card expires and birth year."""
        terms = self.terms(receipt_month, issue_month)
        this_year = terms.of_age(issue_month // 12 - BORN)
        last_year = terms.of_age(issue_month // 12 - BORN - 1)
        early = not self._rules.early_card_keeps_expiry
        for expiry, persons in planned.items():
            left = last_year if expiry % 12 > issue_month % 12 else this_year
            if expiry > issue_month:
                self._joining[expiry].append((persons * share, left - early, terms.certificate - early))
            else:
                self.cohorts.add_renewed(expiry % 12, persons * share, left, terms.certificate)

    # the month closes -----------------------------------------------------------------------------------------------

    def close_month(self, month: int) -> None:
        """Deaths, departures and losses of the month."""
        surviving = self.surviving(month)
        adults = self._adults(month)
        self.cohorts.thin(surviving)
        self._signing.thin(float((surviving * adults).sum()) if adults.any() else 1.0)
        self.limited.thin(float(surviving.max()))
        self.mix.pop(month - 14, None)

    def surviving(self, month: int) -> Floats:
        """Share of each birth year that keeps its card through a month: deaths follow Gompertz' law."""
        today = first_day(month)
        leaving = self._at("holders.departure_rate", today) + self._at("holders.loss_rate", today)
        age = np.maximum(month // 12 - BORN, 0)
        growth = self._at("holders.mortality_growth", today)
        deaths = self._at("holders.mortality_at_60", today) * np.exp(growth * (age - 60.0))
        return np.exp(-(np.minimum(deaths, 3.0) + leaving) / 12)
