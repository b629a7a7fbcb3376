import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "@bpmn-io/form-js-editor/dist/assets/form-js-editor.css";
import "@bpmn-io/form-js-editor/dist/assets/properties-panel.css";
import "./forms.css";

import {
  lazy,
  Suspense,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type Ref,
} from "react";

import type { FormSchema, Language } from "../../api/types";
import { useI18n } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Loading, Notice } from "../../ui/states";
import { Tabs } from "../../ui/Tabs";
import type { EditorHandle } from "../editors";
import { Writer } from "../writer";
import type { FormDesk } from "./formDesk";
import { inLanguage, textOf } from "./schema";
import { speakFormEditor } from "./translation";

const FormView = lazy(() => import("../../form/FormView"));
const TextEditor = lazy(() => import("../TextEditor"));

interface Props {
  text: string;
  onTouch: (same: boolean) => void;
  onChange: (text: string) => void;
  onReady: () => void;
  ref?: Ref<EditorHandle>;
}

const VIEWS = ["edit", "desktop", "phone"] as const;
type View = (typeof VIEWS)[number];

/** A form: its editor, and how people will see it on a desk and on a phone, in either language. */
export default function FormEditor({ ref, ...props }: Props): ReactElement {
  const { t, language } = useI18n();
  const [view, setView] = useState<View>("edit");
  const [spoken, setSpoken] = useState<Language>(language);
  const [text, setText] = useState(props.text);
  const inner = useRef<EditorHandle>(null);
  useImperativeHandle(ref, () => ({
    flush: () => inner.current?.flush() ?? Promise.resolve(),
    select: (id) => inner.current?.select(id),
  }));
  const change = (now: string) => {
    setText(now);
    props.onChange(now);
  };
  const go = async (to: View) => {
    await inner.current?.flush();
    setView(to);
  };
  const schema = useMemo(() => parsed(text), [text]);
  if (!schema) {
    return (
      <div className="studio-form">
        <Notice tone="bad">{t("studio.form.broken")}</Notice>
        <Suspense fallback={<Loading />}>
          <TextEditor {...props} ref={inner} onChange={change} />
        </Suspense>
      </div>
    );
  }
  return (
    <div className="studio-form">
      <div className="studio-form-bar">
        <Tabs
          label={t("studio.form.views")}
          value={view}
          onChange={(to) => void go(to)}
          tabs={VIEWS.map((value) => ({ value, label: t(`studio.form.${value}`) }))}
        />
        {view === "edit" ? null : (
          <label>
            {t("studio.form.language")}{" "}
            <select className="input" value={spoken} onChange={(event) => setSpoken(event.target.value as Language)}>
              <option value="zh-CN">中文</option>
              <option value="en">English</option>
            </select>
          </label>
        )}
      </div>
      {view === "edit" ? (
        <Editing {...props} text={text} onChange={change} ref={inner} />
      ) : (
        <Preview schema={inLanguage(schema, spoken)} phone={view === "phone"} />
      )}
    </div>
  );
}

function parsed(text: string): FormSchema | null {
  try {
    const schema = JSON.parse(text) as unknown;
    return typeof schema === "object" && schema !== null && !Array.isArray(schema) ? (schema as FormSchema) : null;
  } catch {
    return null;
  }
}

function Preview({ schema, phone }: { schema: FormSchema; phone: boolean }): ReactElement {
  return (
    <div className="studio-preview">
      <div className={phone ? "studio-phone" : "studio-desktop"}>
        <Suspense fallback={<Loading />}>
          <FormView
            schema={schema}
            initial={{}}
            editable
            photos={() => (
              <div className="studio-photo">
                <Icon name="camera" />
              </div>
            )}
          />
        </Suspense>
      </div>
    </div>
  );
}

function Editing({ ref, ...props }: Props): ReactElement {
  const { t, language } = useI18n();
  const host = useRef<HTMLDivElement>(null);
  const current = useRef(props.text);
  const desk = useRef<FormDesk | null>(null);
  const writer = useRef<Writer | null>(null);
  const [can, setCan] = useState({ undo: false, redo: false });
  const [broken, setBroken] = useState<string | null>(null);
  const hear = useRef(props);
  useEffect(() => {
    hear.current = props;
  });

  useEffect(() => {
    const container = host.current;
    if (!container) return;
    let gone = false;
    const began = current.current;
    const writing = new Writer(
      () => Promise.resolve(desk.current ? textOf(desk.current.schema(), began) : undefined),
      (text) => {
        if (text === current.current) hear.current.onTouch(true);
        else hear.current.onChange(text);
        current.current = text;
      },
    );
    writer.current = writing;
    const changed = () => {
      hear.current.onTouch(false);
      writing.later();
      if (desk.current) setCan(desk.current.can());
    };
    // Its texts are looked up when it is loaded, too.
    speakFormEditor(language);
    const opened = import("./formDesk").then(async ({ openForm }) => {
      const made = await openForm(container, began, language, changed);
      if (gone) made.close();
      else desk.current = made;
      hear.current.onReady();
    });
    opened.catch((error: unknown) => {
      if (!gone) setBroken(error instanceof Error ? error.message : String(error));
    });
    return () => {
      gone = true;
      const closing = desk.current;
      void writing.flush().finally(() => closing?.close());
      desk.current = null;
    };
  }, [language]);

  useImperativeHandle(ref, () => ({
    flush: () => writer.current?.flush() ?? Promise.resolve(),
    select: (id) => desk.current?.select(id),
  }));

  return (
    <>
      <div className="studio-tools" role="toolbar" aria-label={t("studio.tools")}>
        <Button icon="undo" aria-label={t("studio.undo")} disabled={!can.undo} onClick={() => desk.current?.undo()} />
        <Button icon="redo" aria-label={t("studio.redo")} disabled={!can.redo} onClick={() => desk.current?.redo()} />
      </div>
      {broken ? (
        <Notice tone="bad">
          {t("studio.form.broken")} <code>{broken}</code>
        </Notice>
      ) : null}
      <div ref={host} className="studio-form-host" />
    </>
  );
}
