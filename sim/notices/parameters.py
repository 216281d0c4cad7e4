"""Parameters of the expiry notices: how many can be made a day, how many come back, e-mails to residents abroad."""

from __future__ import annotations

from sim.fields import parameter
from sim.kinds import Capacity, Cards, MeanDays, Share
from sim.schedule import Frozen


class Notices(Frozen):
    """Expiry notices made and posted (有効期限通知書の作成・発送)."""

    printed_per_day: Capacity = parameter("notices/day", "most notices made and posted on a working day")
    undelivered_share: Share = parameter("share", "of notices posted, coming back undelivered")
    undelivered_days: MeanDays = parameter("days", "mean time from posting until they are back")
    emails_per_year: Cards = parameter(
        "e-mails/year", "expiry notices by e-mail to residents abroad, beside those posted"
    )
