import { useEffect, useRef, useState, type PointerEvent, type ReactElement } from "react";

import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Notice } from "../ui/states";
import { draw, fitted, isVisible, type Mark, type Point, type Tool } from "./marks";

const TOOLS: Record<Tool, MessageKey> = {
  pen: "mark.pen",
  arrow: "mark.arrow",
  circle: "mark.circle",
  text: "mark.text",
};
const COLORS: Record<string, MessageKey> = { "#ff3b30": "mark.red", "#ffd60a": "mark.yellow" };

interface Props {
  src: string;
  onSave: (picture: Blob) => void;
  onClose: () => void;
}

/** Draw on a copy of a picture. The original stays as it is; the copy says which one it is of. */
export function AnnotateSheet({ src, onSave, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture, failed } = usePicture(src);
  const [tool, setTool] = useState<Tool>("circle");
  const [color, setColor] = useState("#ff3b30");
  const [text, setText] = useState("");
  const { marks, gestures, undo } = useMarks(tool, color, text);

  useEffect(() => {
    const [target, context] = [canvas.current, canvas.current?.getContext("2d")];
    if (!picture || !target || !context) return;
    const { width, height } = fitted(picture.naturalWidth, picture.naturalHeight);
    if (target.width !== width || target.height !== height) Object.assign(target, { width, height });
    context.drawImage(picture, 0, 0, width, height);
    draw(context, marks);
  }, [picture, marks]);

  const save = () => canvas.current?.toBlob((blob) => blob && onSave(blob), "image/jpeg", 0.88);
  return (
    <Sheet
      wide
      title={t("mark.title")}
      onClose={onClose}
      footer={
        <>
          <Button icon="retake" disabled={marks.length === 0} onClick={undo}>
            {t("mark.undo")}
          </Button>
          <Button kind="primary" icon="check" disabled={marks.length === 0} onClick={save}>
            {t("mark.save")}
          </Button>
        </>
      }
    >
      <div className="mark-tools" role="group" aria-label={t("mark.tools")}>
        {(Object.keys(TOOLS) as Tool[]).map((one) => (
          <button key={one} type="button" aria-pressed={tool === one} onClick={() => setTool(one)}>
            {t(TOOLS[one])}
          </button>
        ))}
        {Object.entries(COLORS).map(([value, key]) => (
          <button key={value} type="button" aria-pressed={color === value} onClick={() => setColor(value)}>
            <span className="mark-color" style={{ background: value }} aria-hidden="true" /> {t(key)}
          </button>
        ))}
      </div>
      {tool === "text" ? (
        <label className="field">
          <span>{t("mark.words")}</span>
          <input className="input" value={text} maxLength={40} onChange={(event) => setText(event.target.value)} />
        </label>
      ) : null}
      {failed ? <Notice tone="bad">{t("mark.failed")}</Notice> : null}
      <canvas ref={canvas} className="mark-canvas" aria-label={t("mark.canvas")} {...gestures} />
    </Sheet>
  );
}

function usePicture(src: string): { picture: HTMLImageElement | null; failed: boolean } {
  const [picture, setPicture] = useState<HTMLImageElement | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const image = new Image();
    image.onload = () => setPicture(image);
    image.onerror = () => setFailed(true);
    image.src = src;
  }, [src]);
  return { picture, failed };
}

/** What has been drawn, and the pointer's gestures that draw it. */
function useMarks(tool: Tool, color: string, text: string) {
  const [done, setDone] = useState<Mark[]>([]);
  const [drawing, setDrawing] = useState<Mark | null>(null);
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawing({ tool, color, text, points: [pointOf(event)] });
  };
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (drawing && tool !== "text") setDrawing({ ...drawing, points: [...drawing.points, pointOf(event)] });
  };
  const end = () => {
    if (drawing && isVisible(drawing)) setDone([...done, drawing]);
    setDrawing(null);
  };
  return {
    marks: drawing ? [...done, drawing] : done,
    gestures: { onPointerDown: begin, onPointerMove: go, onPointerUp: end, onPointerCancel: () => setDrawing(null) },
    undo: () => setDone(done.slice(0, -1)),
  };
}

/** Where the pointer is, in the picture's pixels. */
function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  const canvas = event.currentTarget;
  const box = canvas.getBoundingClientRect();
  return {
    x: ((event.clientX - box.left) / box.width) * canvas.width,
    y: ((event.clientY - box.top) / box.height) * canvas.height,
  };
}
