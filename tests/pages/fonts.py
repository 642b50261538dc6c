"""Japanese letters for a browser on a bare machine: the papers' own typeface."""

from importlib.util import find_spec
from pathlib import Path

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{letters}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def japanese_letters(folder: Path) -> dict[str, str]:
    """Settings for the browser's process; `folder` keeps what it needs."""
    spec = find_spec("noto_cjk_sans_jp_regular")
    assert spec is not None
    assert spec.origin is not None
    letters = Path(spec.origin).parent
    conf = folder / "fonts.conf"
    conf.write_text(_CONF.format(letters=letters, cache=folder / "cache"), "utf-8")
    return {"FONTCONFIG_FILE": str(conf)}
