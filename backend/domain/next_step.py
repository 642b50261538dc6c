"""What the clinic reads: the headline of each outcome, and what to do next."""

from backend.domain.codes import LossReason
from backend.domain.outcome import Outcome
from backend.domain.words import Words

HEADLINES: dict[Outcome, Words] = {
    Outcome.VALID: Words("有効", "Valid"),
    Outcome.LAPSED: Words("無効（資格喪失）", "Invalid: coverage has lapsed"),
    Outcome.NEWER_COVERAGE: Words(
        "無効（新しい資格あり）", "Invalid: newer coverage exists"
    ),
    Outcome.NOT_YET_STARTED: Words(
        "無効（資格開始前）", "Invalid: coverage has not started yet"
    ),
    Outcome.REGISTRATION_UNDONE: Words(
        "無効（資格取得の取消し）", "Invalid: the registration was undone"
    ),
    Outcome.HIDDEN: Words(
        "該当資格なし（点検中で閲覧停止）", "No coverage shown: record under inspection"
    ),
    Outcome.REGISTRATION_IN_PROGRESS: Words(
        "該当資格なし（登録手続き中）", "No coverage yet: registration in progress"
    ),
    Outcome.NOT_KNOWN_THEN: Words(
        "該当資格なし（当時は未登録）", "No coverage known at that time"
    ),
    Outcome.NONE_FOUND: Words("該当資格なし", "No coverage found"),
    Outcome.SEVERAL_PERSONS: Words("複数該当", "Several people match"),
    Outcome.SEVERAL_COVERAGES: Words("複数該当（資格重複）", "Several coverages match"),
    Outcome.DOCUMENT_EXPIRED: Words(
        "資格確認書・コードの有効期限切れ", "What was shown has expired"
    ),
    Outcome.SUSPENDED: Words("使用停止中", "Suspended"),
    Outcome.REVOKED: Words("使用できません（失効）", "Withdrawn"),
    Outcome.BAD_SIGNATURE: Words("改ざん・偽造の疑い", "Not genuine"),
    Outcome.UNKNOWN_ISSUER: Words("発行元が不明です", "Unknown issuer"),
    Outcome.REPLAYED: Words("使用済みのコード", "Code already used"),
    Outcome.STALE: Words("時間切れのコード", "Code out of time"),
    Outcome.WRONG_KIND: Words(
        "資格確認用のコードではありません", "Not a code for checks"
    ),
    Outcome.UNREADABLE: Words("読み取れません", "Not readable"),
    Outcome.COULD_NOT_CHECK: Words("確認できません", "Could not check"),
}

_OTHER_MEANS = Words(
    "別の方法（マイナ保険証、資格確認書、番号入力）で確認してください。",
    "Check by other means: My Number card, certificate, or keyed numbers.",
)

