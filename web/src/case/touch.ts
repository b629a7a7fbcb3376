/**
 * Touch for the diagram: one finger moves it, two fingers zoom. bpmn-js understands mouse and wheel only.
 */
export interface Movable {
  scroll: (by: { dx: number; dy: number }) => void;
  zoom: (to?: number, around?: { x: number; y: number }) => number;
}

interface Point {
  x: number;
  y: number;
}

/** Returns how to stop listening. */
export function followFingers(host: HTMLElement, canvas: Movable): () => void {
  const fingers = new Map<number, Point>();
  const spread = (): { distance: number; middle: Point } | null => {
    const [one, other] = [...fingers.values()];
    if (!one || !other) return null;
    const box = host.getBoundingClientRect();
    return {
      distance: Math.hypot(one.x - other.x, one.y - other.y),
      middle: { x: (one.x + other.x) / 2 - box.left, y: (one.y + other.y) / 2 - box.top },
    };
  };
  const down = (event: PointerEvent) => {
    if (event.pointerType === "touch") fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const move = (event: PointerEvent) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const before = spread();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = spread();
    if (before && after && before.distance > 0)
      canvas.zoom(canvas.zoom() * (after.distance / before.distance), after.middle);
    else canvas.scroll({ dx: event.clientX - last.x, dy: event.clientY - last.y });
  };
  const up = (event: PointerEvent) => fingers.delete(event.pointerId);
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up } as const;
  for (const [name, listener] of Object.entries(listeners)) host.addEventListener(name, listener as EventListener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) host.removeEventListener(name, listener as EventListener);
  };
}
