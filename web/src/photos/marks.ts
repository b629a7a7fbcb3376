/** Marks on a picture: what was drawn, and how it is drawn. Coordinates are the picture's own pixels. */
export type Tool = "pen" | "arrow" | "circle" | "text";

export interface Point {
  x: number;
  y: number;
}

export interface Mark {
  tool: Tool;
  color: string;
  /** Pen: the whole line. Arrow and circle: from, to. Text: where it begins. */
  points: Point[];
  text?: string;
}

/** The longer side that a picture is marked and kept at; the original stays as it was taken. */
export const LONGEST = 1600;

export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** What an ended gesture leaves: a tap is no line. */
export function isVisible({ tool, points, text }: Mark): boolean {
  if (tool === "text") return Boolean(text?.trim());
  const [from, to] = [points[0], points.at(-1)];
  return Boolean(from && to) && Math.hypot((to?.x ?? 0) - (from?.x ?? 0), (to?.y ?? 0) - (from?.y ?? 0)) > 8;
}

export function draw(context: CanvasRenderingContext2D, marks: Mark[]): void {
  const size = Math.max(context.canvas.width, context.canvas.height);
  for (const mark of marks) {
    context.strokeStyle = mark.color;
    context.fillStyle = mark.color;
    context.lineWidth = size / 160;
    context.lineCap = "round";
    context.lineJoin = "round";
    DRAWERS[mark.tool](context, mark, size);
  }
}

type Drawer = (context: CanvasRenderingContext2D, mark: Mark, size: number) => void;

const DRAWERS: Record<Tool, Drawer> = {
  pen: (context, { points }) => line(context, points),
  arrow: (context, { points: [from, ...rest] }, size) => {
    const to = rest.at(-1);
    if (!from || !to) return;
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const wing = (turn: number): Point => ({
      x: to.x - (size / 28) * Math.cos(angle + turn),
      y: to.y - (size / 28) * Math.sin(angle + turn),
    });
    line(context, [from, to]);
    line(context, [wing(0.5), to, wing(-0.5)]);
  },
  circle: (context, { points: [from, ...rest] }) => {
    const to = rest.at(-1);
    if (!from || !to) return;
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    context.beginPath();
    context.ellipse(x, y, Math.abs(to.x - from.x) / 2, Math.abs(to.y - from.y) / 2, 0, 0, 2 * Math.PI);
    context.stroke();
  },
  text: (context, { points: [at], text = "" }, size) => {
    if (!at) return;
    context.font = `600 ${size / 26}px system-ui, sans-serif`;
    // Legible on any ground: a dark edge around the letters.
    context.strokeStyle = "#14252b";
    context.lineWidth = size / 130;
    context.strokeText(text, at.x, at.y);
    context.fillText(text, at.x, at.y);
  },
};

function line(context: CanvasRenderingContext2D, points: Point[]): void {
  context.beginPath();
  points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}
