import "./day.css";

import { useEffect, useRef, useState, type ReactElement, type RefObject } from "react";

import type { FormData, Task } from "../api/types";
import { useI18n } from "../i18n";
import { position } from "../photos/device";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Notice } from "../ui/states";
import { readCode, siteOf } from "./code";

interface Props {
  task: Task;
  onArrived: (data: FormData) => void;
}

/** Scan the code of the site: it fills the form, without a connection too. */
export default function CheckIn({ task, onArrived }: Props): ReactElement {
  const { t } = useI18n();
  const [scanning, setScanning] = useState(false);
  const [wrong, setWrong] = useState("");
  const [done, setDone] = useState("");
  const found = async (text: string) => {
    setScanning(false);
    const site = siteOf(text);
    const expected = typeof task.data.site === "string" ? task.data.site : "";
    if (site !== expected) {
      setWrong(t("checkIn.wrong", { site: site || text.slice(0, 60), expected }));
      return;
    }
    setWrong("");
    const where = await position();
    onArrived({ checkIn: "QR", ...where });
    setDone(site);
  };
  return (
    <section className="check-in">
      <Button kind="primary" wide icon="fit" onClick={() => setScanning(true)}>
        {t("checkIn.scan")}
      </Button>
      {done ? <Notice tone="good">{t("checkIn.done", { site: done })}</Notice> : null}
      {wrong ? <Notice tone="warn">{wrong}</Notice> : null}
      {scanning ? <Scanner onFound={(text) => void found(text)} onClose={() => setScanning(false)} /> : null}
    </section>
  );
}

function Scanner({ onFound, onClose }: { onFound: (text: string) => void; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const video = useRef<HTMLVideoElement>(null);
  const picture = useRef<HTMLInputElement>(null);
  const [unread, setUnread] = useState(false);
  const failed = useScan(video, onFound);
  const read = async (file: File | undefined) => {
    if (!file) return;
    const text = readCode(await createImageBitmap(file));
    if (text) onFound(text);
    else setUnread(true);
  };
  return (
    <Sheet
      title={t("checkIn.scan")}
      onClose={onClose}
      footer={
        <Button wide icon="picture" onClick={() => picture.current?.click()}>
          {t("checkIn.picture")}
        </Button>
      }
    >
      {failed ? (
        <Notice tone="warn">{t("checkIn.noCamera")}</Notice>
      ) : (
        <div className="scan">
          <video ref={video} autoPlay playsInline muted />
        </div>
      )}
      {unread ? <Notice tone="warn">{t("checkIn.unread")}</Notice> : null}
      <input
        ref={picture}
        type="file"
        hidden
        accept="image/*"
        aria-label={t("checkIn.picture")}
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </Sheet>
  );
}

const EVERY = 250;

/** Looks for a code in what the camera sees; true when there is no camera to use. */
function useScan(video: RefObject<HTMLVideoElement | null>, onFound: (text: string) => void): boolean {
  const [failed, setFailed] = useState(!("mediaDevices" in navigator));
  const tell = useRef(onFound);
  useEffect(() => {
    if (!("mediaDevices" in navigator)) return;
    let stream: MediaStream | null = null;
    let gone = false;
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      (found) => {
        stream = found;
        if (gone) found.getTracks().forEach((track) => track.stop());
        else if (video.current) video.current.srcObject = found;
      },
      () => setFailed(true),
    );
    const timer = setInterval(() => {
      const text = video.current?.videoWidth ? readCode(video.current) : null;
      if (text) tell.current(text);
    }, EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [video]);
  return failed;
}
