/**
 * Idempotency keys of actions whose outcome is not known yet.
 *
 * When an answer is lost, the person presses again, perhaps after a reload. The same action with the same body must then carry
 * the same key, so that the server tells what it did instead of doing it twice. A key is forgotten when an answer has come.
 */

export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface Pending {
  key: string;
  body: string;
}

export class Submissions {
  constructor(
    private readonly store: TextStore,
    private readonly newKey: () => string,
  ) {}

  /** The key for sending `body`: the one of the unanswered attempt if it was the same, else a new one. */
  keyFor(subject: string, action: string, body: unknown): string {
    const text = JSON.stringify(body);
    const pending = this.pending(subject, action);
    if (pending?.body === text) return pending.key;
    const key = this.newKey();
    this.store.setItem(place(subject, action), JSON.stringify({ key, body: text } satisfies Pending));
    return key;
  }

  settle(subject: string, action: string): void {
    this.store.removeItem(place(subject, action));
  }

  private pending(subject: string, action: string): Pending | null {
    const text = this.store.getItem(place(subject, action));
    return text === null ? null : (JSON.parse(text) as Pending);
  }
}

function place(subject: string, action: string): string {
  return `duban.pending.${subject}.${action}`;
}
