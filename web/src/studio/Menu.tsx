import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from "react";

import { Button } from "../ui/Button";
import type { IconName } from "../ui/Icon";

interface Item {
  label: string;
  hint?: string;
  act: () => void;
}

/** A button with a list of actions: arrows move, Escape and a click elsewhere close, as the ARIA pattern asks. */
export function Menu({ label, icon, items }: { label: string; icon: IconName; items: Item[] }): ReactElement {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useId();
  const entries = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useEffect(() => {
    if (!open) return;
    entries()[0]?.focus();
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("button")?.focus();
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  };
  return (
    <div className="studio-menu" ref={root}>
      <Button icon={icon} aria-haspopup="menu" aria-expanded={open} aria-controls={list} onClick={() => setOpen(!open)}>
        {label}
      </Button>
      {open ? (
        <div id={list} role="menu" tabIndex={-1} className="studio-menu-list" aria-label={label} onKeyDown={move}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              onClick={() => {
                close();
                item.act();
              }}
            >
              <strong>{item.label}</strong>
              {item.hint ? <small>{item.hint}</small> : null}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
