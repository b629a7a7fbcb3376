import { useRef, useState, type PointerEvent, type ReactElement, type RefObject } from "react";

import { useI18n } from "../i18n";
import { addPhoto } from "../photos/device";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Choices } from "../worklist/FilterSheet";
import type { Signature } from "./signatures";

interface Props {
  task: string;
  onSigned: (signature: Signature) => void;
  onClose: () => void;
}

type Texts = Pick<Signature, "name" | "employer" | "role" | "witness">;

/** Name, employer and role, and a finger on the glass; or a refusal, with who saw it. */
export function SignaturePad({ task, onSigned, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const [texts, setTexts] = useState<Texts>({ name: "", employer: "", role: "", witness: "" });
  const [method, setMethod] = useState<Signature["method"]>("DRAWN");
  const canvas = useRef<HTMLCanvasElement>(null);
  const { inked, gestures, wipe } = useInk(canvas);
  const refused = method === "REFUSED";
  const named = [texts.name, texts.employer, texts.role].every((text) => text.trim() !== "");
  const ready = named && (refused ? texts.witness.trim() !== "" : inked);
  const sign = async () => {
    const picture = refused ? null : await pictureOf(canvas.current);
    const shot = {
      place: `task|${task}|signature`,
      role: "document",
      source: "EXTERNAL",
      name: "signature.png",
    } as const;
    const drawing = picture ? await addPhoto({ picture, ...shot }) : null;
    onSigned({ ...texts, witness: refused ? texts.witness : "", method, drawing });
  };
  const field = (name: keyof Texts) => (
    <label className="field">
      <span>{t(`signed.${name}`)}</span>
      <input
        className="input"
        value={texts[name]}
        maxLength={60}
        onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <Sheet
      title={t("signed.add")}
      onClose={onClose}
      footer={
        <Button kind="primary" wide icon="check" disabled={!ready} onClick={() => void sign()}>
          {t(refused ? "signed.noteRefusal" : "signed.sign")}
        </Button>
      }
    >
      {field("name")}
      {field("employer")}
      {field("role")}
      <Choices
        name="method"
        legend={t("signed.method")}
        value={method}
        onChange={(value) => setMethod(value as Signature["method"])}
        options={[
          { value: "DRAWN", label: t("signed.DRAWN") },
          { value: "REFUSED", label: t("signed.REFUSED") },
        ]}
      />
      {refused ? (
        field("witness")
      ) : (
        <div className="pad">
          <canvas ref={canvas} width={900} height={360} aria-label={t("signed.pad")} {...gestures} />
          <Button kind="quiet" icon="retake" onClick={wipe}>
            {t("signed.wipe")}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

/** A pen on a canvas: thick, dark, and the same on every screen. */
function useInk(canvas: RefObject<HTMLCanvasElement | null>) {
  const [inked, setInked] = useState(false);
  const down = useRef(false);
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const { width, height } = event.currentTarget;
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = event.currentTarget.getContext("2d");
    if (!context) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current = true;
    Object.assign(context, { lineWidth: 7, lineCap: "round", lineJoin: "round", strokeStyle: "#101c24" });
    context.beginPath();
    context.moveTo(...at(event));
  };
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!down.current) return;
    const context = event.currentTarget.getContext("2d");
    context?.lineTo(...at(event));
    context?.stroke();
    setInked(true);
  };
  const end = () => {
    down.current = false;
  };
  return {
    inked,
    gestures: { onPointerDown: begin, onPointerMove: go, onPointerUp: end, onPointerCancel: end },
    wipe: () => {
      canvas.current?.getContext("2d")?.clearRect(0, 0, canvas.current.width, canvas.current.height);
      setInked(false);
    },
  };
}

function pictureOf(canvas: HTMLCanvasElement | null): Promise<Blob | null> {
  return new Promise((resolve) => (canvas ? canvas.toBlob(resolve, "image/png") : resolve(null)));
}
