import { useEffect, useRef, useState, type ReactElement } from "react";

import type { Attachment } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { usePhone } from "../ui/hooks";
import { position, type PhotoSource, type Shot, type Where } from "./device";
import { GhostSheet } from "./GhostSheet";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic";

type Taken = Omit<Shot, "place" | "role">;

interface Props {
  /** The picture that is to be taken again: the camera opens at once. */
  again: string | null;
  /** Pictures of before the work: with them the camera can show where they were taken from. */
  before?: Attachment[];
  onTake: (shots: Taken[]) => void;
}

/** Camera and gallery on a phone, files at a desk. */
export function Takers({ again, before = [], onTake }: Props): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);
  const where = useRef<Promise<Where>>(undefined);
  const [matching, setMatching] = useState(false);
  const shoot = () => {
    where.current = position();
    camera.current?.click();
  };
  useEffect(() => {
    if (again) (camera.current ?? gallery.current)?.click();
  }, [again]);
  const take = async (files: File[], source: PhotoSource) => {
    const here = source === "CAMERA" ? await (where.current ?? position()) : undefined;
    const shots = files.map((file): Taken => {
      const taken = source === "CAMERA" ? Date.now() : file.lastModified;
      const capturedAt = new Date(taken).toISOString();
      return { picture: file, name: file.name || "photo.jpg", source, capturedAt, where: here };
    });
    if (shots.length > 0) onTake(shots);
  };
  const matched = async (picture: Blob, pairOf: string) => {
    onTake([{ picture, name: "after.jpg", source: "CAMERA", pairOf, where: await (where.current ?? position()) }]);
  };
  const picked = (input: HTMLInputElement, source: PhotoSource) => {
    const files = [...(input.files ?? [])];
    input.value = "";
    void take(files, source);
  };
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
            onChange={(event) => picked(event.target, "CAMERA")}
          />
          <Button icon="camera" onClick={shoot}>
            {t("photo.camera")}
          </Button>
        </>
      ) : null}
      {phone && before.length > 0 ? (
        <Button
          icon="replay"
          onClick={() => {
            where.current = position();
            setMatching(true);
          }}
        >
          {t("ghost.open")}
        </Button>
      ) : null}
      {matching ? (
        <GhostSheet
          before={before.map((one) => ({ id: one.id, src: one.previewUrl ?? "" }))}
          onClose={() => setMatching(false)}
          onTake={(picture, pairOf) => {
            setMatching(false);
            void matched(picture, pairOf);
          }}
        />
      ) : null}
      <input
        ref={gallery}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        aria-label={t("photo.gallery")}
        onChange={(event) => picked(event.target, phone ? "GALLERY" : "EXTERNAL")}
      />
      <Button icon="picture" onClick={() => gallery.current?.click()}>
        {phone ? t("photo.gallery") : t("photo.choose")}
      </Button>
    </div>
  );
}
