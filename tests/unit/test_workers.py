"""Jobs done in this process: each once, and what is told where none could be."""

import pytest

from cardflow.console import plain_errors
from scenarios.errors import NOTHING_RUN, WorkLostError
from sim.message import Message


def test_lost_work_is_told_in_a_line_and_is_not_the_users_mistake(capsys):
    with pytest.raises(SystemExit) as ended, plain_errors("en", NOTHING_RUN):
        raise WorkLostError(Message("no process that simulates could be started; --workers 1 (workers=1) does without"))
    assert ended.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1
