"""What the services post. They cost nothing to draw and touch no other part: every rerun of others posts them anew."""

from __future__ import annotations

from sim.declared import Balance, Fact, Part

KINDS = ("signing", "user")
"""Certificates with a PIN of their own."""
PINS = tuple(
    fact
    for kind in KINDS
    for fact in (
        Fact(f"pins_locked_{kind}", "PINs", f"of {kind} certificates, locked that day"),
        Fact(f"pin_resets_store_{kind}", "PINs", "of these, to be reset at a convenience store"),
        Fact(
            f"pin_resets_counter_{kind}", "PINs", "of these, to be reset at a counter, which does not take them in yet"
        ),
    )
)
SHOWN = (
    Fact("copies_android", "certificates", "issued at convenience stores by phone, Android"),
    Fact("copies_ios", "certificates", "issued at convenience stores by phone, iOS"),
    Fact("attributes_provided", "provisions", "basic four attributes provided with consent"),
    Fact("relying_parties", "parties", "private parties that attributes are provided to", stock=True),
    Fact("post_offices_opened", "post offices", "beginning to serve the card"),
    Fact("post_offices_known", "post offices", "serving the card before, counted on the first day"),
    Fact("post_offices", "post offices", "serving the card", stock=True),
)

SERVICES = Part(
    None,
    facts=(*PINS, *SHOWN),
    balances=(
        *(
            Balance(
                f"PINs locked ({kind})",
                (f"pins_locked_{kind}",),
                (f"pin_resets_store_{kind}", f"pin_resets_counter_{kind}"),
            )
            for kind in KINDS
        ),
        Balance("post offices", ("post_offices_known", "post_offices_opened"), ("post_offices",)),
    ),
    parameters=("services.",),
)
