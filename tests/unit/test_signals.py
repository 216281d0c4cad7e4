"""Signals that ask a command to end are taken as Ctrl-C is, unless somebody has switched them off."""

import signal

import pytest

from cardflow.signals import end_like_an_interrupt


@pytest.fixture
def handlers():
    """What was set before is set again."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_a_request_to_end_interrupts():
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
        end_like_an_interrupt()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)


@pytest.mark.usefixtures("handlers")
def test_under_nohup_a_hang_up_is_not_heard():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end_like_an_interrupt()
    signal.raise_signal(signal.SIGHUP)
