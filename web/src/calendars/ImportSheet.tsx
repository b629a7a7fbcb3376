import { useState, type ReactElement } from "react";

import { request } from "../api/client";
import type { CalendarRules, CalendarYear } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { withYear } from "./model";

interface Props {
  series: string;
  year: number;
  onClose: () => void;
  /** What to do with the calendar that is being edited, and the year that was read. */
  onRead: (change: (rules: CalendarRules) => CalendarRules, year: number) => void;
}

/** Reads one year from the public holidays or a file into the draft; nothing is published by it. */
export function ImportSheet({ series, year, onClose, onRead }: Props): ReactElement {
  const { t } = useI18n();
  const [wanted, setWanted] = useState(String(year));
  const [file, setFile] = useState<File | null>(null);
  const [fromFile, setFromFile] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const number = Number(wanted);
  const ready = /^(19|2[0-3])\d\d$/.test(wanted) && (!fromFile || file !== null);
  const read = async () => {
    setBusy(true);
    setProblem("");
    try {
      const source = fromFile ? (file?.name.toLowerCase().endsWith(".json") ? "json" : "csv") : "holidays";
      const text = fromFile && file ? await file.text() : "";
      const json = { year: number, source, text };
      const path = `/calendars/${encodeURIComponent(series)}/year`;
      const found = await request<CalendarYear>(path, { method: "POST", json });
      onRead((rules) => withYear(rules, found), found.year);
      onClose();
    } catch (error) {
      setProblem(errorWords(error, t));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t("calendar.import")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" icon="download" busy={busy} disabled={!ready} onClick={() => void read()}>
            {t("calendar.read")}
          </Button>
        </>
      }
    >
      <label className="field">
        <span>{t("calendar.year")}</span>
        <input
          className="input"
          inputMode="numeric"
          value={wanted}
          onChange={(event) => setWanted(event.target.value.trim())}
        />
      </label>
      <fieldset className="calendar-sources">
        <legend>{t("calendar.source")}</legend>
        <label className="check">
          <input type="radio" name="source" checked={!fromFile} onChange={() => setFromFile(false)} />
          {t("calendar.sourceHolidays")}
        </label>
        <label className="check">
          <input type="radio" name="source" checked={fromFile} onChange={() => setFromFile(true)} />
          {t("calendar.sourceFile")}
        </label>
      </fieldset>
      {fromFile ? (
        <label className="field">
          <span>{t("calendar.file")}</span>
          <input
            type="file"
            accept=".csv,.json,text/csv,application/json"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
          <small>{t("calendar.fileHint")}</small>
        </label>
      ) : (
        <p className="page-hint">{t("calendar.holidaysHint")}</p>
      )}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}
