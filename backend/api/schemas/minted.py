"""サーバー発行コード: what is shown for one, and the code."""

from backend.api.schemas.fields import Instant, Shape, Text

_LONGEST_TYPED = 64


class LetterShape(Shape):
    """The activation code of a letter, which is spent by it."""

    code = Text(
        _LONGEST_TYPED,
        required=True,
        metadata={"description": "手紙の12文字 / the letter's twelve characters"},
    )


class MintedShape(Shape):
    """The code to show at a desk, as a QR, once, within five minutes."""

    code = Text(64, required=True)
    expires_at = Instant(required=True)
