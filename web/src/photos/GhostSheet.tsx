import { useEffect, useRef, useState, type ReactElement, type RefObject } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Notice } from "../ui/states";

interface Before {
  id: string;
  src: string;
}

interface Props {
  before: Before[];
  /** The picture, and the one it was taken to match. */
  onTake: (picture: Blob, pairOf: string) => void;
  onClose: () => void;
}

/** The camera with the former picture laid over it, so that both are taken from the same place. */
export function GhostSheet({ before, onTake, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const video = useRef<HTMLVideoElement>(null);
  const [chosen, setChosen] = useState(before[0]?.id ?? "");
  const [strength, setStrength] = useState(45);
  const failed = useCamera(video);
  const ghost = before.find((one) => one.id === chosen);
  const shoot = () => {
    const [source, canvas] = [video.current, document.createElement("canvas")];
    if (!source?.videoWidth) return;
    Object.assign(canvas, { width: source.videoWidth, height: source.videoHeight });
    canvas.getContext("2d")?.drawImage(source, 0, 0);
    canvas.toBlob((blob) => blob && onTake(blob, chosen), "image/jpeg", 0.92);
  };
  return (
    <Sheet
      wide
      title={t("ghost.title")}
      onClose={onClose}
      footer={
        <Button kind="primary" wide icon="camera" disabled={failed} onClick={shoot}>
          {t("ghost.shoot")}
        </Button>
      }
    >
      {failed ? <Notice tone="warn">{t("ghost.noCamera")}</Notice> : null}
      <div className="ghost">
        <video ref={video} autoPlay playsInline muted />
        {ghost ? <img src={ghost.src} alt={t("ghost.before")} style={{ opacity: strength / 100 }} /> : null}
      </div>
      <label className="ghost-strength">
        <span>{t("ghost.strength")}</span>
        <input
          type="range"
          min={0}
          max={90}
          value={strength}
          onChange={(event) => setStrength(Number(event.target.value))}
        />
      </label>
      {before.length > 1 ? (
        <div className="ghost-choice" role="group" aria-label={t("ghost.choose")}>
          {before.map((one, index) => (
            <button key={one.id} type="button" aria-pressed={one.id === chosen} onClick={() => setChosen(one.id)}>
              <img src={one.src} alt={t("photo.nth", { n: index + 1 })} />
            </button>
          ))}
        </div>
      ) : null}
    </Sheet>
  );
}

/** Shows the rear camera in `video`; true when there is none, or it may not be used. */
function useCamera(video: RefObject<HTMLVideoElement | null>): boolean {
  const [failed, setFailed] = useState(!("mediaDevices" in navigator));
  useEffect(() => {
    if (!("mediaDevices" in navigator)) return;
    let stream: MediaStream | null = null;
    let gone = false;
    const wanted = { video: { facingMode: "environment", width: { ideal: 2560 } } };
    navigator.mediaDevices.getUserMedia(wanted).then(
      (found) => {
        stream = found;
        if (gone) found.getTracks().forEach((track) => track.stop());
        else if (video.current) video.current.srcObject = found;
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [video]);
  return failed;
}
