"""What the person themselves reads of their coverage: what to do, and whom to ask."""

from backend.domain.verdict import Reason
from backend.domain.words import Words

_STEPS: dict[Reason, Words] = {
    Reason.COVERED: Words(
        "このまま受診できます。受付でスマホのコードか資格確認書を提示してください。",
        "You are covered. Show the code on your phone or your certificate at the desk.",
    ),
    Reason.LAPSED: Words(
        "この資格は終了しています。新しい保険に入った方は、その資格確認書か"
        "マイナ保険証を持参してください。まだの方は、勤務先か市区町村で加入の手続きを"
        "してください。心当たりがなければ、表示の保険者に問い合わせてください。",
        "This coverage has ended. If you have joined new insurance, carry its"
        " certificate or your My Number card; if not, join through your employer or"
        " municipality. If you did not expect this, ask the insurer shown.",
    ),
    Reason.NEWER_COVERAGE: Words(
        "この資格は使えません。新しい保険の資格確認書かマイナ保険証を持参して"
        "ください。届いていなければ、新しい保険者に問い合わせてください。",
        "This coverage cannot be used. Carry the certificate of your new insurance or"
        " your My Number card; if nothing has arrived, ask the new insurer.",
    ),
    Reason.NOT_YET_STARTED: Words(
        "資格は表示の日から使えます。それより前に受診するときは、その日に加入している"
        "保険を受付で伝えてください。",
        "Coverage can be used from the day shown. For a visit before that, tell the"
        " desk which insurance you have on the day.",
    ),
    Reason.REGISTRATION_UNDONE: Words(
        "この資格の登録は取り消されています。心当たりがなければ、表示の保険者に"
        "問い合わせてください。",
        "This registration was taken back. If you did not expect it, ask the insurer"
        " shown.",
    ),
    Reason.HIDDEN: Words(
        "保険者が登録内容を点検しているため、いまは表示できません。資格がないとは"
        "限りません。加入している保険者に問い合わせ、その前に受診するときは点検中で"
        "あることを受付で伝えてください。",
        "Your insurer is inspecting the record, so it is not shown now; you may well be"
        " insured. Ask your insurer; for a visit before that, tell the desk that it is"
        " being inspected.",
    ),
    Reason.REGISTRATION_IN_PROGRESS: Words(
        "加入の届出は受け付けられ、登録を待っています。登録前に受診するときは、"
        "手続き中であることを受付で伝え、被保険者資格申立書を書いてください。",
        "Your filing has arrived and awaits registration. For a visit before that, tell"
        " the desk so and fill in a written statement of eligibility.",
    ),
    Reason.NOT_KNOWN_THEN: Words(
        "その時点では登録がありませんでした。今日の資格を確かめてください。",
        "Nothing was registered at that time. Look at your coverage of today.",
    ),
    Reason.NONE_FOUND: Words(
        "登録された資格が見つかりません。加入している保険者に登録の状況を問い合わせて"
        "ください。加入の手続きがまだの方は、勤務先か市区町村で手続きをしてください。",
        "No coverage is registered for you. Ask your insurer how the registration"
        " stands; if you have not joined yet, do so through your employer or"
        " municipality.",
    ),
    Reason.SEVERAL_PERSONS: Words(
        "同じ番号の方がほかにもいるため、番号だけでは確認できません。受付でスマホの"
        "コードか資格確認書を提示してください。",
        "Others carry the same numbers, so numbers alone do not tell you apart. Show"
        " the code on your phone or your certificate at the desk.",
    ),
    Reason.SEVERAL_COVERAGES: Words(
        "複数の保険に登録されています。受診には、いま加入している保険の資格確認書を"
        "持参してください。前の保険をやめる届出が済んでいるか、その保険者に"
        "確かめてください。",
        "You are registered with several insurers. Carry the certificate of the one you"
        " belong to now, and ask the former one whether your leaving was filed.",
    ),
}

OWN_RATIO_UNKNOWN = Words(
    "資格は有効です。窓口で支払う割合は登録されていないため、受診の前に表示の保険者に"
    "問い合わせてください。",
    "You are covered. What you pay at the desk is not recorded: ask the insurer shown"
    " before your visit.",
)
"""To who is covered, where no ratio is known."""


def patient_step(reason: Reason) -> Words:
    """What the person does now; `next_step` speaks to the clinic."""
    return _STEPS[reason]
