import { useRef, type KeyboardEvent, type ReactElement } from "react";

export interface Tab<V extends string> {
  value: V;
  label: string;
  count?: string;
  urgent?: boolean;
}

interface Props<V extends string> {
  label: string;
  tabs: Tab<V>[];
  value: V;
  onChange: (value: V) => void;
}

/** Tabs over one list: arrow keys, Home and End move between them, as the ARIA pattern asks. */
export function Tabs<V extends string>({ label, tabs, value, onChange }: Props<V>): ReactElement {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const target = (to + tabs.length) % tabs.length;
    onChange((tabs[target] as Tab<V>).value);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[target]?.focus();
  };
  return (
    <div ref={list} className="tabs" role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          onKeyDown={move}
        >
          {tab.label}
          {tab.count ? (
            <span className={tab.urgent ? "tab-count tab-count-urgent" : "tab-count"}>{tab.count}</span>
          ) : null}
        </button>
      ))}
    </div>
  );
}
