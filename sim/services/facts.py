"""What the services post: PINs beside the counters, which some come to; the rest anew in every rerun, at no cost."""

from __future__ import annotations

from datetime import date

from sim.declared import Balance, Fact, Part, Stage
from sim.facts import PINS

PHONES_FROM = date(2025, 6, 1)
"""Certificates on phones are counted from here on, the month in which those of iOS began (JLIS-040)."""
LOCKED = tuple(
    fact
    for kind in PINS
    for fact in (
        Fact(f"pins_locked_{kind}", "PINs", f"of {kind} certificates, locked that day"),
        Fact(f"pin_resets_store_{kind}", "PINs", "of these, to be reset at a convenience store"),
        Fact(f"pin_resets_counter_{kind}", "PINs", "of these, to be reset at a counter"),
    )
)
PHONES = (
    Fact("phone_certificates_before", "certificates", "on phones before the first day, counted on it"),
    Fact("phone_certificates_issued", "certificates", "issued to phones, first ones and those of a changed phone"),
    Fact("phone_certificates_replaced", "certificates", "on phones that were changed, ended"),
    Fact("phone_certificates_on_top", "certificates", "issued to phones beyond those whose calls FY2025's contain"),
    Fact("phone_certificates_held", "certificates", "on phones", stock=True),
)
SHOWN = (
    Fact("copies_android", "certificates", "issued at convenience stores by phone, Android"),
    Fact("copies_ios", "certificates", "issued at convenience stores by phone, iOS"),
    Fact("attributes_provided", "provisions", "basic four attributes provided with consent"),
    Fact("relying_parties", "parties", "private parties that attributes are provided to", stock=True),
)
POST_OFFICES = (
    Fact("post_offices_opened", "post offices", "beginning to serve the card"),
    Fact("post_offices_known", "post offices", "serving the card before, counted on the first day"),
    Fact("post_offices_on_top", "post offices", "of those beginning, beyond so many whose calls FY2025's contain"),
    Fact("post_offices", "post offices", "serving the card", stock=True),
    Fact("post_offices_beyond", "post offices", "of these, beyond those whose slots FY2025's contain", stock=True),
)

LOCKED_PINS = Part(
    "counters",
    facts=LOCKED,
    balances=tuple(
        Balance(
            f"PINs locked ({kind})",
            (f"pins_locked_{kind}",),
            (f"pin_resets_store_{kind}", f"pin_resets_counter_{kind}"),
        )
        for kind in PINS
    ),
    reads=("cards_held",),
    parameters=("services.pins.",),
    stages=(Stage("in_force", tuple(f"pin_resets_counter_{kind}" for kind in PINS)),),
)
ON_PHONES = Part(
    None,
    facts=PHONES,
    balances=(
        Balance(
            "certificates on phones",
            ("phone_certificates_before", "phone_certificates_issued"),
            ("phone_certificates_replaced", "phone_certificates_held"),
        ),
    ),
    parameters=("services.phones.",),
    stages=(Stage("in_force", ("phone_certificates_on_top",)),),
)
AT_POST_OFFICES = Part(
    None,
    facts=POST_OFFICES,
    balances=(Balance("post offices", ("post_offices_known", "post_offices_opened"), ("post_offices",)),),
    parameters=("services.post_offices.",),
    stages=(Stage("counters", ("post_offices_on_top",)),),
)
SHOWN_ONLY = Part(
    None,
    facts=SHOWN,
    parameters=("services.shown.",),
    stages=(Stage("relying_parties", ("copies_android", "copies_ios", "attributes_provided")),),
)
SERVICES = LOCKED_PINS, ON_PHONES, AT_POST_OFFICES, SHOWN_ONLY
