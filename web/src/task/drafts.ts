/**
 * A draft is saved per change: at once on the device, and on the server when the typing pauses.
 *
 * What the server does not have stays marked on the device and is sent again when the connection is back, or at the next visit.
 */
import type { FormData, Instant } from "../api/types";
import type { TextStore } from "./submissions";

export type DraftState = "clean" | "saving" | "saved" | "unsent" | "refused";

interface Copy {
  data: FormData;
  at: number;
  sent: boolean;
}

interface Parts {
  store: TextStore;
  place: string;
  save: (data: FormData) => Promise<void>;
  /** True when the server has answered no: the draft stays on the device and is not sent again by itself. */
  isDefinite: (error: unknown) => boolean;
  onState: (state: DraftState) => void;
  now: () => number;
}

const PAUSE = 800;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;
  private wait = FIRST_WAIT;
  private left = false;

  constructor(private readonly parts: Parts) {}

  /** Where to begin: the device's copy when the server never got it, else the server's draft, else nothing. */
  begin(server: { data: FormData; savedAt: Instant } | null): FormData | null {
    const copy = this.copy();
    if (!copy || copy.sent) return server?.data ?? null;
    this.say("unsent");
    this.schedule(0);
    return copy.data;
  }

  change(data: FormData): void {
    const before = this.copy();
    if (before && same(before.data, data)) return;
    this.write({ data, at: this.parts.now(), sent: false });
    this.say("saving");
    this.schedule(PAUSE);
  }

  /** Send at once what is left: the connection is back. */
  flush(): void {
    this.wait = FIRST_WAIT;
    if (this.copy()?.sent === false) this.schedule(0);
  }

  /** The page goes away: one last attempt, and what it does not save stays on the device. */
  leave(): void {
    clearTimeout(this.timer);
    this.left = true;
    void this.send();
  }

  /** The task is done or given back: nothing more to keep. */
  forget(): void {
    clearTimeout(this.timer);
    this.left = true;
    this.parts.store.removeItem(this.parts.place);
  }

  private schedule(milliseconds: number): void {
    clearTimeout(this.timer);
    if (!this.left) this.timer = setTimeout(() => void this.send(), milliseconds);
  }

  private async send(): Promise<void> {
    const copy = this.copy();
    if (this.sending || !copy || copy.sent) return;
    this.sending = true;
    try {
      await this.parts.save(copy.data);
      this.sending = false;
      this.saved(copy);
    } catch (error) {
      this.sending = false;
      this.failed(error);
    }
  }

  private saved(sent: Copy): void {
    this.wait = FIRST_WAIT;
    const latest = this.copy();
    if (!latest) return;
    if (same(latest.data, sent.data)) {
      this.write({ ...latest, sent: true });
      this.say("saved");
    } else {
      this.schedule(PAUSE);
    }
  }

  private failed(error: unknown): void {
    if (this.parts.isDefinite(error)) {
      this.say("refused");
      return;
    }
    this.say("unsent");
    this.schedule(this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private say(state: DraftState): void {
    if (!this.left) this.parts.onState(state);
  }

  private copy(): Copy | null {
    const text = this.parts.store.getItem(this.parts.place);
    return text === null ? null : (JSON.parse(text) as Copy);
  }

  private write(copy: Copy): void {
    this.parts.store.setItem(this.parts.place, JSON.stringify(copy));
  }
}

function same(one: FormData, other: FormData): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
