"""Services around the card that hang on its holders: PIN resets, certificates on phones, loads that are shown only."""
