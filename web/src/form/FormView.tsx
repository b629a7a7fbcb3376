import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "./form.css";

import { Form } from "@bpmn-io/form-js-viewer";
import { useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore, type ReactElement, type ReactNode, type Ref } from "react";
import { createPortal } from "react-dom";

import type { FormData, FormSchema } from "../api/types";
import { useI18n } from "../i18n";
import { PhotoPlaces, type PhotoPlace } from "./photoField";
import { FormSession, type Outcome, type Problem } from "./session";

export interface FormHandle {
  /** Check every field and give the data as it would be sent. */
  submit: () => Outcome;
  /** Show what the server found; what belongs to no field of the form comes back as well, without a field. */
  show: (fields: Record<string, string[]>) => Problem[];
  focus: (problem: Problem) => void;
  data: () => FormData;
}

interface Props {
  schema: FormSchema;
  /** Read once, when the form is made or its schema changes. */
  initial: FormData;
  editable: boolean;
  onChange?: (data: FormData) => void;
  photos: (place: PhotoPlace) => ReactNode;
  ref?: Ref<FormHandle>;
}

/** A form-js form in React: its data survives a change of language, its photos are drawn by us. */
export default function FormView({ schema, initial, editable, onChange, photos, ref }: Props): ReactElement {
  const { t } = useI18n();
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef({ t, onChange });
  latest.current = { t, onChange };
  const [places] = useState(() => new PhotoPlaces());
  const session = useRef<FormSession | null>(null);
  const typed = useRef<FormData>(initial);

  useEffect(() => {
    if (!container.current) return;
    const made = new FormSession(new Form({ container: container.current, additionalModules: FormSession.modules(places) }), {
      translate: (key, values) => latest.current.t(key, values),
      onChange: (data, all) => {
        typed.current = all;
        latest.current.onChange?.(data);
      },
    });
    session.current = made;
    void made.open(schema, typed.current, editable);
    return () => made.close();
  }, [schema, places, editable]);

  useImperativeHandle(ref, () => ({
    submit: () => (session.current as FormSession).submit(),
    show: (fields) => (session.current as FormSession).show(fields),
    focus: (problem) => (session.current as FormSession).focus(problem),
    data: () => (session.current as FormSession).data(),
  }));

  return (
    <>
      <div ref={container} className="form" />
      <Portals places={places} photos={photos} />
    </>
  );
}

function Portals({ places, photos }: { places: PhotoPlaces; photos: Props["photos"] }): ReactElement {
  const shown = useSyncExternalStore(places.subscribe, places.list);
  return <>{shown.map(([id, place]) => createPortal(photos(place), place.element, id))}</>;
}
