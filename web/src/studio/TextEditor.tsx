import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type ReactElement, type Ref } from "react";

import { useI18n } from "../i18n";
import type { EditorHandle } from "./editors";

interface Props {
  text: string;
  onTouch: (same: boolean) => void;
  onChange: (text: string) => void;
  onReady: () => void;
  ref?: Ref<EditorHandle>;
}

/** A file as the text that it is. */
export default function TextEditor({ text, onChange, onReady, ref }: Props): ReactElement {
  const { t } = useI18n();
  const [now, setNow] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  const ready = useEffectEvent(onReady);
  useEffect(() => ready(), []);
  useImperativeHandle(ref, () => ({ flush: () => Promise.resolve(), select: (id) => seek(area.current, id) }), []);
  return (
    <textarea
      ref={area}
      className="studio-text"
      aria-label={t("studio.text")}
      spellCheck={false}
      value={now}
      onChange={(event) => {
        setNow(event.target.value);
        onChange(event.target.value);
      }}
    />
  );
}

function seek(area: HTMLTextAreaElement | null, words: string): void {
  const at = words === "" ? -1 : (area?.value.indexOf(words) ?? -1);
  if (at < 0) return;
  area?.focus();
  area?.setSelectionRange(at, at + words.length);
}
