import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router";

import { DWELL, entryIn, moveOf, type Speed } from "./position";

export interface Player {
  at: number;
  last: number;
  playing: boolean;
  speed: Speed;
  go: (to: number) => void;
  toggle: () => void;
  setSpeed: (speed: Speed) => void;
}

/** The place in the history lives in the address, so that the address is a link to the moment. */
export function usePlayer(last: number): Player {
  const [search, setSearch] = useSearchParams();
  const at = entryIn(search.get("entry"), last);
  const [running, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const playing = running && at < last;
  const show = useCallback(
    (to: number) => setSearch({ entry: String(to) }, { replace: true, preventScrollReset: true }),
    [setSearch],
  );
  const go = useCallback(
    (to: number) => {
      setPlaying(false);
      show(Math.min(Math.max(to, 1), last));
    },
    [show, last],
  );
  const toggle = useCallback(() => {
    if (!playing && at >= last) show(1);
    setPlaying(!playing);
  }, [playing, at, last, show]);
  return { at, last, playing, speed, go, toggle, setSpeed };
}

/** Goes on to the next entry when the present one has been on the screen for its time; never before it is there. */
export function usePlaying({ at, last, playing, speed }: Player, shown: boolean): void {
  const [, setSearch] = useSearchParams();
  useEffect(() => {
    if (!playing || !shown || at >= last) return undefined;
    const timer = setTimeout(() => setSearch({ entry: String(at + 1) }, { replace: true }), DWELL / speed);
    return () => clearTimeout(timer);
  }, [playing, shown, at, last, speed, setSearch]);
}

/** Fields keep their keys, buttons and links their space; the scrubber's own arrows mean the same as ours. */
function takes(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog, select, textarea, [contenteditable], [role=tablist]")) return true;
  if (target instanceof HTMLInputElement) return target.type !== "range";
  return key === " " && target.closest("button, a, summary") !== null;
}

export function usePlayerKeys({ last, go, toggle }: Player): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // From the address, which is ahead of the page while a held key repeats faster than the page is drawn.
      const at = entryIn(new URLSearchParams(location.search).get("entry"), last);
      const move = moveOf(event.key, at, last);
      if (move === null || takes(event.target, event.key)) return;
      event.preventDefault();
      if (move === "toggle") toggle();
      else go(move.to);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [last, go, toggle]);
}
