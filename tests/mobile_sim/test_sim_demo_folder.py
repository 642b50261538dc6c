"""The demo empties its own folders and touches nobody else's."""

from pathlib import Path

import pytest

from mobile_sim.demo_folder import NotOursError, fresh_folder


def begin(folder: Path) -> None:
    """A demo's whole run in a folder."""
    with fresh_folder(folder):
        pass


def test_a_new_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "demo"
    begin(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_run_empties_what_the_first_left(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    begin(folder)
    (folder / "shikaku.db").write_text("old")
    (folder / "keys").mkdir()
    (folder / "keys" / "A.pem").write_text("old")
    begin(folder)
    assert [p.name for p in folder.iterdir()] == [".made-by-the-demo"]


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.db").write_text("mine")
    with pytest.raises(NotOursError, match="was left alone"):
        begin(tmp_path)
    assert (tmp_path / "precious.db").read_text() == "mine"


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    begin(tmp_path)
    assert (tmp_path / ".made-by-the-demo").is_file()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    begin(tmp_path / "real")
    (tmp_path / "real" / "kept").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(NotOursError):
        begin(tmp_path / "link")
    assert (tmp_path / "real" / "kept").exists()


def test_a_link_inside_is_removed_and_its_target_kept(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    begin(folder)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    begin(folder)
    assert (tmp_path / "elsewhere" / "kept").exists()
    assert not (folder / "link").exists()


def test_a_folder_in_which_another_demo_runs_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with fresh_folder(folder):
        (folder / "shikaku.db").touch()
        with pytest.raises(NotOursError, match="Another demo runs"):
            begin(folder)
        assert (folder / "shikaku.db").exists()
    begin(folder)
    assert not (folder / "shikaku.db").exists()


def test_the_keys_may_lie_within(tmp_path: Path) -> None:
    for _ in range(2):
        with fresh_folder(tmp_path / "demo"), fresh_folder(tmp_path / "demo" / "keys"):
            (tmp_path / "demo" / "keys" / "A.pem").touch()
