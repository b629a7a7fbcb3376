import { useEffect, useRef, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { usePhone } from "../ui/hooks";
import { position, type PhotoSource, type Shot, type Where } from "./device";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic";

type Taken = Omit<Shot, "place" | "role">;

interface Props {
  /** The picture that is to be taken again: the camera opens at once. */
  again: string | null;
  onTake: (shots: Taken[]) => void;
}

/** Camera and gallery on a phone, files at a desk. */
export function Takers({ again, onTake }: Props): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);
  const where = useRef<Promise<Where>>(undefined);
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
