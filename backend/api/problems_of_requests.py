"""Refusals of a request as it stands, whoever makes it; and what is our own fault."""

from backend.api.problem import Problem
from backend.domain.words import Words

REQUEST_PROBLEMS = (
    Problem(
        "malformed-json",
        400,
        Words("JSON として読めません", "The body is not JSON that we accept"),
        Words(
            "本文が UTF-8 の正しい JSON ではないか、同じ項目の重複、NaN、大きすぎる"
            "整数、深すぎる入れ子、NUL 文字などを含んでいます。",
            "The body is not well-formed JSON in UTF-8, or it repeats a name, nests too"
            " deep, or holds NaN, too large an integer or a NUL character.",
        ),
        Words("detail が示す点を直してください。", "Mend what `detail` names."),
    ),
    Problem(
        "bad-request",
        400,
        Words("リクエストを解釈できません", "The request cannot be read"),
        Words(
            "HTTP の要求そのものが正しくありません。",
            "The HTTP request itself is malformed.",
        ),
        Words("送信側の実装を確認してください。", "Check the client that sent it."),
    ),
    Problem(
        "not-found",
        404,
        Words("見つかりません", "Not found"),
        Words(
            "その名前のものはないか、あなたに関わるものではありません。",
            "There is nothing of that name, or it is not yours to see.",
        ),
        Words("番号を確かめてください。", "Check the address and the number in it."),
    ),
    Problem(
        "method-not-allowed",
        405,
        Words("この方法では使えません", "Method not allowed"),
        Words(
            "この API は別の HTTP メソッドで使います。",
            "This door takes another HTTP method.",
        ),
        Words("Allow ヘッダーを見てください。", "See the `Allow` header."),
    ),
    Problem(
        "conflict",
        409,
        Words("登録内容と矛盾します", "It contradicts the record"),
        Words(
            "求められた変更は、いまの記録と両立しません。",
            "The change asked for does not fit what is recorded.",
        ),
        Words("最新の内容を読み直してください。", "Read the record again first."),
    ),
    Problem(
        "idempotency-conflict",
        409,
        Words("同じキーで別の質問です", "The same key for another question"),
        Words(
            "その Idempotency-Key は、別の内容の確認にすでに使われています。",
            "That Idempotency-Key was used for a check with other contents.",
        ),
        Words("新しいキーを使ってください。", "Use a new key."),
    ),
    Problem(
        "slow-body",
        408,
        Words("本文が届きません", "The body did not arrive"),
        Words(
            "要求の本文が時間内に届きませんでした。何も記録されていません。",
            "The body did not arrive in time; nothing was recorded.",
        ),
        Words(
            "通信状態を確かめ、もう一度送ってください。",
            "Check the connection and send it again.",
        ),
    ),
    Problem(
        "length-required",
        411,
        Words("本文の長さがわかりません", "The body's length is not told"),
        Words("途中で切れても見分けられません。", "It may have been cut off, unseen."),
        Words("Content-Length を付けて送ってください。", "Send Content-Length too."),
    ),
    Problem(
        "too-large",
        413,
        Words("本文が大きすぎます", "The body is too large"),
        Words(
            "この API が受け取れる大きさを超えています。",
            "It exceeds what this door takes.",
        ),
        Words("分けて送ってください。", "Send it in parts."),
    ),
    Problem(
        "wrong-media-type",
        415,
        Words("Content-Type が違います", "Wrong Content-Type"),
        Words(
            "この API は別の形式の本文を受け取ります。",
            "This door takes a body of another media type.",
        ),
        Words(
            "detail が示す Content-Type で送ってください。",
            "Send the Content-Type that `detail` names.",
        ),
    ),
    Problem(
        "malformed",
        422,
        Words("項目に誤りがあります", "A field is not right"),
        Words(
            "errors が、項目（または行）ごとに理由と直し方を示します。",
            "`errors` names each field (or line), why, and how to mend it.",
        ),
        Words("示された項目を直してください。", "Mend the fields named."),
    ),
    Problem(
        "internal",
        500,
        Words("サーバー内部エラー", "Our own error"),
        Words(
            "予期しない誤りが起きました。内容は応答に含めません。",
            "Something unexpected happened. The answer does not say what.",
        ),
        Words(
            "instance を添えて運営者に連絡してください。",
            "Tell the operator, quoting `instance`.",
        ),
    ),
    Problem(
        "unavailable",
        503,
        Words("いまはお答えできません", "We cannot answer now"),
        Words(
            "記録できないため、何も答えず、何も書き込んでいません。",
            "Nothing could be recorded, so nothing was answered and nothing written.",
        ),
        Words(
            "同じ Idempotency-Key でもう一度お試しください。",
            "Repeat the request, with the same Idempotency-Key.",
        ),
    ),
)
