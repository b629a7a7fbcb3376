import {
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type RefObject,
} from "react";

import type { Attachment } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { usePhone } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { errorWords } from "../ui/states";
import { addPhoto, photoQueue } from "./device";
import type { Photo, PhotoSource, Upload } from "./queue";
import { Lightbox } from "./Lightbox";

/** What a form's `photo` field holds: which attachment, and the hash that seals it. */
export interface PhotoValue {
  id: string;
  sha256: string;
}

interface Props {
  label: string;
  hint?: string;
  place: string;
  kind: Attachment["role"];
  value: PhotoValue[];
  known: Attachment[];
  errors?: string[];
  editable: boolean;
  maximum?: number;
  onChange: (value: PhotoValue[]) => void;
  onArrived?: (attachment: Attachment) => void;
}

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic";

/** Evidence in pictures: taken, chosen, retaken, removed; each shows whether the server has it. */
export function Photos(props: Props): ReactElement {
  const { label, hint, place, value, known, errors = [], editable, maximum, onChange } = props;
  const { t } = useI18n();
  const { uploads, fresh } = useUploads(props);
  const [open, setOpen] = useState<PhotoValue | null>(null);
  const takers = usePick(place, props.kind);
  const full = maximum !== undefined && value.length + uploads.length >= maximum;
  const without = (id: string) => value.filter((one) => one.id !== id);
  return (
    <fieldset className="photos">
      <legend>{label}</legend>
      {hint ? <p className="photos-hint">{hint}</p> : null}
      <ul className="photo-list">
        {value.map((one, index) => (
          <li key={one.id} className="photo">
            <button type="button" className="photo-view" onClick={() => setOpen(one)}>
              <img
                src={fresh.get(one.id) ?? previewOf(one, known)}
                alt={t("photo.nth", { n: index + 1 })}
                loading="lazy"
              />
            </button>
            <span className="photo-state photo-sent">
              <Icon name="check" size={14} /> {t("photo.saved")}
            </span>
            {editable ? (
              <span className="photo-tools">
                <Button
                  kind="quiet"
                  icon="retake"
                  aria-label={t("photo.retake", { n: index + 1 })}
                  onClick={() => takers.retake(() => onChange(without(one.id)))}
                />
                <Button
                  kind="quiet"
                  icon="trash"
                  aria-label={t("photo.remove", { n: index + 1 })}
                  onClick={() => onChange(without(one.id))}
                />
              </span>
            ) : null}
          </li>
        ))}
        {uploads.map((upload) => (
          <Travelling key={upload.photo.clientId} upload={upload} />
        ))}
      </ul>
      {value.length + uploads.length === 0 && !editable ? <p className="faint">{t("photo.none")}</p> : null}
      {editable && !full ? <Takers {...takers} /> : null}
      {full && editable ? <p className="faint">{t("photo.full", { n: maximum })}</p> : null}
      {errors.length > 0 ? (
        <p className="field-error" role="alert">
          <Icon name="late" size={16} /> {errors.join(" ")}
        </p>
      ) : null}
      {open ? (
        <Lightbox photo={open} attachment={known.find((one) => one.id === open.id)} onClose={() => setOpen(null)} />
      ) : null}
    </fieldset>
  );
}

export function previewOf(photo: { id: string }, known: Attachment[]): string {
  const id = encodeURIComponent(photo.id);
  return known.find((one) => one.id === photo.id)?.previewUrl ?? `/api/v1/attachments/${id}/preview`;
}

