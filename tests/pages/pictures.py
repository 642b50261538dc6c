"""Pictures of the pages' main states for the documents: `make pictures`.

Made of the same demo people in the same way each time, so that they stay true.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from camera import Camera
from chromium import chromium
from demo_house import demo_house
from picture import PLACE
from pictures_console import console_pictures
from pictures_phone import phone_pictures
from pictures_reader import reader_pictures
from visiting import Visitor


def main() -> None:
    """Take every picture anew."""
    PLACE.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, demo_house(Path(folder)) as world:
        camera = Camera(Path(folder) / "seen.y4m")
        with chromium(Path(folder), camera) as browsers:
            visitor = Visitor(browsers.whole, world.house.base_url)
            phone_pictures(world, visitor)
            reader_pictures(world, visitor)
            console_pictures(world, visitor)
            visitor.leave()


if __name__ == "__main__":
    sys.exit(main())
