import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactElement } from "react";

import type { Answer, Attachment, ChecklistItem } from "../api/types";
import { useI18n } from "../i18n";
import { NoticeSheet } from "../finding/NoticeSheet";
import { Phrases } from "../finding/Phrases";
import { Photos } from "../photos/Photos";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { gradeKey } from "./grades";
import type { Filling } from "./useChecklist";

interface Props {
  item: ChecklistItem;
  answer: Answer;
  filling: Filling;
  subject: string;
  attachments: Attachment[];
  onArrived: (attachment: Attachment) => void;
}

type Field = "note" | "place" | "measures";

const LONGEST: Record<Field, number> = { note: 300, place: 100, measures: 500 };

/** What a failed item asks for: a photo, what is wrong, where, and what is to be done; the template's words stand ready. */
export function FailedDetails(props: Props): ReactElement {
  const { item, answer, filling, subject, attachments, onArrived } = props;
  const { t } = useI18n();
  const { words, type, commit } = useWords(props);
  const [noticing, setNoticing] = useState(false);
  return (
    <div className="check-more">
      <Photos
        label={t("check.photo")}
        place={`${subject}|${item.item}`}
        kind="evidence"
        value={answer.photos}
        known={attachments}
        editable={filling.editable}
        maximum={9}
        onChange={(photos) => filling.answer(item, "FAIL", { ...words, photos })}
        onArrived={onArrived}
      />
      <Text field="note" words={words} editable={filling.editable} onType={type} onLeave={commit} />
      {words.note.trim() === "" ? (
        <p className="field-error">
          <Icon name="late" size={16} /> {t("check.needsNote")}
        </p>
      ) : null}
      {filling.editable ? <Phrases item={item.item} text={words.note} onChoose={(note) => type("note", note)} /> : null}
      <Text field="place" words={words} editable={filling.editable} onType={type} onLeave={commit} />
      <Text field="measures" words={words} editable={filling.editable} onType={type} onLeave={commit} />
      <label className="check-raised">
        <input
          type="checkbox"
          checked={answer.raised}
          disabled={!filling.editable}
          onChange={(event) => filling.answer(item, "FAIL", { ...words, raised: event.target.checked })}
        />
        {t("check.raised")}
      </label>
      {filling.visitNo && filling.editable && !answer.raised ? (
        <Button
          kind="primary"
          wide
          icon="send"
          disabled={words.note.trim() === "" || answer.photos.length === 0}
          onClick={() => {
            commit();
            setNoticing(true);
          }}
        >
          {t("notice2.open")}
        </Button>
      ) : null}
      {noticing && filling.visitNo ? (
        <NoticeSheet
          finding={{ visitNo: filling.visitNo, item: item.item, title: item.text, photos: answer.photos, ...words }}
          grade={item.findingClass ? t(gradeKey(item.findingClass)) : ""}
          measures={words.measures}
          onRaised={() => filling.answer(item, "FAIL", { ...words, raised: true })}
          onClose={() => setNoticing(false)}
        />
      ) : null}
    </div>
  );
}

type Texts = Record<Field, string>;

const STILL = 1_500;

/**
 * Typing is kept on the device with each letter and becomes an answer when it pauses or the field is left. What a reload in
 * between left behind becomes one at once, before the screen can say that all has been sent.
 */
function useWords({ item, answer, filling, subject }: Props) {
  const place = `duban.words.${subject}.${item.item}`;
  const said: Texts = { note: answer.note, place: answer.place, measures: answer.measures };
  const [typed, setTyped] = useState<Texts | null>(() => read(place));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const words = typed ?? said;
  const commit = (now: Texts | null = typed) => {
    clearTimeout(timer.current);
    if (!now || !filling.editable) return;
    if (JSON.stringify(now) !== JSON.stringify(said)) filling.answer(item, "FAIL", now);
    localStorage.removeItem(place);
    setTyped(null);
  };
  const latest = useRef(commit);
  useLayoutEffect(() => {
    latest.current = commit;
  });
  useLayoutEffect(() => latest.current(), []);
  const { setTyping } = filling;
  const typing = typed !== null;
  useLayoutEffect(() => {
    setTyping(item.item, typing);
    return () => setTyping(item.item, false);
  }, [setTyping, item.item, typing]);
  useEffect(() => {
    if (typed) timer.current = setTimeout(() => latest.current(), STILL);
    return () => clearTimeout(timer.current);
  }, [typed]);
  const type = (field: Field, text: string) => {
    const next = { ...words, [field]: text };
    localStorage.setItem(place, JSON.stringify(next));
    setTyped(next);
  };
  return { words, type, commit: () => commit() };
}

function read(place: string): Texts | null {
  const text = localStorage.getItem(place);
  return text === null ? null : (JSON.parse(text) as Texts);
}

interface TextProps {
  field: Field;
  words: Texts;
  editable: boolean;
  onType: (field: Field, text: string) => void;
  onLeave: () => void;
}

function Text({ field, words, editable, onType, onLeave }: TextProps): ReactElement {
  const { t } = useI18n();
  const id = useId();
  return (
    <div className="check-field">
      <label htmlFor={id}>{t(`check.${field}`)}</label>
      <textarea
        id={id}
        rows={field === "place" ? 1 : 2}
        maxLength={LONGEST[field]}
        value={words[field]}
        readOnly={!editable}
        onChange={(event) => onType(field, event.target.value)}
        onBlur={onLeave}
      />
    </div>
  );
}