/** The uploads of this place, and the pictures that arrived while the page was open (shown from the device). */
function useUploads({ place, value, onChange, onArrived }: Props): { uploads: Upload[]; fresh: Map<string, string> } {
  const all = useSyncExternalStore(photoQueue.subscribe, photoQueue.list);
  const [fresh] = useState(() => new Map<string, string>());
  // Two may arrive before React has drawn the first, so what was last said is remembered here.
  const said = useRef(value);
  useEffect(() => {
    said.current = value;
  }, [value]);
  const arrived = useEffectEvent((photo: Photo, attachment: Attachment) => {
    fresh.set(attachment.id, URL.createObjectURL(photo.blob));
    onArrived?.(attachment);
    said.current = [
      ...said.current.filter((one) => one.id !== attachment.id),
      { id: attachment.id, sha256: attachment.sha256 },
    ];
    onChange(said.current);
  });
  useEffect(() => photoQueue.attach(place, (photo, attachment) => arrived(photo, attachment)), [place]);
  return { uploads: useMemo(() => all.filter((one) => one.photo.place === place), [all, place]), fresh };
}

interface Pick {
  camera: RefObject<HTMLInputElement | null>;
  gallery: RefObject<HTMLInputElement | null>;
  take: (files: FileList | null, source: PhotoSource) => void;
  retake: (drop: () => void) => void;
}

function usePick(place: string, role: Attachment["role"]): Pick {
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);
  const replaced = useRef<(() => void) | null>(null);
  return {
    camera,
    gallery,
    take: (files, source) => {
      if (!files?.length) return;
      // The old picture goes only when there is a new one: a cancelled camera loses nothing.
      replaced.current?.();
      replaced.current = null;
      for (const file of files) void addPhoto(file, place, role, source);
    },
    retake: (drop) => {
      replaced.current = drop;
      (camera.current ?? gallery.current)?.click();
    },
  };
}

function Takers({ camera, gallery, take }: Pick): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  return (
    <div className="photo-takers">
      {phone ? (
        <>
          <input
            ref={camera}
            type="file"
            hidden
            accept="image/*"
            capture="environment"
            aria-label={t("photo.camera")}
            onChange={(event) => {
              take(event.target.files, "CAMERA");
              event.target.value = "";
            }}
          />
          <Button icon="camera" onClick={() => camera.current?.click()}>
            {t("photo.camera")}
          </Button>
        </>
      ) : null}
      <input
        ref={gallery}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        aria-label={t("photo.gallery")}
        onChange={(event) => {
          take(event.target.files, phone ? "GALLERY" : "EXTERNAL");
          event.target.value = "";
        }}
      />
      <Button icon="picture" onClick={() => gallery.current?.click()}>
        {phone ? t("photo.gallery") : t("photo.choose")}
      </Button>
    </div>
  );
}

function Travelling({ upload }: { upload: Upload }): ReactElement {
  const { t } = useI18n();
  const { photo, state, problem } = upload;
  const url = useMemo(() => URL.createObjectURL(photo.blob), [photo.blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const words = { sending: t("photo.sending"), waiting: t("photo.waiting"), refused: t("photo.refused") }[state];
  return (
    <li className={`photo photo-${state}`}>
      <span className="photo-view">
        <img src={url} alt={photo.name} />
      </span>
      <span className="photo-state" role="status">
        {state === "sending" ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon name={state === "waiting" ? "cloudOff" : "alert"} size={14} />
        )}
        {words}
      </span>
      {state === "refused" ? <span className="photo-problem">{errorWords(problem, t)}</span> : null}
      <span className="photo-tools">
        {state === "sending" ? null : (
          <Button kind="quiet" icon="send" aria-label={t("photo.sendAgain")} onClick={() => void photoQueue.retry()} />
        )}
        <Button
          kind="quiet"
          icon="trash"
          aria-label={t("photo.discard", { name: photo.name })}
          onClick={() => void photoQueue.remove(photo.clientId)}
        />
      </span>
    </li>
  );
}

/** How many pictures of this task the server does not have yet: it cannot be completed before. */
export function usePendingPhotos(prefix: string): number {
  const all = useSyncExternalStore(photoQueue.subscribe, photoQueue.list);
  return all.filter((one) => one.photo.place.startsWith(prefix)).length;
}
