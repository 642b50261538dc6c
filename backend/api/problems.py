"""問題の一覧: one table from an error's code to its status and what to do about it.

Every code has a page under /problems/ in both languages. An error whose code is not
here is ours, and answers a bare 500.
"""

from dataclasses import dataclass

from backend.domain.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of refusal: its HTTP status, what it means, and what to do."""

    code: str
    status: int
    title: Words
    meaning: Words
    remedy: Words


_PHONE_OR_WAIT = Words(
    "本人のスマホのコードで確認するか、Retry-After の時間をおいてください。",
    "Check the code on the person's own phone, or wait as `Retry-After` says.",
)

_ALL = (
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
        "unauthenticated",
        401,
        Words("アクセストークンが必要です", "An access token is needed"),
        Words(
            "アクセストークンがないか、期限切れか、失効した端末のものです。",
            "There is no access token, or it has expired, or its key was revoked.",
        ),
        Words(
            "POST /oauth/token で新しいトークンを取得してください。端末が失効している"
            "場合は登録し直してください。",
            "Get a new token from POST /oauth/token. If the key was revoked, enrol"
            " again.",
        ),
    ),
    Problem(
        "bad-proof",
        401,
        Words("DPoP 証明が正しくありません", "The DPoP proof is not good"),
        Words(
            "DPoP 証明が、この要求・このトークン・この端末の鍵・現在時刻のどれかに"
            "合わないか、すでに使われています。",
            "The DPoP proof does not fit this request, this token, this key or the"
            " present time, or it was used before.",
        ),
        Words(
            "要求ごとに新しい証明を作り、端末の時計を合わせてください。",
            "Make a fresh proof for every request, and set the clock.",
        ),
    ),
    Problem(
        "wrong-actor",
        403,
        Words("この API は利用できません", "This door is not for you"),
        Words(
            "保険者・医療機関・被保険者のうち、別の立場の API です。",
            "The door belongs to another actor: insurer, clinic or patient.",
        ),
        Words(
            "ご自分の立場の API を使ってください。", "Use the doors of your own actor."
        ),
    ),
    Problem(
        "code-refused",
        403,
        Words("コードを受け付けられません", "The code is refused"),
        Words(
            "コードが違う、使用済み、期限切れ、試行回数の超過、または鍵の証明が正しく"
            "ありません。どれであるかはお知らせしません。",
            "The code is wrong, used, expired or was tried too often, or the proof of"
            " the key is not good. Which of these is not told.",
        ),
        Words(
            "コードを確かめ、使えないときは発行元に新しいコードを求めてください。",
            "Check the code; if it still fails, ask its issuer for a new one.",
        ),
    ),
    Problem(
        "refused",
        403,
        Words("受け付けられません", "Refused"),
        Words("いまは許されない操作です。", "This may not be done now."),
        Words("detail の説明に従ってください。", "Do as `detail` says."),
    ),
    Problem(
        "day-out-of-range",
        403,
        Words("確認できる日の範囲外です", "The day is out of range"),
        Words(
            "確認できる日は前後31日以内です。請求の理由があれば5年前まで指定できます。",
            "The day must lie within 31 days; with a claim reason, up to five years"
            " back.",
        ),
        Words("日付か claim_reason を直してください。", "Mend day or `claim_reason`."),
    ),
    Problem(
        "challenge-required",
        403,
        Words("オンラインの提示が必要です", "An online presentation is required"),
        Words(
            "保険者か医療機関が、サーバーのチャレンジに応答するコードだけを認めています。",
            "The insurer or the clinic accepts only codes that answer the server's"
            " challenge.",
        ),
        Words(
            "スマホを通信できる状態にし、新しいコードを表示してもらってください。",
            "Have the phone go online and show a new code.",
        ),
    ),
    Problem(
        "not-on-this-phone",
        403,
        Words("このスマホでは使えません", "Not on this phone"),
        Words("このスマホでは表示も操作もできません。", "This phone may not do it."),
        Words("加入している保険者に相談してください。", "Ask the insurer."),
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
        "too-many-misses",
        429,
        Words("該当なしが多すぎます", "Too many misses"),
        Words(
            "該当なしの照会が続いたため、番号と資格確認書での確認を止めています。",
            "Too many questions found nobody; checks by paper or numbers pause.",
        ),
        _PHONE_OR_WAIT,
    ),
    Problem(
        "too-many-repeats",
        429,
        Words("同じ方の照会が多すぎます", "Too many questions about one person"),
        Words(
            "同じ方を番号か資格確認書で照会できる、1日の回数の上限に達しました。",
            "One person was asked for by paper or numbers as often as a day allows.",
        ),
        _PHONE_OR_WAIT,
    ),
    Problem(
        "too-many-attempts",
        429,
        Words("試行が多すぎます", "Too many attempts"),
        Words(
            "同じ場所からの試行が多すぎます。",
            "There were too many attempts from the same place.",
        ),
        Words("Retry-After の時間をおいてください。", "Wait as `Retry-After` says."),
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

PROBLEMS = {problem.code: problem for problem in _ALL}
INTERNAL = PROBLEMS["internal"]
