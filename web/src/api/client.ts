/** One way to the server: credentials, CSRF, language, problems. Every call of the application goes through `request`. */

import type { Language } from "./types";

const BASE = "/api/v1";

export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  fields?: Record<string, string[]>;
  problems?: { rule: string; message: string; element: string | null }[];
}

/** The server answered, and the answer is no. `status` and `problem` follow RFC 9457. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? String(status));
    this.name = "Refused";
  }

  get fields(): Record<string, string[]> {
    return this.problem.fields ?? {};
  }
}

/** No answer came: whether the server acted is unknown, so the same idempotency key must be used again. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server did not answer", { cause });
    this.name = "Unreachable";
  }
}

/** 401: sign in again, then go on; 429: wait, then go on. Neither is about what was sent. */
const NOT_YET = [401, 429];

/** An answer, whatever it says, ends an attempt; silence and the server's own failures leave it open. */
export function isDefinite(error: unknown): boolean {
  return error instanceof Refused && error.status < 500 && !NOT_YET.includes(error.status);
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Record<string, string | number | undefined>;
  json?: unknown;
  form?: globalThis.FormData;
  /** The version that the caller has seen, sent as `If-Match`. */
  version?: number;
  key?: string;
  /** When it was done, by this device's clock (ms): what waited for a connection was done earlier. Now, if not given. */
  done?: number;
  signal?: AbortSignal;
}

/** What every call carries; set by the session and by the language switch. */
export const connection = {
  csrfToken: "",
  /** Whose session it is: what is kept on the device is kept for them. */
  person: "",
  language: "zh-CN" as Language,
  onSignedOut: (): void => undefined,
};

function address(path: string, query: Call["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : "");
}

function headers(call: Call): Headers {
  const set = new Headers({ Accept: "application/json", "Accept-Language": connection.language });
  if ((call.method ?? "GET") !== "GET" && connection.csrfToken) set.set("X-CSRF-Token", connection.csrfToken);
  if (call.json !== undefined) set.set("Content-Type", "application/json");
  if (call.version !== undefined) set.set("If-Match", `"${call.version}"`);
  if (call.key) set.set("Idempotency-Key", call.key);
  if ((call.method ?? "GET") !== "GET") set.set("Duban-Device-Time", new Date(call.done ?? Date.now()).toISOString());
  return set;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { status: response.status, title: response.statusText };
  }
}

/**
 * Call the API. Returns the decoded answer (undefined for 204).
 * Throws `Refused` when the server says no and `Unreachable` when nothing came back, a gateway's 502 and 504 included.
 */
export async function request<T>(path: string, call: Call = {}): Promise<T> {
  const response = await send(path, call);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new Unreachable(error);
  }
}

/** Like `request`, for answers that are text, such as a diagram. */
export async function requestText(path: string, call: Call = {}): Promise<string> {
  return (await send(path, call)).text();
}

async function send(path: string, call: Call): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path, call.query), {
      method: call.method ?? "GET",
      headers: headers(call),
      body: call.form ?? (call.json === undefined ? undefined : JSON.stringify(call.json)),
      credentials: "same-origin",
      signal: call.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(error);
  }
  if (response.status === 502 || response.status === 504) throw new Unreachable(response.status);
  if (!response.ok) {
    if (response.status === 401 && path !== "/session") connection.onSignedOut();
    throw new Refused(response.status, await problemOf(response));
  }
  return response;
}

/** A random UUID; `crypto.randomUUID` does not exist on plain http, where a phone in the field may well be. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
