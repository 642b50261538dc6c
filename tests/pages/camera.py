"""A camera made of a file: what it shows can be changed while the browser films it."""

import io
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT = 1280, 720
FRAMES_A_SECOND = 30
_HEAD = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n".encode()
_COLOURLESS = bytes([128]) * (WIDTH * HEIGHT // 2)
_GREY = 96  # a counter in the shade


class Camera:
    """Films `path` again and again (YUV4MPEG2); grey until something is shown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.show_nothing()

    @property
    def switches(self) -> tuple[str, ...]:
        """What Chromium must be told to take the file for a camera."""
        return (
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={self._path}",
        )

    def show_nothing(self) -> None:
        """An empty counter."""
        self._film(Image.new("L", (WIDTH, HEIGHT), _GREY))

    def show(self, picture: bytes, height: int = 560) -> None:
        """Hold a PNG or JPEG before the camera, so many pixels high."""
        seen = Image.open(io.BytesIO(picture)).convert("L")
        width = round(seen.width * height / seen.height)
        counter = Image.new("L", (WIDTH, HEIGHT), _GREY)
        place = ((WIDTH - width) // 2, (HEIGHT - height) // 2)
        counter.paste(seen.resize((width, height), Image.Resampling.LANCZOS), place)
        self._film(counter)

    def _film(self, picture: Image.Image) -> None:
        """In place: the browser has the file open and begins anew at its end."""
        frame = b"FRAME\n" + picture.tobytes() + _COLOURLESS
        mode = "r+b" if self._path.exists() else "w+b"
        with self._path.open(mode) as film:
            film.write(_HEAD + frame * 2)
