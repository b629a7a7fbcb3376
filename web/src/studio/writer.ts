/** Writes what an editor holds as text once it rests: writing takes longer than a movement may. */
export class Writer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private due = false;

  constructor(
    private readonly save: () => Promise<string | undefined>,
    private readonly onText: (text: string) => void,
  ) {}

  later(): void {
    this.due = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => whenIdle(() => void this.flush()), REST);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.due) return;
    this.due = false;
    const text = await this.save();
    if (text) this.onText(text);
  }
}

const REST = 900;

/** Not every browser knows idle time. */
export function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 0);
}
