/** The photo queue of this device: IndexedDB beneath, the API above, and where and when a picture was taken. */
import { createStore, del, set, values } from "idb-keyval";

import { request, uuid } from "../api/client";
import type { Attachment } from "../api/types";
import { isDefinite } from "../task/actions";
import { PhotoQueue, type Photo, type PhotoSource } from "./queue";

const store = createStore("duban-photos", "photos");

export const photoQueue = new PhotoQueue({
  store: {
    all: () => values<Photo>(store),
    put: (photo) => set(photo.clientId, photo, store),
    remove: (clientId) => del(clientId, store),
  },
  send,
  isDefinite,
  later: (again, milliseconds) => setTimeout(again, milliseconds),
});

addEventListener("online", () => void photoQueue.retry());
void photoQueue.resume();

/** `place` is "task:<id>:<field>" or "case:<id>:<field>": the first part says what the server files the picture under. */
function send(photo: Photo): Promise<Attachment> {
  const [kind = "task", ...rest] = photo.place.split("|");
  const form = new globalThis.FormData();
  form.set("file", photo.blob, photo.name);
  form.set(kind, rest[0] ?? "");
  form.set("role", photo.role);
  form.set("source", photo.source);
  form.set("capturedAt", photo.capturedAt);
  form.set("clientId", photo.clientId);
  if (photo.gps) form.set("gps", photo.gps);
  if (photo.gpsMissingReason) form.set("gpsMissingReason", photo.gpsMissingReason);
  return request<Attachment>("/attachments", { method: "POST", form });
}

/** Queue a picture. Its place on earth is asked for only when it was taken just now, with this device's camera. */
export async function addPhoto(file: File, place: string, role: Photo["role"], source: PhotoSource): Promise<void> {
  const where = source === "CAMERA" ? await position() : { gpsMissingReason: "not taken with this device" };
  const capturedAt = new Date(source === "CAMERA" ? Date.now() : file.lastModified).toISOString();
  await photoQueue.add({
    clientId: uuid(),
    place,
    blob: file,
    name: file.name || "photo.jpg",
    source,
    role,
    capturedAt,
    ...where,
  });
}

const PATIENCE = 4_000;

function position(): Promise<Pick<Photo, "gps" | "gpsMissingReason">> {
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
