import type { ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { SPEEDS, type Speed } from "./position";
import type { Player } from "./usePlayer";

/** The controls of the replay; the arrow keys, Home, End and space do the same. */
export function Controls({ player, words }: { player: Player; words: string }): ReactElement {
  const { t } = useI18n();
  const { at, last, playing, speed, go, toggle, setSpeed } = player;
  return (
    <section className="player" aria-label={t("replay.controls")}>
      <input
        type="range"
        className="player-range"
        min={1}
        max={Math.max(last, 2)}
        step={1}
        value={at}
        disabled={last < 2}
        aria-label={t("replay.scrubber")}
        aria-valuetext={words}
        onChange={(event) => go(Number(event.target.value))}
      />
      <div className="player-buttons">
        <Button icon="first" aria-label={t("replay.first")} disabled={at <= 1} onClick={() => go(1)} />
        <Button icon="back" aria-label={t("replay.back")} disabled={at <= 1} onClick={() => go(at - 1)} />
        <Button
          kind="primary"
          icon={playing ? "pause" : "play"}
          aria-label={t(playing ? "replay.pause" : "replay.play")}
          disabled={last < 2}
          onClick={toggle}
        />
        <Button icon="next" aria-label={t("replay.next")} disabled={at >= last} onClick={() => go(at + 1)} />
        <Button icon="last" aria-label={t("replay.last")} disabled={at >= last} onClick={() => go(last)} />
      </div>
      <span className="player-place">
        <span aria-hidden="true">
          {at} / {last}
        </span>
        <span className="visually-hidden">{t("replay.place", { n: at, of: last })}</span>
      </span>
      <select
        className="input player-speed"
        aria-label={t("replay.speed")}
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value) as Speed)}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
    </section>
  );
}
