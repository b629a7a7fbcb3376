/** What a checklist shows: the server's answers with those of this device on top, and what is still to be done. */
import type { Answer, ChecklistItem, Named, Said } from "../api/types";

/** What two answers must share to agree; the server asks the same (`workflows/checklists.py`). */
function meaning(answer: Answer): string {
  const words = [answer.note, answer.place, answer.measures, answer.photos.map((photo) => photo.id), answer.raised];
  return JSON.stringify(answer.result === "FAIL" ? [answer.result, words] : [answer.result]);
}

export function standing(item: ChecklistItem): Answer[] {
  return item.answers.filter((one) => one.stands);
}

/** The answer that counts. */
export function current(item: ChecklistItem): Answer | undefined {
  return standing(item).at(-1);
}

/** The list as it will be once the server has what is still on this device. */
export function withPending(items: ChecklistItem[], pending: Said[], me: Named): ChecklistItem[] {
  return items.map((item) =>
    pending.filter((said) => said.item === item.item).reduce((before, said) => answered(before, said, me), item),
  );
}

function answered(item: ChecklistItem, said: Said, me: Named): ChecklistItem {
  if (item.answers.some((one) => one.id === said.id)) return item;
  const { id, result, note, place, measures, photos, raised, bulk, occurredAt, replaces } = said;
  const words = { id, result, note, place, measures, photos, raised, bulk, occurredAt };
  const before = item.answers.map((one) => (replaces.includes(one.id) ? { ...one, stands: false } : one));
  const answers = [...before, { ...words, author: me, recordedAt: said.occurredAt, stands: true }];
  const left = answers.filter((one) => one.stands);
  const agree = left.every((one) => meaning(one) === meaning(left[0] as Answer));
  return { ...item, answers, state: agree ? "answered" : "conflict" };
}

export interface Progress {
  total: number;
  answered: number;
  failed: number;
  conflicts: number;
}

export function progress(items: ChecklistItem[]): Progress {
  const failed = items.filter((one) => one.state === "answered" && current(one)?.result === "FAIL");
  return {
    total: items.length,
    answered: items.filter((one) => one.state === "answered").length,
    failed: failed.length,
    conflicts: items.filter((one) => one.state === "conflict").length,
  };
}

export type Lack = "open" | "conflict" | "note";

/** Why the checklist cannot be handed in because of this item. */
export function lack(item: ChecklistItem): Lack | null {
  if (item.state !== "answered") return item.state;
  const found = current(item);
  return found?.result === "FAIL" && found.note.trim() === "" ? "note" : null;
}

export type Words = Partial<Pick<Answer, "note" | "place" | "measures" | "photos" | "raised">>;

/** A new answer to an item: it keeps what was said before of the same finding, and replaces what this person sees. */
export function say(
  item: ChecklistItem,
  result: Answer["result"],
  words: Words,
  made: { id: string; occurredAt: string; bulk?: boolean },
): Said {
  const before = current(item);
  const fresh = result === "FAIL" ? { note: item.finding ?? "", measures: item.measures ?? "" } : {};
  const kept =
    before?.result === result
      ? {
          note: before.note,
          place: before.place,
          measures: before.measures,
          photos: before.photos,
          raised: before.raised,
        }
      : { note: "", place: "", measures: "", photos: [], raised: false, ...fresh };
  return {
    ...kept,
    ...words,
    item: item.item,
    result,
    bulk: made.bulk ?? false,
    id: made.id,
    occurredAt: made.occurredAt,
    replaces: standing(item)
      .map((one) => one.id)
      .slice(-50),
  };
}

/** Everything not answered yet conforms: one tap, recorded as such. */
export function sayRest(items: ChecklistItem[], make: () => { id: string; occurredAt: string }): Said[] {
  return items.filter((one) => one.state === "open").map((item) => say(item, "PASS", {}, { ...make(), bulk: true }));
}

/** Where an item stands on the page. */
export const itemDomId = (item: string): string => `check-${item}`;
