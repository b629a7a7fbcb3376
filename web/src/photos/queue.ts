/**
 * Photos on their way to the server. Each is kept on the device until the server has it, so that neither a reload nor a lost
 * connection costs a picture; `clientId` makes sending it twice the same as once.
 */
import type { Attachment } from "../api/types";

export type PhotoSource = "CAMERA" | "GALLERY" | "EXTERNAL";
export type UploadState = "sending" | "waiting" | "refused";

export interface Photo {
  clientId: string;
  /** Which field of which task or start form it belongs to. */
  place: string;
  blob: Blob;
  name: string;
  source: PhotoSource;
  role: Attachment["role"];
  capturedAt: string;
  gps?: string;
  gpsMissingReason?: string;
}

export interface Upload {
  photo: Photo;
  state: UploadState;
  /** Why the server refused it; a refused photo is not sent again by itself. */
  problem?: unknown;
}

export interface PhotoStore {
  all: () => Promise<Photo[]>;
  put: (photo: Photo) => Promise<void>;
  remove: (clientId: string) => Promise<void>;
}

interface Parts {
  store: PhotoStore;
  send: (photo: Photo) => Promise<Attachment>;
  /** True when the server has answered no; false when no answer came and sending again is worth it. */
  isDefinite: (error: unknown) => boolean;
  later: (again: () => void, milliseconds: number) => unknown;
}

export type Arrived = (photo: Photo, attachment: Attachment) => void;

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

export class PhotoQueue {
  private uploads: Upload[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly arrivals = new Map<string, Arrived>();
  private working = false;
  private wait = FIRST_WAIT;

  constructor(private readonly parts: Parts) {}

  /** What a former visit left behind goes on. */
  async resume(): Promise<void> {
    const known = new Set(this.uploads.map((one) => one.photo.clientId));
    const left = (await this.parts.store.all()).filter((photo) => !known.has(photo.clientId));
    this.change([...this.uploads, ...left.map((photo): Upload => ({ photo, state: "waiting" }))]);
    await this.work();
  }

  async add(photo: Photo): Promise<void> {
    this.change([...this.uploads, { photo, state: "waiting" }]);
    await this.parts.store.put(photo);
    await this.work();
  }

  async remove(clientId: string): Promise<void> {
    this.change(this.uploads.filter((one) => one.photo.clientId !== clientId));
    await this.parts.store.remove(clientId);
  }

  /** Send now: asked for by a person, or by the connection coming back. */
  async retry(): Promise<void> {
    this.wait = FIRST_WAIT;
    this.change(this.uploads.map((one) => (one.state === "refused" ? { photo: one.photo, state: "waiting" } : one)));
    await this.work();
  }

  /** `arrived` is told of each photo of `place` that the server has taken; until then photos of that place wait. */
  attach(place: string, arrived: Arrived): () => void {
    this.arrivals.set(place, arrived);
    void this.work();
    return () => {
      if (this.arrivals.get(place) === arrived) this.arrivals.delete(place);
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly list = (): Upload[] => this.uploads;

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.next(); next; next = this.next()) if (!(await this.sendOne(next.photo))) return;
    } finally {
      this.working = false;
    }
  }

  private next(): Upload | undefined {
    return this.uploads.find((one) => one.state === "waiting" && this.arrivals.has(one.photo.place));
  }

  private async sendOne(photo: Photo): Promise<boolean> {
    this.mark(photo, { photo, state: "sending" });
    try {
      const attachment = await this.parts.send(photo);
      // Removed by its owner while it travelled: then it is not wanted.
      if (this.uploads.some((one) => one.photo.clientId === photo.clientId)) {
        this.arrivals.get(photo.place)?.(photo, attachment);
        await this.remove(photo.clientId);
      }
      this.wait = FIRST_WAIT;
      return true;
    } catch (error) {
      const refused = this.parts.isDefinite(error);
      this.mark(photo, { photo, state: refused ? "refused" : "waiting", problem: error });
      if (refused) return true;
      this.parts.later(() => void this.work(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      return false;
    }
  }

  private mark(photo: Photo, upload: Upload): void {
    this.change(this.uploads.map((one) => (one.photo.clientId === photo.clientId ? upload : one)));
  }

  private change(uploads: Upload[]): void {
    this.uploads = uploads;
    this.listeners.forEach((listener) => listener());
  }
}
