/**
 * One queue of changes to the files of a draft. Each is kept on this device until the server has it; they are sent one after
 * the other, because each save gives the draft the version that the next must name.
 */
import { Refused } from "../api/client";

export type SaveState = "saved" | "waiting" | "saving" | "offline" | "conflict" | "refused";

export interface Kept {
  text: string;
  /** The version of the draft that it was typed on. */
  version: number;
}

export interface Device {
  keep: (path: string, kept: Kept) => void;
  forget: (path: string) => void;
}

export type Send = (path: string, text: string, version: number) => Promise<{ version: number }>;
type Timer = ReturnType<typeof setTimeout>;

const PAUSE = 800;
const RETRY = 5_000;

export class Saver {
  state: SaveState = "saved";
  /** Why the server said no, where it did. */
  refusal: Refused | null = null;
  /** Grows whenever the texts of the draft became others by other means than editing here: editors open anew. */
  epoch = 0;
  private readonly waiting = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private sending: Promise<void> | null = null;
  private timer: Timer | undefined;

  constructor(
    public version: number,
    private readonly send: Send,
    private readonly device: Device,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What somebody wrote that the server does not have yet. */
  unsent = (path: string): string | undefined => this.waiting.get(path);

  change(path: string, text: string): void {
    this.waiting.set(path, text);
    this.device.keep(path, { text, version: this.version });
    if (this.state === "conflict") return;
    this.tell("waiting");
    this.later(PAUSE);
  }

  /** An editor has been touched; its text follows. */
  touch(): void {
    if (this.state === "saved") this.tell("waiting");
  }

  /** It turned out that nothing is different. */
  untouch(): void {
    if (this.state === "waiting" && this.waiting.size === 0) this.tell("saved");
  }

  /** Send everything now. Resolves when the server has it, or has not taken it: `state` says which. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.sending ??= this.drain().finally(() => (this.sending = null));
    await this.sending;
  }

  /** The draft got another version by other means: a new file, a name. */
  moved(version: number): void {
    this.version = version;
    this.tell(this.state);
  }

  /** Its texts did, too: an earlier revision came back. */
  renewed(version: number): void {
    this.epoch += 1;
    this.moved(version);
  }

  /** After a conflict: what is kept here goes over what somebody else wrote. Their version stays among the revisions. */
  async insist(version: number): Promise<void> {
    this.version = version;
    this.tell("waiting");
    await this.flush();
    this.epoch += 1;
    this.tell(this.state);
  }

  /** After a conflict: what somebody else wrote stands. */
  giveUp(version: number): void {
    this.version = version;
    for (const path of this.waiting.keys()) this.device.forget(path);
    this.waiting.clear();
    this.epoch += 1;
    this.tell("saved");
  }

  private async drain(): Promise<void> {
    while (this.waiting.size > 0) {
      const [path, text] = this.waiting.entries().next().value as [string, string];
      this.tell("saving");
      try {
        this.version = (await this.send(path, text, this.version)).version;
      } catch (error) {
        this.failed(error);
        return;
      }
      if (this.waiting.get(path) === text) {
        this.waiting.delete(path);
        this.device.forget(path);
      }
    }
    this.refusal = null;
    this.tell("saved");
  }

  private failed(error: unknown): void {
    if (!(error instanceof Refused) || error.status >= 500 || error.status === 429 || error.status === 401) {
      this.tell("offline");
      this.later(RETRY);
      return;
    }
    this.refusal = error;
    this.tell(error.status === 412 ? "conflict" : "refused");
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  private tell(state: SaveState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}
