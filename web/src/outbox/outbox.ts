/**
 * What was done on this device and the server does not have yet: answers, pictures, actions on tasks. It lies in IndexedDB,
 * so that neither a reload nor a lost connection costs anything, and goes out in the order in which it was done. Each letter
 * has an id of its own, and what it says may arrive twice or late: the server tells what it did the first time.
 */
export type LetterState = "waiting" | "sending" | "refused";

/** A request as it lies on the device. Exactly one of `json` and `form` has a body; `form` may hold a picture. */
export interface Call {
  path: string;
  json?: unknown;
  form?: Record<string, string | Blob>;
  /** The version of the task that the person saw, sent as `If-Match`. */
  version?: number;
  /** The idempotency key: made once, with the letter. */
  key?: string;
}

export interface Letter {
  id: string;
  /** Whose work it is: on a shared phone nobody sends what another person did. */
  person: string;
  /** What it belongs to, such as a task's id. */
  subject: string;
  /** "photo", "answers", or the name of an action: what the screens look for. */
  kind: string;
  /** What it is called in the list of what waits. */
  title: string;
  call: Call;
  /** What the screens show of it on top of what the server said. */
  about?: unknown;
  /** It goes only when nothing earlier of its subject is left: a task is handed in after its answers and pictures. */
  after?: boolean;
  /** When it was done, in milliseconds since 1970. */
  at: number;
}

export interface Kept {
  letter: Letter;
  state: LetterState;
  /** Why the server refused it, or why it did not get there. A refused one is not sent again by itself, nor thrown away. */
  problem?: unknown;
}

export interface Shown {
  kept: Kept[];
  /** False until it is known what earlier visits left on this device. */
  read: boolean;
  /** When the server last took something from this device; milliseconds since 1970. */
  lastSent: number | null;
}

/** What became of a letter while its author was watching: `kept` is on its way still. */
export type Delivery = { state: "sent"; answer: unknown } | { state: "refused"; problem: unknown } | { state: "kept" };

interface Parts {
  store: {
    all: () => Promise<Letter[]>;
    put: (letter: Letter) => Promise<void>;
    remove: (id: string) => Promise<void>;
  };
  send: (call: Call, done: number) => Promise<unknown>;
  /** True when the server has answered no; false when no answer came and sending again is worth it. */
  isDefinite: (error: unknown) => boolean;
  /** The version that an answer says its subject has now. */
  versionIn: (answer: unknown) => number | undefined;
  later: (again: () => void, milliseconds: number) => unknown;
  now: () => number;
}

export type Sent = (letter: Letter, answer: unknown) => void;

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

export class Outbox {
  private shown: Shown = { kept: [], read: false, lastSent: null };
  private person: string | null = null;
  private working = false;
  private wait = FIRST_WAIT;
  private readonly storing = new Set<string>();
  private readonly watched = new Map<string, (delivery: Delivery) => void>();
  private readonly listeners = new Set<() => void>();
  private readonly receivers = new Set<Sent>();

  constructor(private readonly parts: Parts) {}

  /** Somebody is signed in: what they left on this device goes on. */
  async open(person: string): Promise<void> {
    this.person = person;
    const stored = await this.parts.store.all();
    const known = new Set(this.shown.kept.map((one) => one.letter.id));
    const left = stored.filter((letter) => !known.has(letter.id));
    this.shown = { ...this.shown, read: true };
    this.change([...left.map((letter): Kept => ({ letter, state: "waiting" })), ...this.shown.kept]);
    await this.work();
  }

  /** Shown at once; sent when it lies safely on the device. */
  async add(letter: Letter): Promise<void> {
    this.storing.add(letter.id);
    this.change([...this.shown.kept, { letter, state: "waiting" }]);
    try {
      await this.parts.store.put(letter);
    } finally {
      this.storing.delete(letter.id);
      await this.work();
    }
  }

  /** Add a letter and wait until it is known whether the server took it, or that nobody can say yet. */
  async deliver(letter: Letter): Promise<Delivery> {
    const told = new Promise<Delivery>((resolve) => this.watched.set(letter.id, resolve));
    await this.add(letter);
    return told;
  }

  /** Send now what waits: the connection is back. With `refused`, a person asks for those once more as well. */
  async retry(refused = false): Promise<void> {
    this.wait = FIRST_WAIT;
    if (refused) {
      this.change(this.shown.kept.map((one) => (one.state === "refused" ? { ...one, state: "waiting" } : one)));
    }
    await this.work();
  }

  /** Not wanted any more. What is on its way may have arrived already. */
  async discard(id: string): Promise<void> {
    this.change(this.shown.kept.filter((one) => one.letter.id !== id));
    await this.parts.store.remove(id);
    await this.work();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly list = (): Shown => this.shown;

  /** `receiver` is told before the letter leaves, so that what it did never disappears from the screen in between. */
  onSent(receiver: Sent): () => void {
    this.receivers.add(receiver);
    return () => this.receivers.delete(receiver);
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.next(); next; next = this.next()) if (!(await this.sendOne(next.letter))) break;
    } finally {
      this.working = false;
    }
    for (const id of [...this.watched.keys()]) if (!this.storing.has(id)) this.tell(id, { state: "kept" });
  }

  private next(): Kept | undefined {
    const subjects = new Set<string>();
    for (const one of this.shown.kept) {
      const { id, person, subject, after } = one.letter;
      if (person !== this.person) continue;
      const free = !this.storing.has(id) && !(after && subjects.has(subject));
      if (one.state === "waiting" && free) return one;
      subjects.add(subject);
    }
    return undefined;
  }

  private async sendOne(letter: Letter): Promise<boolean> {
    this.mark(letter, { letter, state: "sending" });
    try {
      const answer = await this.parts.send(letter.call, letter.at);
      this.receivers.forEach((receiver) => receiver(letter, answer));
      await this.moveOn(letter, this.parts.versionIn(answer));
      await this.parts.store.remove(letter.id);
      this.wait = FIRST_WAIT;
      const left = this.shown.kept.filter((one) => one.letter.id !== letter.id);
      this.change(left, this.parts.now());
      this.tell(letter.id, { state: "sent", answer });
      return true;
    } catch (problem) {
      const refused = this.parts.isDefinite(problem);
      this.mark(letter, { letter, state: refused ? "refused" : "waiting", problem });
      if (refused) {
        this.tell(letter.id, { state: "refused", problem });
        return true;
      }
      this.parts.later(() => void this.work(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      return false;
    }
  }

  /** What this person did next, on the version that they had changed themselves, goes on with the version that came of it. */
  private async moveOn({ id, subject, call }: Letter, version: number | undefined): Promise<void> {
    if (version === undefined || call.version === undefined) return;
    for (const { letter, state } of this.shown.kept) {
      const follows = letter.id !== id && letter.subject === subject && letter.call.version === call.version;
      if (!follows || state !== "waiting") continue;
      const moved = { ...letter, call: { ...letter.call, version } };
      this.mark(letter, { letter: moved, state });
      await this.parts.store.put(moved);
    }
  }

  private tell(id: string, delivery: Delivery): void {
    this.watched.get(id)?.(delivery);
    this.watched.delete(id);
  }

  private mark(letter: Letter, kept: Kept): void {
    this.change(this.shown.kept.map((one) => (one.letter.id === letter.id ? kept : one)));
  }

  private change(kept: Kept[], lastSent = this.shown.lastSent): void {
    this.shown = { ...this.shown, kept, lastSent };
    this.listeners.forEach((listener) => listener());
  }
}
