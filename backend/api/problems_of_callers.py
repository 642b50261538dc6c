"""Refusals of a caller: who may not, not now, or not so often."""

from backend.api.problem import Problem
from backend.domain.words import Words

_PHONE_OR_WAIT = Words(
    "本人のスマホのコードで確認するか、Retry-After の時間をおいてください。",
    "Check the code on the person's own phone, or wait as `Retry-After` says.",
)

CALLER_PROBLEMS = (
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
        "sign-in-refused",
        403,
        Words("サインインできません", "Sign-in is refused"),
        Words(
            "パスキーが登録されていないか、停止されているか、確認の期限（5分）が切れて"
            "います。どれであるかはお知らせしません。",
            "The passkey is not known here, was ended, or was asked for more than five"
            " minutes ago. Which of these is not told.",
        ),
        Words(
            "もう一度サインインし、できないときは運用担当に新しい登録コード"
            "（shikaku operators renew）を求めてください。",
            "Sign in again; if it still fails, ask whoever runs the system for a new"
            " code (`shikaku operators renew`).",
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
        "too-many-reports",
        429,
        Words("申出が多すぎます", "Too many reports"),
        Words(
            "1日に出せる申出の数に達しました。",
            "As many reports were filed as a day allows.",
        ),
        Words(
            "Retry-After の時間をおくか、保険者に電話してください。",
            "Wait as `Retry-After` says, or ring the insurer.",
        ),
    ),
    Problem(
        "too-many-codes",
        429,
        Words("サーバー発行コードが多すぎます", "Too many codes of the server's"),
        Words(
            "1時間に発行できる回数に達しました。",
            "As many codes were made as an hour allows.",
        ),
        Words(
            "Retry-After の時間をおくか、資格確認書を提示してください。",
            "Wait as `Retry-After` says, or show the certificate.",
        ),
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
)
