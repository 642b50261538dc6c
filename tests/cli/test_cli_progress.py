"""Progress where no bar can be drawn: a line now and then, for the log."""

from backend.cli.progress import BETWEEN_LINES, progress
from backend.storage.run_rows import RunCounts


def test_a_log_gets_a_line_now_and_then(capsys):
    seconds = 0.0
    with progress("一括処理 run", 40_000, lambda: seconds) as watch:
        for decided in range(0, 40_000, 1_000):
            watch(RunCounts(decided, decided - decided // 10, decided // 10, 0))
            seconds += 1

    first, second, third = capsys.readouterr().err.splitlines()
    assert first == (
        "一括処理 run 10,000/40,000 ・ 1,000 行/秒 lines/s ・ 残り left 0:00:30"
        " ・ ✓9,000 –1,000 ✗0"
    )
    assert "20,000/40,000" in second
    assert "残り left 0:00:10" in third


def test_work_of_unknown_length_tells_how_far_it_is(capsys):
    seconds = 0.0
    with progress("確認 dry run", None, lambda: seconds) as watch:
        for decided in (0, 1_000, 2_000):
            watch(RunCounts(decided, decided, 0, 0))
            seconds += BETWEEN_LINES / 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("確認 dry run 2,000 ・ 200 行/秒 lines/s ・ ✓2,000 –0 ✗0")


def test_short_work_says_nothing(capsys):
    with progress("一括処理 run", 10) as watch:
        watch(RunCounts(10, 10, 0, 0))

    assert capsys.readouterr().err == ""
