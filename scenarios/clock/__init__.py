"""The parts of the decision clock: what planners can see, when targets break, trip-wires, lead times, last dates."""
