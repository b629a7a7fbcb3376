/**
 * What was done on this device and the server does not have yet. It lies in IndexedDB, so that neither a reload nor a lost
 * connection costs anything; each letter has an id of its own, and what it says may arrive twice, late, or in another order.
 */
export type LetterState = "waiting" | "sending" | "refused";

export interface Letter<Body> {
  id: string;
  /** Whose work it is: on a shared phone nobody sends what another person did. */
  person: string;
  /** What it belongs to, such as a task's id. */
  subject: string;
  body: Body;
}

export interface Kept<Body> {
  letter: Letter<Body>;
  state: LetterState;
  /** Why the server refused it; it is not sent again by itself, and not thrown away either. */
  problem?: unknown;
}

export interface Shown<Body> {
  kept: Kept<Body>[];
  /** When the server last took something from this device; milliseconds since 1970. */
  lastSent: number | null;
}

interface Parts<Body, Answer> {
  store: {
    all: () => Promise<Letter<Body>[]>;
    put: (letter: Letter<Body>, place: number) => Promise<void>;
    remove: (id: string) => Promise<void>;
  };
  send: (letter: Letter<Body>) => Promise<Answer>;
  /** Told before the letter leaves the outbox, so that what it did never disappears from the screen in between. */
  onSent: (letter: Letter<Body>, answer: Answer) => void;
  isDefinite: (error: unknown) => boolean;
  later: (again: () => void, milliseconds: number) => unknown;
  now: () => number;
}

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

export class Outbox<Body, Answer> {
  private shown: Shown<Body> = { kept: [], lastSent: null };
  private person: string | null = null;
  private working = false;
  private wait = FIRST_WAIT;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: Parts<Body, Answer>) {}

  /** Somebody is signed in: what they left on this device goes on. */
  async open(person: string): Promise<void> {
    this.person = person;
    const known = new Set(this.shown.kept.map((one) => one.letter.id));
    const left = (await this.parts.store.all()).filter((letter) => !known.has(letter.id));
    this.change([...left.map((letter): Kept<Body> => ({ letter, state: "waiting" })), ...this.shown.kept]);
    await this.work();
  }

  async add(letter: Letter<Body>): Promise<void> {
    this.change([...this.shown.kept, { letter, state: "waiting" }]);
    await this.parts.store.put(letter, this.parts.now());
    await this.work();
  }

  /** Send now: asked for by a person, or by the connection coming back. */
  async retry(): Promise<void> {
    this.wait = FIRST_WAIT;
    this.change(this.shown.kept.map((one) => (one.state === "refused" ? { ...one, state: "waiting" } : one)));
    await this.work();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly list = (): Shown<Body> => this.shown;

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.next(); next; next = this.next()) if (!(await this.sendOne(next.letter))) return;
    } finally {
      this.working = false;
    }
  }

  private next(): Kept<Body> | undefined {
    return this.shown.kept.find((one) => one.state === "waiting" && one.letter.person === this.person);
  }

  private async sendOne(letter: Letter<Body>): Promise<boolean> {
    this.mark(letter, { letter, state: "sending" });
    try {
      const answer = await this.parts.send(letter);
      this.parts.onSent(letter, answer);
      await this.parts.store.remove(letter.id);
      this.wait = FIRST_WAIT;
      const left = this.shown.kept.filter((one) => one.letter.id !== letter.id);
      this.change(left, this.parts.now());
      return true;
    } catch (error) {
      const refused = this.parts.isDefinite(error);
      this.mark(letter, { letter, state: refused ? "refused" : "waiting", problem: error });
      if (refused) return true;
      this.parts.later(() => void this.work(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      return false;
    }
  }

  private mark(letter: Letter<Body>, kept: Kept<Body>): void {
    this.change(this.shown.kept.map((one) => (one.letter.id === letter.id ? kept : one)));
  }

  private change(kept: Kept<Body>[], lastSent = this.shown.lastSent): void {
    this.shown = { kept, lastSent };
    this.listeners.forEach((listener) => listener());
  }
}
