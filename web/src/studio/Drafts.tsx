import "./studio.css";

import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link, useNavigate } from "react-router";

import { useI18n } from "../i18n";
import { momentWords } from "../i18n/time";
import { ProcessTabs } from "../processes/ProcessTabs";
import { Button, ButtonLink } from "../ui/Button";
import { useNow, usePhone, useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Moment, PageHead } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, Empty, errorWords, Failure, Loading, Notice, type Tone } from "../ui/states";
import { createDraft, useDrafts, useReleases, type DraftSummary, type NewDraft } from "./api";

const TONES: Record<string, Tone> = { editing: "info", submitted: "warn", approved: "good", published: "calm" };

export function StateChip({ state }: { state: string }): ReactElement {
  const { t } = useI18n();
  const words = {
    editing: t("studio.state.editing"),
    submitted: t("studio.state.submitted"),
    approved: t("studio.state.approved"),
    published: t("studio.state.published"),
  } as Record<string, string>;
  return <Chip tone={TONES[state] ?? "calm"}>{words[state] ?? state}</Chip>;
}

/** Releases in the making. */
export default function Drafts(): ReactElement {
  const { t } = useI18n();
  const { rows, query } = useDrafts();
  const phone = usePhone();
  const [making, setMaking] = useState(false);
  useTitle(t("studio.title"));
  const begin = (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t("studio.new")}
    </Button>
  );
  return (
    <div className="page">
      <PageHead title={t("nav.processes")}>
        <ButtonLink to="/processes/-/expressions" icon="play">
          {t("feelbox.tryIt")}
        </ButtonLink>
        {phone ? null : begin}
      </PageHead>
      <ProcessTabs value="studio" />
      <p className="page-hint">{t(phone ? "studio.hintPhone" : "studio.hint")}</p>
      {query.isPending ? <Loading /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="pencil" title={t("studio.none")} hint={t("studio.noneHint")} action={phone ? null : begin} />
      ) : null}
      <ul className="tiles">
        {rows.map((one) => (
          <li key={one.id}>
            <Tile draft={one} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
      {making ? <NewSheet onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

function Tile({ draft }: { draft: DraftSummary }): ReactElement {
  const { t } = useI18n();
  return (
    <Link to={`/studio/${encodeURIComponent(draft.id)}`} className="tile">
      <span className="tile-top">
        <Icon name="pencil" size={26} />
        <StateChip state={draft.state} />
      </span>
      <strong>{draft.name}</strong>
      <span>{draft.base ? t("studio.from", { hash: draft.base.slice(0, 12) }) : t("studio.fromNothing")}</span>
      <small>
        {t("studio.changedBy", { who: draft.changedBy?.name ?? t("who.system") })} · <Moment at={draft.changedAt} />
      </small>
    </Link>
  );
}

function NewSheet({ onClose }: { onClose: () => void }): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  const navigate = useNavigate();
  const client = useQueryClient();
  const releases = useReleases();
  const [name, setName] = useState("");
  const [source, setSource] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const chosen = source ?? releases.data?.[0]?.hash ?? "empty";
  const make = async () => {
    setBusy(true);
    try {
      const draft = await createDraft(bodyOf(name.trim() || t("studio.unnamed"), chosen));
      await client.invalidateQueries({ queryKey: ["drafts"] });
      await navigate(`/studio/${draft.id}`);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button kind="primary" icon="pencil" busy={busy} onClick={() => void make()}>
        {t("studio.begin")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("studio.new")} onClose={onClose} footer={footer}>
      {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
      <label className="field">
        <span>{t("studio.name")}</span>
        <input
          className="input"
          value={name}
          maxLength={200}
          placeholder={t("studio.namePlaceholder")}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t("studio.source")}</span>
        <select className="input" value={chosen} onChange={(event) => setSource(event.target.value)}>
          {releases.data?.map((one) => (
            <option key={one.hash} value={one.hash}>
              {[t("studio.release"), momentWords(one.deployedAt, now, t, language), one.note]
                .filter(Boolean)
                .join(" · ")}
            </option>
          ))}
          <option value="empty">{t("studio.source.empty")}</option>
          <option value="folder">{t("studio.source.folder")}</option>
        </select>
      </label>
    </Sheet>
  );
}

function bodyOf(name: string, chosen: string): NewDraft {
  if (chosen === "empty" || chosen === "folder") return { name, source: chosen };
  return { name, source: "release", release: chosen };
}
