import type { PhotoValue } from "../photos/device";

/** One signature as it is handed in with the task (`workflows/signatures.py`). */
export interface Signature {
  name: string;
  employer: string;
  role: string;
  method: "DRAWN" | "REFUSED";
  witness: string;
  drawing: PhotoValue | null;
}

/** Signatures lie on the device until the task is handed in: a reload must not make people sign twice. */
export function keptSignatures(person: string, task: string): Signature[] {
  return JSON.parse(localStorage.getItem(signedPlace(person, task)) ?? "[]") as Signature[];
}

export function keepSignatures(person: string, task: string, signatures: Signature[]): void {
  localStorage.setItem(signedPlace(person, task), JSON.stringify(signatures));
}

export const signedPlace = (person: string, task: string): string => `duban.signed.${person}.${task}`;
