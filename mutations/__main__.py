"""``python -m mutations``: see ``mutations.long_run``."""

from mutations.long_run import main

if __name__ == "__main__":
    raise SystemExit(main())
