/** Pictures of this device: what they are called before the server has them, and where and when they were taken. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { connection, uuid } from "../api/client";
import type { Attachment } from "../api/types";
import { outbox, stamp } from "../outbox/device";
import type { Letter } from "../outbox/outbox";

export type PhotoSource = Attachment["source"];

/** What a form's `photo` field holds: which attachment, and the hash that seals it. */
export interface PhotoValue {
  id: string;
  sha256: string;
}

/** A picture to be kept. `place` is "task|<id>|<field>" or "case|<id>|<field>": what the server files it under. */
export interface Shot {
  picture: Blob;
  name: string;
  place: string;
  role: Attachment["role"];
  source: PhotoSource;
  /** The picture that this one answers: after the work, or with marks drawn on it. */
  pairOf?: string;
  /** ISO 8601; by default now. */
  capturedAt?: string;
  where?: Where;
}

export type Where = { gps: string } | { gpsMissingReason: string };

/** What the screens know of a picture on its way. */
export interface PhotoAbout extends PhotoValue {
  place: string;
  name: string;
}

export function aboutPhoto(letter: Letter): PhotoAbout | null {
  return letter.kind === "photo" ? (letter.about as PhotoAbout) : null;
}

/** The id that the server gives to this person's upload (`workflows/attachments.py` says the same). */
export function attachmentId(person: string, clientId: string): string {
  return `a-${bytesToHex(sha256(utf8ToBytes(`${person} ${clientId}`))).slice(0, 24)}`;
}

/** Put a picture into the outbox and say, before the server has it, how forms and answers name it. */
export async function addPhoto(shot: Shot): Promise<PhotoValue> {
  const clientId = uuid();
  const bytes = new Uint8Array(await shot.picture.arrayBuffer());
  const value = { id: attachmentId(connection.person, clientId), sha256: bytesToHex(sha256(bytes)) };
  const [kind = "task", subject = ""] = shot.place.split("|");
  const where = shot.where ?? (shot.source === "CAMERA" ? await position() : NOT_HERE);
  const form: Record<string, string | Blob> = {
    // A copy: what a file picker gives may change or vanish below us.
    file: new File([bytes], shot.name, { type: shot.picture.type }),
    [kind]: subject,
    role: shot.role,
    source: shot.source,
    capturedAt: shot.capturedAt ?? new Date().toISOString(),
    clientId,
    ...where,
    ...(shot.pairOf ? { pairOf: shot.pairOf } : {}),
  };
  const about: PhotoAbout = { ...value, place: shot.place, name: shot.name };
  const call = { path: "/attachments", form };
  void outbox.add({
    id: clientId, person: connection.person, subject, kind: "photo", title: shot.name, call, about, at: stamp(),
  }); // prettier-ignore
  return value;
}

const urls = new Map<string, string>();

/** Where the browser finds a picture that this page has seen on the device, sent or not. */
export function localUrl(id: string, letter?: Letter): string | undefined {
  const picture = letter?.call.form?.file;
  if (!urls.has(id) && picture instanceof Blob) urls.set(id, URL.createObjectURL(picture));
  return urls.get(id);
}

const NOT_HERE: Where = { gpsMissingReason: "not taken with this device" };
const PATIENCE = 4_000;

/** Ask where the device is; asked when the camera opens, the answer is there when the picture is. */
export function position(): Promise<Where> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator) || !isSecureContext) {
      resolve({ gpsMissingReason: "no location service" });
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ gps: `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}` }),
      (error) => resolve({ gpsMissingReason: error.code === error.PERMISSION_DENIED ? "location denied" : "no fix" }),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  });
}
