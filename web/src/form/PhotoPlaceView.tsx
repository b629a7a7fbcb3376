import type { ReactElement } from "react";

import type { Attachment, Json } from "../api/types";
import { Photos, type PhotoValue } from "../photos/Photos";
import type { PhotoPlace } from "./photoField";
import { numberProperty } from "./schema";

interface Props {
  place: PhotoPlace;
  /** "task|<id>" or "case|<id>": what the pictures are filed under. */
  subject: string;
  attachments: Attachment[];
  onArrived: (attachment: Attachment) => void;
}

/** A `photo` field of a form, drawn. */
export function PhotoPlaceView({ place, subject, attachments, onArrived }: Props): ReactElement {
  const { field, value, errors, editable, change } = place;
  const name = field.key ?? field.id ?? "photo";
  return (
    <Photos
      label={field.label ?? name}
      hint={typeof field.description === "string" ? field.description : undefined}
      place={`${subject}|${name}`}
      kind={roleOf(name)}
      value={Array.isArray(value) ? (value as unknown as PhotoValue[]) : []}
      known={attachments}
      errors={errors}
      editable={editable}
      maximum={numberProperty(field, "maximum")}
      onChange={(next) => change(next as unknown as Json)}
      onArrived={onArrived}
    />
  );
}

/** The forms of a process name their fields by what the picture shows: before or after the work, or evidence at large. */
function roleOf(name: string): Attachment["role"] {
  if (/after/i.test(name)) return "after";
  return /before/i.test(name) ? "before" : "evidence";
}
