"""What is told where no job could be done, and what a process is like that does one."""

import gc
import subprocess
import sys

import pytest

from cardflow.console import plain_errors
from scenarios.errors import NOTHING_RUN, WorkLostError
from scenarios.experiment.workers import at_the_same_time, spread
from sim.message import Message


def test_lost_work_is_told_in_a_line_and_is_not_the_users_mistake(capsys):
    with pytest.raises(SystemExit) as ended, plain_errors("en", NOTHING_RUN):
        raise WorkLostError(Message("no process that simulates could be started; --workers 1 (workers=1) does without"))
    assert ended.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1


def refuse_to_look_often():
    if gc.get_threshold()[0] <= 700:
        raise ValueError("garbage is looked for as often as in any other process")


def test_workers_look_for_garbage_seldom_and_who_imports_us_as_ever():
    with at_the_same_time(refuse_to_look_often):
        pass
    ours = "import cardflow, scenarios.experiment.workers"
    code = f"import gc; own = gc.get_threshold(); {ours}; assert gc.get_threshold() == own"
    subprocess.run([sys.executable, "-c", code], check=True)


class _Compiled:
    """A job in which an interrupt reaches what is compiled, which makes an error of its own of it."""

    def __call__(self):
        raise SystemError(
            "CPUDispatcher(<function _day>) returned a result with an exception set"
        ) from KeyboardInterrupt()


def test_an_interrupt_of_what_is_compiled_is_an_interrupt_and_no_fault_of_ours(capsys):
    with pytest.raises(SystemExit) as ended, plain_errors("en", NOTHING_RUN):
        spread([_Compiled()], 1)
    assert ended.value.code == 130
    with pytest.raises(SystemExit) as ended, plain_errors("en", NOTHING_RUN):
        _Compiled()()
    assert ended.value.code == 130
    told = capsys.readouterr().err
    assert "mistake" not in told and told.count("interrupted") == 2
