"""What verdicts look like in cells; their words stand in them too."""

VERDICTS = {
    "holds": "#DDEBDD",
    "at_risk": "#FFF1CC",
    "fails": "#F8D7CD",
    "undecided": "#E4E4F2",
    "not_tested": "#EEEEEE",
}
