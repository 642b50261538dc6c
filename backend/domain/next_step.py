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
        "提示物の有効期限切れ", "What was shown has expired"
    ),
    Outcome.SUSPENDED: Words("一時停止中", "Suspended"),
    Outcome.REVOKED: Words("失効済み", "Withdrawn"),
    Outcome.BAD_SIGNATURE: Words("真正性を確認できません", "Not genuine"),
    Outcome.UNKNOWN_ISSUER: Words("発行者が不明です", "Unknown issuer"),
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
        "氏名と生年月日を本人と照らし合わせ、表示の負担割合で受け付けてください。",
        "Compare name and birth date with the person, then charge the ratio shown.",
    ),
    Outcome.LAPSED: Words(
        "新しい保険の手続きを本人に確認し、マイナ保険証か新しい資格確認書を求めて"
        "ください。無い場合は表示の保険者に照会してください。",
        "Ask the person about new insurance and for a My Number card or a new"
        " certificate; if there is none, ask the insurer shown.",
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
        "保険者が記録を点検しています。無保険とは限りません。保険者に照会するか、"
        "被保険者資格申立書で受け付けてください。",
        "The insurer is inspecting the record; the person may well be insured. Ask"
        " the insurer, or accept a written statement of eligibility.",
    ),
    Outcome.REGISTRATION_IN_PROGRESS: Words(
        "加入の届出は受け付けられ、登録待ちです。被保険者資格申立書で受け付け、後日"
        "再確認してください。",
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
        "資格は有効ですが、提示物の期限が切れています。資格確認書は保険者に新しいものを"
        "求め、スマホはアプリを開いて更新するよう伝えてください。",
        "Coverage holds, but what was shown has expired. A certificate must be renewed"
        " by the insurer; a phone renews when its app is opened online.",
    ),
    Outcome.SUSPENDED: Words(
        "この提示物は保険者が一時停止しています。" + _OTHER_MEANS.ja,
        "The insurer has suspended this. " + _OTHER_MEANS.en,
    ),
    Outcome.REVOKED: Words(
        "この提示物は保険者が失効させています（紛失・再交付など）。" + _OTHER_MEANS.ja,
        "The insurer has withdrawn this (lost, reissued). " + _OTHER_MEANS.en,
    ),
    Outcome.BAD_SIGNATURE: Words(
        "改ざん・偽造の可能性があります。受け付けず、" + _OTHER_MEANS.ja,
        "It may be altered or forged. Do not accept it. " + _OTHER_MEANS.en,
    ),
    Outcome.UNKNOWN_ISSUER: Words(
        "この発行者の鍵は登録されていません。" + _OTHER_MEANS.ja,
        "No key of this issuer is registered. " + _OTHER_MEANS.en,
    ),
    Outcome.REPLAYED: Words(
        "本人のスマホで新しいコードを表示してもらい、読み直してください。写しの提示は"
        "受け付けません。",
        "Have the person show a new code on their own phone. A copy is not accepted.",
    ),
    Outcome.STALE: Words(
        "コードの時刻が範囲外です。新しいコードを表示してもらってください。続く場合は"
        "スマホの時計を合わせてください。",
        "The code's time is out of range. Ask for a new one; if it happens again, set"
        " the phone's clock.",
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


def next_step(outcome: Outcome) -> Words:
    """What to do at the counter after this outcome."""
    return _STEPS[outcome]