_STEPS: dict[Outcome, Words] = {
    Outcome.VALID: Words(
        "氏名・生年月日で本人であることを確かめ、表示の負担割合で受け付けてください。",
        "Compare name and birth date with the person, then charge the ratio shown.",
    ),
    Outcome.LAPSED: Words(
        "新しい保険に加入済みかを本人に確認し、マイナ保険証または新しい資格確認書の提示を"
        "求めてください。提示がないときは、下の照会先へお問い合わせください。",
        "Ask whether the person has joined another insurance, and for a My Number card"
        " or a new certificate; if there is none, ask the insurer shown.",
    ),
    Outcome.NEWER_COVERAGE: Words(
        "この資格は使えません。新しい保険者の資格確認書、マイナ保険証、またはスマホで"
        "確認し直してください。",
        "This coverage cannot be used. Check again with the new insurer's"
        " certificate, the My Number card or the phone.",
    ),
    Outcome.NOT_YET_STARTED: Words(
        "資格は表示の日から有効です。受診日の保険を本人に確認してください。",
        "Coverage starts on the day shown. Ask which insurance covers the visit.",
    ),
    Outcome.REGISTRATION_UNDONE: Words(
        "この資格の登録は取り消されています。表示の保険者に照会してください。",
        "This registration was taken back. Ask the insurer shown.",
    ),
    Outcome.HIDDEN: Words(
        "保険者が登録内容を点検しています。無保険とは限りません。保険者に照会するか、"
        "被保険者資格申立書に記入してもらい、受け付けてください。",
        "The insurer is inspecting the record; the person may well be insured. Ask"
        " the insurer, or accept a written statement of eligibility.",
    ),
    Outcome.REGISTRATION_IN_PROGRESS: Words(
        "加入の届出は受け付けられ、登録待ちです。被保険者資格申立書に記入してもらって"
        "受け付け、後日、再確認してください。",
        "The filing has arrived and awaits registration. Accept a written statement"
        " of eligibility and check again later.",
    ),
    Outcome.NOT_KNOWN_THEN: Words(
        "その時点では登録がありませんでした。現在の記録で確認し直してください。",
        "Nothing was registered at that time. Check again against today's record.",
    ),
    Outcome.NONE_FOUND: Words(
        "番号と生年月日を確かめて入力し直してください。誤りがなければ保険者に照会して"
        "ください。",
        "Check the numbers and the birth date and try again; if they are right, ask"
        " the insurer.",
    ),
    Outcome.SEVERAL_PERSONS: Words(
        "同じ番号の方が複数います。枝番を入力するか、スマホか資格確認書で確認して"
        "ください。",
        "Several people carry these numbers. Key the branch number, or check by"
        " phone or certificate.",
    ),
    Outcome.SEVERAL_COVERAGES: Words(
        "複数の資格が登録されています。使う保険を本人に確認し、その資格確認書か番号で"
        "確認してください。",
        "Several coverages are registered. Ask which applies and check by its"
        " certificate or numbers.",
    ),
    Outcome.DOCUMENT_EXPIRED: Words(
        "資格は有効ですが、資格確認書・コードの期限が切れています。資格確認書は保険者に"
        "新しいものを求め、スマホはアプリを開いて更新するよう伝えてください。",
        "Coverage holds, but what was shown has expired. A certificate must be renewed"
        " by the insurer; a phone renews when its app is opened online.",
    ),
    Outcome.SUSPENDED: Words(
        "この資格確認書・コードは、保険者が使用を停止しています。" + _OTHER_MEANS.ja,
        "The insurer has suspended this. " + _OTHER_MEANS.en,
    ),
    Outcome.REVOKED: Words(
        "この資格確認書・コードは、保険者が失効させています（紛失・再交付など）。"
        + _OTHER_MEANS.ja,
        "The insurer has withdrawn this (lost, reissued). " + _OTHER_MEANS.en,
    ),
    Outcome.BAD_SIGNATURE: Words(
        "改ざん・偽造の疑いがあります。受け付けず、" + _OTHER_MEANS.ja,
        "It may be altered or forged. Do not accept it. " + _OTHER_MEANS.en,
    ),
    Outcome.UNKNOWN_ISSUER: Words(
        "発行元を確認できないコードです。" + _OTHER_MEANS.ja,
        "No key of this issuer is registered. " + _OTHER_MEANS.en,
    ),
    Outcome.REPLAYED: Words(
        "本人のスマホで新しいコードを表示してもらい、読み直してください。画面の写真や"
        "コピーは使えません。",
        "Have the person show a new code on their own phone. A copy is not accepted.",
    ),
    Outcome.STALE: Words(
        "コードの有効時間（約90秒）を過ぎているか、スマホの時計がずれています。新しい"
        "コードを表示してもらい、続くときはスマホの時計を合わせてください。",
        "The code is more than 90 seconds old, or the phone's clock is off. Ask for a"
        " new one; if it happens again, set the phone's clock.",
    ),
    Outcome.WRONG_KIND: Words(
        "資格確認の画面か資格確認書のコードを読み取ってください。",
        "Scan the code of the eligibility screen or of the certificate.",
    ),
    Outcome.UNREADABLE: Words(
        "コードが欠けているか、別のコードです。もう一度読み取ってください。",
        "The code is damaged or is another kind of code. Scan again.",
    ),
    Outcome.COULD_NOT_CHECK: Words(
        "有効とは扱えません。時間をおいて再確認するか、" + _OTHER_MEANS.ja,
        "This is not a valid answer. Try again later. " + _OTHER_MEANS.en,
    ),
}

LOSS_REASONS: dict[LossReason, Words] = {
    LossReason.DEATH: Words("死亡", "death"),
    LossReason.PUBLIC_ASSISTANCE: Words("生活保護受給開始", "public assistance began"),
    LossReason.OTHER_INSURANCE: Words(
        "医療保険等の資格取得", "joined another insurance"
    ),
    LossReason.OTHER: Words("その他", "other"),
}


RATIO_UNKNOWN = Words(
    "資格は有効です。氏名・生年月日で本人であることを確かめ、窓口負担は表示の保険者に"
    "照会してください。",
    "Coverage holds. See by name and birth date that it is the person, and ask the"
    " insurer shown what to charge.",
)
"""After a valid answer that knows no ratio: nobody is told to charge one."""


_AFTER_LOSS: dict[LossReason, Words] = {
    LossReason.PUBLIC_ASSISTANCE: Words(
        "生活保護の受給開始による喪失です。医療扶助を受けているかを本人に確認し、"
        "マイナ保険証か医療券で確かめてください。",
        "The coverage ended because public assistance began. Ask about medical"
        " assistance and check it by My Number card or medical ticket (医療券).",
    ),
    LossReason.DEATH: Words(
        "死亡による喪失として登録されています。目の前の方がご本人なら、受け付ける前に"
        "下の照会先へお問い合わせください。",
        "The loss is registered as by death. If the person stands before you, ask the"
        " insurer shown before you go on.",
    ),
}


def next_step(outcome: Outcome, loss: LossReason | None = None) -> Words:
    """What to do at the counter after this outcome; lapsed coverage, by its loss."""
    if outcome is Outcome.LAPSED and loss in _AFTER_LOSS:
        return _AFTER_LOSS[loss]
    return _STEPS[outcome]
