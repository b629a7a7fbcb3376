/** Where the replay stands, and how keys and the address move it. Pure. */

export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** How long a moment stays on the screen at speed 1: time to read its sentence. */
export const DWELL = 2000;

/** How many entries around the present one the timeline shows; a case may have thousands. */
export const AROUND = 30;

/** The entry that an address names, kept within the history. */
export function entryIn(text: string | null, last: number): number {
  const asked = Number(text ?? 1);
  return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), Math.max(last, 1)) : 1;
}

export type Move = { to: number } | "toggle" | null;

export function moveOf(key: string, at: number, last: number): Move {
  if (key === " ") return "toggle";
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 1, End: last }[key];
  return to === undefined ? null : { to: Math.min(Math.max(to, 1), last) };
}

/**
 * The middle of the piece of history to have at hand: it stands still over many steps, so that playing asks for little, and
 * the piece (200 entries) always holds the window around `at`.
 */
export function middleOf(at: number): number {
  return Math.max(1, Math.round(at / AROUND) * AROUND);
}

/** The part of the history to show around `at`, as first and last entry. */
export function windowAround(at: number, last: number, around = AROUND): [first: number, last: number] {
  const first = Math.max(1, Math.min(at - around, last - 2 * around));
  return [first, Math.min(last, first + 2 * around)];
}
