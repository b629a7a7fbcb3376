import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from "react";

import type { Attachment } from "../api/types";
import { useI18n } from "../i18n";
import { outbox, useKept } from "../outbox/device";
import type { Kept } from "../outbox/outbox";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { errorWords } from "../ui/states";
import { AnnotateSheet } from "./AnnotateSheet";
import { aboutPhoto, addPhoto, localUrl, type PhotoValue, type Shot } from "./device";
import { Lightbox } from "./Lightbox";
import { Takers } from "./Takers";

export type { PhotoValue } from "./device";

interface Props {
  label: string;
  hint?: string;
  place: string;
  kind: Attachment["role"];
  value: PhotoValue[];
  known: Attachment[];
  /** Pictures of before the work, to take these from the same place. */
  before?: Attachment[];
  errors?: string[];
  editable: boolean;
  maximum?: number;
  onChange: (value: PhotoValue[]) => void;
  onArrived?: (attachment: Attachment) => void;
}

/** Evidence in pictures: taken, chosen, retaken, removed; each shows whether the server has it. */
export function Photos(props: Props): ReactElement {
  const { label, hint, known, errors = [], editable, maximum } = props;
  const { t } = useI18n();
  const { shown, travelling, add, remove } = usePictures(props);
  const [open, setOpen] = useState<PhotoValue | null>(null);
  const [replaced, setReplaced] = useState<string | null>(null);
  const [marking, setMarking] = useState<PhotoValue | null>(null);
  const srcOf = (photo: PhotoValue) => localUrl(photo.id, travelling.get(photo.id)?.letter) ?? previewOf(photo, known);
  const full = maximum !== undefined && shown.length >= maximum;
  const take = async (shots: Omit<Shot, "place" | "role">[]) => {
    for (const shot of shots) await add(shot);
    // The old picture goes only when there is a new one: a cancelled camera loses nothing.
    if (replaced) remove(replaced);
    setReplaced(null);
  };
  return (
    <fieldset className="photos">
      <legend>{label}</legend>
      {hint ? <p className="photos-hint">{hint}</p> : null}
      <ul className="photo-list">
        {shown.map((one, index) => (
          <Picture
            key={one.id}
            photo={one}
            number={index + 1}
            kept={travelling.get(one.id)}
            known={known}
            onOpen={() => setOpen(one)}
            onMark={editable && !full ? () => setMarking(one) : undefined}
            onRetake={editable ? () => setReplaced(one.id) : undefined}
            onRemove={editable ? () => remove(one.id) : undefined}
          />
        ))}
      </ul>
      {shown.length === 0 && !editable ? <p className="faint">{t("photo.none")}</p> : null}
      {editable && (!full || replaced) ? (
        <Takers again={replaced} before={props.before} onTake={(shots) => void take(shots)} />
      ) : null}
      {full && editable && !replaced ? <p className="faint">{t("photo.full", { n: maximum })}</p> : null}
      {errors.length > 0 ? (
        <p className="field-error" role="alert">
          <Icon name="late" size={16} /> {errors.join(" ")}
        </p>
      ) : null}
      {open ? (
        <Lightbox
          photo={open}
          src={srcOf(open)}
          others={[...known, ...(props.before ?? [])]}
          attachment={known.find((one) => one.id === open.id)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {marking ? (
        <AnnotateSheet
          src={srcOf(marking)}
          onClose={() => setMarking(null)}
          onSave={(picture) => {
            void add({ picture, name: t("mark.name"), source: "EXTERNAL", pairOf: marking.id });
            setMarking(null);
          }}
        />
      ) : null}
    </fieldset>
  );
}

export function previewOf(photo: { id: string }, known: Attachment[]): string {
  const id = encodeURIComponent(photo.id);
  return known.find((one) => one.id === photo.id)?.previewUrl ?? `/api/v1/attachments/${id}/preview`;
}

/** The pictures of a place: those that the form names, and those of this device that it does not name yet. */
function usePictures({ place, kind, value, onChange, onArrived }: Props) {
  const kept = useKept(place.split("|")[1]).kept.filter(({ letter }) => aboutPhoto(letter)?.place === place);
  const travelling = new Map(kept.map((one) => [aboutPhoto(one.letter)?.id ?? "", one]));
  // Two may be taken before React has drawn the first, so what was last said is remembered here.
  const said = useRef(value);
  useEffect(() => {
    said.current = value;
  }, [value]);
  const say = (photos: PhotoValue[]) => {
    said.current = photos;
    onChange(photos);
  };
  const arrived = useEffectEvent((attachment: Attachment) => onArrived?.(attachment));
  useEffect(
    () =>
      outbox.onSent((letter, answer) => {
        if (aboutPhoto(letter)?.place === place) arrived(answer as Attachment);
      }),
    [place],
  );
  const named = new Set(value.map((one) => one.id));
  const unnamed = kept.flatMap(({ letter }) => aboutPhoto(letter) ?? []).filter((one) => !named.has(one.id));
  return {
    shown: [...value, ...unnamed.map(({ id, sha256 }) => ({ id, sha256 }))],
    travelling,
    add: async (shot: Omit<Shot, "place" | "role">) => {
      const photo = await addPhoto({ ...shot, place, role: kind });
      say([...said.current.filter((one) => one.id !== photo.id), photo]);
    },
    remove: (id: string) => {
      const letter = travelling.get(id)?.letter;
      if (letter) void outbox.discard(letter.id);
      say(said.current.filter((one) => one.id !== id));
    },
  };
}

interface PictureProps {
  photo: PhotoValue;
  number: number;
  kept: Kept | undefined;
  known: Attachment[];
  onOpen: () => void;
  onMark?: () => void;
  onRetake?: () => void;
  onRemove?: () => void;
}

function Picture({ photo, number, kept, known, onOpen, onMark, onRetake, onRemove }: PictureProps): ReactElement {
  const { t } = useI18n();
  const state = kept?.state ?? "sent";
  const words = {
    sent: t("photo.saved"),
    sending: t("photo.sending"),
    waiting: t("photo.waiting"),
    refused: t("photo.refused"),
  }[state];
  return (
    <li className={`photo photo-${state}`}>
      <button type="button" className="photo-view" onClick={onOpen}>
        <img
          src={localUrl(photo.id, kept?.letter) ?? previewOf(photo, known)}
          alt={t("photo.nth", { n: number })}
          loading="lazy"
        />
      </button>
      <span className="photo-state" role="status">
        {state === "sending" ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon name={state === "sent" ? "check" : state === "waiting" ? "cloudOff" : "alert"} size={14} />
        )}
        {words}
      </span>
      <code className="photo-hash" title={`${t("photo.hashBadge")} ${photo.sha256}`}>
        <Icon name="shield" size={12} /> {photo.sha256.slice(0, 8)}
      </code>
      {state === "refused" ? <span className="photo-problem">{errorWords(kept?.problem, t)}</span> : null}
      {onRetake && onRemove ? (
        <span className="photo-tools">
          {onMark ? (
            <Button kind="quiet" icon="pen" aria-label={t("mark.open", { n: number })} onClick={onMark} />
          ) : null}
          <Button kind="quiet" icon="retake" aria-label={t("photo.retake", { n: number })} onClick={onRetake} />
          <Button kind="quiet" icon="trash" aria-label={t("photo.remove", { n: number })} onClick={onRemove} />
        </span>
      ) : null}
    </li>
  );
}
