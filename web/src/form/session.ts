import type { Form, FormFields } from "@bpmn-io/form-js-viewer";

import type { FormComponent, FormData, FormSchema, Json } from "../api/types";
import type { Translate } from "../i18n";
import { serverMessage, viewerMessage } from "./messages";
import { photoField, type PhotoPlaces } from "./photoField";
import { fieldPath, numberProperty } from "./schema";

/** Something wrong with one field, or, without `field`, with the whole. */
export interface Problem {
  field: string | null;
  label: string;
  messages: string[];
  domId: string | null;
}

export interface Outcome {
  data: FormData;
  problems: Problem[];
}

interface Instance {
  id: string;
  valuePath: (string | number)[];
  indexes?: Record<string, number>;
}

interface Validator {
  validateFieldInstance: (instance: Instance, value: Json | undefined) => string[];
}

interface Hooks {
  translate: Translate;
  /** `data` is what would be sent; `all` also holds what the form only shows. */
  onChange: (data: FormData, all: FormData) => void;
}

/** One opened form-js form: the only place that knows the viewer's insides (1.23.0, pinned). */
export class FormSession {
  private touched = false;
  private opened = false;
  private editable = true;

  constructor(
    private readonly form: Form,
    private readonly hooks: Hooks,
  ) {
    this.wrapValidator();
  }

  static options(
    container: HTMLElement,
    places: PhotoPlaces,
  ): { container: HTMLElement; additionalModules: object[]; debounce: boolean } {
    // Debounced, the viewer reads an input's text late, and a redraw in between (a photo that arrives) would lose what was typed.
    return { container, additionalModules: FormSession.modules(places), debounce: false };
  }

  private static modules(places: PhotoPlaces): object[] {
    const register = (formFields: FormFields): void => formFields.register("photo", photoField(places));
    register.$inject = ["formFields"];
    return [{ __init__: [register] }];
  }

  async open(schema: FormSchema, data: FormData): Promise<void> {
    await this.form.importSchema(schema, data);
    this.opened = true;
    this.setEditable(this.editable);
    this.form.on("changed", 500, () => {
      if (this.touched) this.hooks.onChange(this.data(), this.all());
    });
  }

  setEditable(editable: boolean): void {
    this.editable = editable;
    if (this.opened) this.form.setProperty("readOnly", !editable);
  }

  /** The viewer also reports changes of its own making while it draws; from here on they follow from a person's. */
  touch(): void {
    this.touched = true;
  }

  close(): void {
    this.form.destroy();
  }

  data(): FormData {
    return this.form._getSubmitData();
  }

  submit(): Outcome {
    const { data } = this.form.submit();
    return { data: data, problems: this.problems() };
  }

  show(fields: Record<string, string[]>): Problem[] {
    const rest: Problem[] = [];
    const errors: Record<string, unknown> = {};
    for (const [name, messages] of Object.entries(fields)) {
      const words = messages.map((message) => serverMessage(message, this.hooks.translate));
      const path = fieldPath(name);
      const instance = this.instances().find((one) => samePath(one.valuePath, path));
      if (instance) put(errors, errorPath(instance), words);
      else rest.push({ field: null, label: path.join("."), messages: words, domId: null });
    }
    this.form._setState({ errors });
    return [...this.problems(), ...rest];
  }

  focus(problem: Problem): void {
    const element = problem.domId && document.getElementById(problem.domId);
    if (!element) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    element.focus({ preventScroll: true });
  }

  private all(): FormData {
    return this.form._getState().data;
  }

  private instances(): Instance[] {
    return this.form.get<{ getAllKeyed: () => Instance[] }>("formFieldInstanceRegistry").getAllKeyed();
  }

  private field(id: string): FormComponent {
    return this.form.get<{ get: (id: string) => FormComponent }>("formFieldRegistry").get(id);
  }

  /** In the order in which the fields stand on the page. */
  private problems(): Problem[] {
    const { errors } = this.form._getState() as { errors: Record<string, unknown> };
    const found = this.instances().flatMap((instance) => {
      const messages = pick(errors, errorPath(instance));
      if (!Array.isArray(messages) || messages.length === 0) return [];
      const field = this.field(instance.id);
      return [
        { field: instance.id, label: labelOf(field), messages: messages as string[], domId: this.domId(instance) },
      ];
    });
    return found.sort((one, other) => position(one.domId) - position(other.domId));
  }

  /** The viewer names its inputs `fjs-form-<form>-<field>[_<index>…]`; groups of inputs add a number or a part. */
  private domId(instance: Instance): string | null {
    const stem = [`fjs-form-${this.form._id}-${instance.id}`, ...Object.values(instance.indexes ?? {})].join("_");
    const exact = document.getElementById(stem);
    return (
      exact?.id ??
      document.querySelector(`[id^="${CSS.escape(stem)}-"]:is(input, textarea, button, select)`)?.id ??
      null
    );
  }

  private wrapValidator(): void {
    const validator = this.form.get<Validator>("validator");
    const check = validator.validateFieldInstance.bind(validator);
    validator.validateFieldInstance = (instance, value) => {
      const found = check(instance, value).map((message) => viewerMessage(message, this.hooks.translate));
      return found.length > 0 ? found : this.photoProblems(this.field(instance.id), value);
    };
  }

  private photoProblems(field: FormComponent, value: Json | undefined): string[] {
    const least = numberProperty(field, "minimum");
    if (field.type !== "photo" || least === undefined) return [];
    const count = Array.isArray(value) ? value.length : 0;
    return count < least ? [this.hooks.translate("field.photos", { n: least })] : [];
  }
}

/** Dates and times carry their labels under names of their own. */
function labelOf(field: FormComponent): string {
  const label = [field.label, field.dateLabel, field.timeLabel].find((one) => typeof one === "string" && one !== "");
  return typeof label === "string" ? label : (field.key ?? field.type);
}

function errorPath(instance: Instance): (string | number)[] {
  return [instance.id, ...Object.values(instance.indexes ?? {})];
}

function samePath(one: (string | number)[], other: (string | number)[]): boolean {
  return one.length === other.length && one.every((step, at) => String(step) === String(other[at]));
}

function put(target: Record<string, unknown>, path: (string | number)[], value: unknown): void {
  const [first = "", ...rest] = path.map(String);
  if (rest.length === 0) target[first] = value;
  else put((target[first] ??= {}) as Record<string, unknown>, rest, value);
}

function pick(source: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[String(step)], source);
}

function position(domId: string | null): number {
  const element = domId && document.getElementById(domId);
  return element ? element.getBoundingClientRect().top : Number.MAX_SAFE_INTEGER;
}
