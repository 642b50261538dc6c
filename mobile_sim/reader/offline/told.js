// What the desk is told without network, in the form of an answer, for screen and list.

/**
 * @param {any} question @param {import("./judging.js").OfflineVerdict} verdict
 * @param {{id: string, at: number}} when
 */
export function toldOffline(question, { outcome, asOf, fields }, { id, at }) {
  const { numbers } = question.shown;
  const of = (...names) => fields && Object.fromEntries(names.map((name) => [name, fields[name]]));
  return {
    check_id: id,
    checked_at: new Date(at).toISOString(),
    outcome,
    is_offline: true,
    is_waiting: true,
    on: question.on,
    data_as_of: asOf && new Date(asOf).toISOString(),
    document: { kind: numbers ? "numbers" : "certificate", is_copy: false },
    person: of("name", "kana", "birth_on", "sex"),
    coverage: numbers ?? of("insurer_name", "insurer_number", "symbol", "number", "branch"),
    printed: fields && { ...of("expires_on"), ratio_tenths: Number(fields.copay_ratio?.[1] ?? 0) },
  };
}
