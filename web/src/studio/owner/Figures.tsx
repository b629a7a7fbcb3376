import type { ReactElement } from "react";

import type { Tone } from "../../ui/states";

export interface Figure<K extends string> {
  key: K;
  value: number;
  label: string;
  tone: Tone;
}

interface Props<K extends string> {
  label: string;
  figures: Figure<K>[];
  chosen: K | null;
  onChoose: (key: K | null) => void;
}

/** Figures in a row, each the way to what it counts; pressing the one that is chosen leads back to all. */
export function Figures<K extends string>({ label, figures, chosen, onChoose }: Props<K>): ReactElement {
  return (
    <div className="owner-figures" role="group" aria-label={label}>
      {figures.map((one) => (
        <button
          key={one.key}
          type="button"
          className={`owner-figure owner-figure-${one.tone}`}
          aria-pressed={one.key === chosen}
          onClick={() => onChoose(one.key === chosen ? null : one.key)}
        >
          <strong>{one.value}</strong>
          <span>{one.label}</span>
        </button>
      ))}
    </div>
  );
}
