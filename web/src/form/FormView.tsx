import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "./form.css";

import { Form } from "@bpmn-io/form-js-viewer";
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
  type Ref,
} from "react";
import { createPortal } from "react-dom";

import type { FormData, FormSchema } from "../api/types";
import { useI18n } from "../i18n";
import { PhotoPlaces, type PhotoPlace } from "./photoField";
import { FormSession, type Outcome, type Problem } from "./session";
import { speakForms } from "./texts";

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
  const { t, language } = useI18n();
  const container = useRef<HTMLDivElement>(null);
  const [places] = useState(() => new PhotoPlaces());
  const session = useRef<FormSession | null>(null);
  const typed = useRef<FormData>(initial);

  const changed = useEffectEvent((data: FormData) => onChange?.(data));

  useEffect(() => {
    if (!container.current) return;
    speakForms(language, t);
    const made = new FormSession(new Form(FormSession.options(container.current, places)), {
      translate: t,
      onChange: (data, all) => {
        typed.current = all;
        changed(data);
      },
    });
    session.current = made;
    void made.open(schema, typed.current);
    return () => made.close();
  }, [schema, places, language, t]);

  // Made anew, the form would close a list that is open and lose the field that has the focus.
  useEffect(() => session.current?.setEditable(editable), [schema, places, language, t, editable]);

  useImperativeHandle(ref, () => ({
    submit: () => (session.current as FormSession).submit(),
    show: (fields) => (session.current as FormSession).show(fields),
    focus: (problem) => (session.current as FormSession).focus(problem),
    data: () => (session.current as FormSession).data(),
  }));

  const touch = () => session.current?.touch();
  return (
    <>
      {/* It only notices that a person has begun; the calendar sends input events of its own, which are not trusted. */}
      <div
        ref={container}
        className="form"
        onPointerDownCapture={touch}
        onKeyDownCapture={touch}
        onInputCapture={(event) => (event.isTrusted ? touch() : undefined)}
      />
      <Portals places={places} photos={photos} touch={touch} />
    </>
  );
}

interface PortalsProps {
  places: PhotoPlaces;
  photos: Props["photos"];
  touch: () => void;
}

function Portals({ places, photos, touch }: PortalsProps): ReactElement {
  const shown = useSyncExternalStore(places.subscribe, places.list);
  return <>{shown.map(([id, place]) => createPortal(photos(touching(place, touch)), place.element, id))}</>;
}

function touching(place: PhotoPlace, touch: () => void): PhotoPlace {
  const change: PhotoPlace["change"] = (value) => {
    touch();
    place.change(value);
  };
  return { ...place, change };
}
