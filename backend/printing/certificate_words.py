"""The words that stand on every certificate, whatever its form."""

TITLE = "資格確認書"
SCAN = "資格の有効性は、コードを読み取って確認します。"
SCAN_ENGLISH = "Scan the code to check that coverage is valid."
SERIAL = "発行番号（枠内は検査文字）"

ADDRESS_TO_FILL_IN = "住所（ご自分で記入してください）"
REMARKS = "備考"
ORGAN_DONATION = "臓器提供意思表示欄"
