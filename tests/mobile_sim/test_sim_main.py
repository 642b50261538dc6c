"""The demo's own command line: what it cannot use is worded in both languages."""

import pytest

from mobile_sim.__main__ import main


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.5", "９" * 20, ""])
def test_a_port_that_is_none_is_said_in_both_languages(port, capsys):
    with pytest.raises(SystemExit) as ended:
        main([f"--port={port}"])

    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert "1 から 65535 の数字" in told
    assert "make demo PORT=8123" in told
