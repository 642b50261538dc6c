"""What a row may not say, given what the register says: each with a way to mend it."""

from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow


def _error(row: MemberRow, column: Column, reason: Words, fix: Words) -> LineError:
    return LineError(row.line, column.value, reason, fix)


def several_people(row: MemberRow) -> LineError:
    """Two people of the register answer to the row."""
    return _error(
        row,
        Column.NUMBER,
        Words(
            "同じ記号・番号・生年月日の人が複数登録されています。",
            "Several people are registered with these numbers and birth date.",
        ),
        Words("枝番か個人番号を加えてください。", "Add the branch or the My Number."),
    )


def number_of_another(row: MemberRow) -> LineError:
    """The My Number is another person's: most often one of the family."""
    return _error(
        row,
        Column.MY_NUMBER,
        Words(
            "この個人番号は別の人のものとして登録されています。",
            "This My Number is registered as another person's.",
        ),
        Words(
            "家族の番号と取り違えていないか確かめてください。本人の番号なら、番号・"
            "生年月日・氏名の変更を一つずつ登録してください。",
            "Is it the number of someone else in the family? If not, register changes "
            "of numbers, birth date and name one by one.",
        ),
    )


def numbers_of_another(row: MemberRow) -> LineError:
    """Symbol, number and branch are another person's on the same days."""
    return _error(
        row,
        Column.NUMBER,
        Words(
            "同じ期間に、別の生年月日の人がこの記号・番号・枝番で登録されています。",
            "Someone with another birth date has these numbers on the same days.",
        ),
        Words(
            "番号か生年月日を確かめ、登録が誤りなら先に訂正してください。",
            "Check numbers and birth date; if the register is wrong, correct it first.",
        ),
    )


def name_of_another(row: MemberRow) -> LineError:
    """Without a branch, another name may be another of the family, such as a twin."""
    return _error(
        row,
        Column.NAME,
        Words(
            "枝番のない同じ番号・生年月日で、別の氏名が登録されています。",
            "Another name is registered with these numbers, without a branch, and "
            "this birth date.",
        ),
        Words(
            "双子などの別人なら枝番を加え、改姓なら先に氏名の変更を登録してください。",
            "Add the branch of a twin; if the name changed, register that first.",
        ),
    )


def branch_missing(row: MemberRow) -> LineError:
    """The same numbers and birth date, once with and once without a branch."""
    return _error(
        row,
        Column.BRANCH,
        Words(
            "枝番の有無だけが違う、同じ生年月日の人が登録されています。",
            "Someone born on this day is registered alike but for the branch.",
        ),
        Words(
            "登録どおりの枝番にするか、個人番号を加えてください。",
            "Give the branch as registered, or add the My Number.",
        ),
    )


def takes_loss_back(row: MemberRow) -> LineError:
    """A warning: a list from before the loss would re-open the coverage as well."""
    return _error(
        row,
        Column.LOST_ON,
        Words(
            "登録済みの資格喪失が取り消されます。",
            "The loss that is registered is taken back.",
        ),
        Words(
            "喪失前の古い一覧ではないか確かめてください。喪失が正しければ喪失年月日と"
            "喪失事由を書いてください。",
            "Is this a list from before the loss? If the loss is right, give its day "
            "and reason.",
        ),
    )


def covered_under_other_numbers(row: MemberRow) -> LineError:
    """A new coverage under new numbers, while the earlier one goes on."""
    return _error(
        row,
        Column.ACQUIRED_ON,
        Words(
            "この人は、別の記号・番号の資格が続いています。",
            "The person's coverage under other numbers goes on.",
        ),
        Words(
            "勤め先の変更などなら、前の資格の喪失も同じ一覧に書いてください。番号だけの"
            "変更なら、資格取得年月日を登録どおりにしてください。",
            "After a change of work, give the loss of the earlier coverage in the same "
            "list; if only numbers changed, keep the day of acquisition as registered.",
        ),
    )


def corrects_beginning(row: MemberRow) -> LineError:
    """A warning: days that were covered may no longer be, or the other way round."""
    return _error(
        row,
        Column.ACQUIRED_ON,
        Words(
            "登録済みの資格取得年月日が訂正されます。",
            "The day of acquisition that is registered is corrected.",
        ),
        Words(
            "いったん喪失して再取得した人なら、前の資格の喪失も同じ一覧に書いて"
            "ください。",
            "If someone left and came back, give the earlier loss in the same list.",
        ),
    )


def several_coverages(row: MemberRow) -> LineError:
    """The days of the row meet more than one coverage of the person."""
    return _error(
        row,
        Column.ACQUIRED_ON,
        Words(
            "この期間は、登録済みの複数の資格と重なります。",
            "These days overlap several coverages that are registered.",
        ),
        Words(
            "取得・喪失年月日を確かめてください。",
            "Check the days of acquisition and loss.",
        ),
    )


def hidden_until_inspected(row: MemberRow) -> LineError:
    """A warning: the new coverage stays hidden from clinics (domain study §4.3)."""
    return _error(
        row,
        Column.MY_NUMBER,
        Words(
            "別の保険者の登録と生年月日か性別が違うため、点検が終わるまで"
            "医療機関に表示しません。",
            "Another insurer has another birth date or sex for this My Number: hidden "
            "from clinics until inspected.",
        ),
        Words(
            "本人確認のうえ、正しければ点検を終了してください。",
            "Confirm who it is, then release the hold if it is right.",
        ),
    )


def number_not_kept(row: MemberRow) -> LineError:
    """A warning: a person's number is recorded when the person is, and not later."""
    return _error(
        row,
        Column.MY_NUMBER,
        Words(
            "登録済みの人の個人番号は、後から追加・変更されません。",
            "A My Number is not added to a person registered before, nor changed.",
        ),
        Words(
            "他の保険者の資格とは結び付きません。",
            "The person's coverages with other insurers stay unlinked.",
        ),
    )


def no_longer_undisclosed(row: MemberRow) -> LineError:
    """A warning: protection of someone's whereabouts would end."""
    return _error(
        row,
        Column.IS_UNDISCLOSED,
        Words("不開示が解除されます。", "The protection (不開示) is lifted."),
        Words(
            "本人の申出による解除か確かめてください。",
            "Make sure that the person asked for it.",
        ),
    )


def becomes_undisclosed(row: MemberRow) -> LineError:
    """A warning: what was handed out before still bears the address."""
    return _error(
        row,
        Column.IS_UNDISCLOSED,
        Words("不開示になります。", "The person comes under protection (不開示)."),
        Words(
            "住所が印刷された資格確認書を回収して失効させ、登録済みのスマホが本人の手元に"
            "あるか確かめてください。",
            "Recall and revoke certificates that bear the address, and make sure that "
            "the phones are in the person's own hands.",
        ),
    )


def stays_lost(row: MemberRow) -> LineError:
    """A warning: a list without a loss column names someone whose coverage was lost."""
    return _error(
        row,
        Column.LOST_ON,
        Words(
            "資格喪失が登録されています。一覧に喪失の列がないため、そのままです。",
            "The register has a loss of this coverage; the list has no column for it, "
            "so it stays lost.",
        ),
        Words(
            "喪失が誤りなら、先に喪失の取消しをしてください。",
            "Re-open the coverage if the loss was wrong.",
        ),
    )
