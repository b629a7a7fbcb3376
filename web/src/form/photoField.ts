/**
 * The `photo` component of our forms, as form-js (Preact) sees it: an empty place in the form, announced to React.
 *
 * React draws the photos into that place through a portal (`FormView`), so that there is one implementation of photos,
 * with the application's language, queries and theme.
 */
import { h, type VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { FormComponent, Json } from "../api/types";

export interface PhotoPlace {
  element: HTMLElement;
  field: FormComponent;
  value: Json | undefined;
  errors: string[];
  editable: boolean;
  change: (value: Json) => void;
}

/** The places of one form, for `useSyncExternalStore`. */
export class PhotoPlaces {
  private places = new Map<string, PhotoPlace>();
  private shown: [string, PhotoPlace][] = [];
  private readonly listeners = new Set<() => void>();

  put(id: string, place: PhotoPlace): void {
    const before = this.places.get(id);
    const same =
      before && (["element", "field", "value", "editable"] as const).every((key) => before[key] === place[key]);
    if (same && before.errors.join() === place.errors.join()) {
      before.change = place.change;
      return;
    }
    this.places.set(id, place);
    this.publish();
  }

  remove(id: string): void {
    this.places.delete(id);
    this.publish();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly list = (): [string, PhotoPlace][] => this.shown;

  private publish(): void {
    this.shown = [...this.places];
    this.listeners.forEach((listener) => listener());
  }
}

interface FieldProps {
  field: FormComponent;
  value: Json | undefined;
  errors: string[];
  domId: string;
  disabled: boolean;
  readonly: boolean;
  onChange: (change: { value: Json }) => void;
}

const CONFIG = {
  type: "photo",
  keyed: true,
  name: "Photo",
  label: "Photo",
  group: "basic-input",
  emptyValue: [],
  sanitizeValue: ({ value }: { value: unknown }) => (Array.isArray(value) ? (value as Json[]) : []),
  create: (options: object = {}) => options,
};

/** The component for one form, which announces its places to `places`. */
export function photoField(places: PhotoPlaces): PhotoComponent {
  const component = (props: FieldProps): VNode => PhotoField({ ...props, places });
  return Object.assign(component, { config: CONFIG });
}

export type PhotoComponent = ((props: FieldProps) => VNode) & { config: typeof CONFIG };

function PhotoField({
  field,
  value,
  errors,
  domId,
  disabled,
  readonly,
  onChange,
  places,
}: FieldProps & { places: PhotoPlaces }): VNode {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const change = (next: Json): void => onChange({ value: next });
    places.put(domId, { element: host.current, field, value, errors, editable: !disabled && !readonly, change });
  });
  useEffect(() => () => places.remove(domId), [places, domId]);
  return h("div", { ref: host, class: "fjs-form-field", id: domId, tabIndex: -1 }) as VNode;
}
