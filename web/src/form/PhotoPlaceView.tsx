import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { requestKept } from "../api/kept";
import { path } from "../api/queries";
import type { Attachment, Case, Json } from "../api/types";
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
  const before = useBefore(subject, roleOf(name) === "after" && editable);
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
      before={before}
      onArrived={onArrived}
    />
  );
}

/** The case's pictures of before the work, where there is something to match them with. */
function useBefore(subject: string, wanted: boolean): Attachment[] {
  const [kind, id = ""] = subject.split("|");
  const caseId = kind === "task" ? (id.split(":")[0] ?? "") : id;
  const query = useQuery({
    queryKey: ["before", caseId],
    enabled: wanted && caseId !== "",
    queryFn: ({ signal }) => requestKept<Pick<Case, "attachments">>(path.case(caseId), { signal }),
  });
  return (query.data?.attachments ?? []).filter((one) => one.role === "before" && one.previewUrl);
}

/** The forms of a process name their fields by what the picture shows: before or after the work, or evidence at large. */
function roleOf(name: string): Attachment["role"] {
  if (/after|accept/i.test(name)) return "after";
  return /before/i.test(name) ? "before" : "evidence";
}
