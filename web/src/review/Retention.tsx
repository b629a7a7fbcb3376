import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { request } from "../api/client";
import type { components } from "../api/schema";
import { useI18n, type MessageKey } from "../i18n";
import { useMay, useSession } from "../session/session";
import { Button, ButtonLink } from "../ui/Button";
import { DataTable, type Column } from "../ui/DataTable";
import { useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { ReasonSheet } from "../ui/ReasonSheet";
import { Chip, Empty, errorWords, Failure, Loading, Notice, type Tone } from "../ui/states";
import { EVERYTHING, queryOf, type Which } from "./which";
import { WhichCases } from "./WhichCases";
import "./review.css";

type Erasure = components["schemas"]["Erasure"];
type Extent = components["schemas"]["Extent"];
type Hold = components["schemas"]["Hold"];

const TONES: Record<string, Tone> = { PROPOSED: "warn", APPROVED: "info", REFUSED: "calm", DONE: "good" };
const STATES: Record<string, MessageKey> = {
  PROPOSED: "erasure.PROPOSED",
  APPROVED: "erasure.APPROVED",
  REFUSED: "erasure.REFUSED",
  DONE: "erasure.DONE",
};

/** What is kept, what must stay, and what two people decide to erase. */
export default function Retention(): ReactElement {
  const { t } = useI18n();
  const mayErase = useMay("retention.manage");
  const mayHold = useMay("audit.read");
  useTitle(t("erasure.title"));
  return (
    <div className="page review-page">
      <PageHead
        title={t("erasure.title")}
        back={<ButtonLink to="/review" kind="quiet" icon="back" label={t("nav.review")} />}
      />
      <p className="page-hint">{t("erasure.hint")}</p>
      {mayErase ? <Proposing /> : null}
      {mayErase ? <Erasures /> : null}
      {mayHold ? <Holds /> : null}
    </div>
  );
}

/** The dry run first: nothing is proposed that was not seen. */
function Proposing(): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [which, setWhich] = useState<Which>({ ...EVERYTHING, view: "closed", by: "ended" });
  const [found, setFound] = useState<Extent[]>();
  const [asking, setAsking] = useState(false);
  const [files, setFiles] = useState(false);
  const [problem, setProblem] = useState("");
  const look = async () => {
    setProblem("");
    try {
      setFound((await request<{ items: Extent[] }>("/erasures/extent", { query: queryOf(which) })).items);
    } catch (error) {
      setProblem(errorWords(error, t));
    }
  };
  const ready = found?.filter((one) => one.left === null) ?? [];
  return (
    <section className="panel">
      <h2>{t("erasure.propose")}</h2>
      <WhichCases
        which={which}
        closed
        onChange={(next) => {
          setWhich({ ...next, view: "closed" });
          setFound(undefined);
        }}
      />
      <label className="check-line">
        <input type="checkbox" checked={files} onChange={(event) => setFiles(event.target.checked)} />
        <span>{t("erasure.files")}</span>
      </label>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {found ? (
        <Notice tone={ready.length ? "warn" : "info"}>
          {t("erasure.extent", {
            n: ready.length,
            values: ready.reduce((sum, one) => sum + one.values, 0),
            files: ready.reduce((sum, one) => sum + one.files, 0),
            left: found.length - ready.length,
          })}
        </Notice>
      ) : null}
      <div className="button-row">
        <Button icon="eye" onClick={() => void look()}>
          {t("erasure.dryRun")}
        </Button>
        <Button kind="danger" icon="trash" disabled={!ready.length} onClick={() => setAsking(true)}>
          {t("erasure.proposeButton")}
        </Button>
      </div>
      {asking ? (
        <ReasonSheet
          title={t("erasure.proposeButton")}
          ask={t("erasure.ask", { n: ready.length })}
          icon="trash"
          danger
          onClose={() => setAsking(false)}
          onSend={async (reason) => {
            await request("/erasures", { method: "POST", json: { ...queryOf(which), reason, files } });
            setFound(undefined);
            await client.invalidateQueries({ queryKey: ["erasures"] });
          }}
        />
      ) : null}
    </section>
  );
}

function Erasures(): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const { person } = useSession();
  const [problem, setProblem] = useState("");
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["erasures"],
    queryFn: async ({ signal }) => (await request<{ items: Erasure[] }>("/erasures", { signal })).items,
  });
  const decide = async (number: string, approve: boolean) => {
    setProblem("");
    try {
      await request(`/erasures/${encodeURIComponent(number)}/decision`, { method: "POST", json: { approve } });
      await client.invalidateQueries({ queryKey: ["erasures"] });
    } catch (refused) {
      setProblem(errorWords(refused, t));
    }
  };
  const columns: Column<Erasure>[] = [
    { key: "number", label: t("review.number"), cell: (one) => one.number },
    {
      key: "state",
      label: t("review.state"),
      cell: (one) => <Chip tone={TONES[one.state] ?? "calm"}>{t(STATES[one.state] ?? "erasure.PROPOSED")}</Chip>,
    },
    { key: "reason", label: t("case.reason"), cell: (one) => one.reason, wide: true },
    { key: "cases", label: t("erasure.cases"), cell: (one) => one.cases.length, number: true },
    {
      key: "by",
      label: t("erasure.by"),
      cell: (one) => (
        <>
          {one.proposedBy.name} <Moment at={one.proposedAt} />
        </>
      ),
    },
    {
      key: "decided",
      label: t("erasure.decided"),
      cell: (one) =>
        one.decidedBy ? (
          one.decidedBy.name
        ) : one.proposedBy.id === person.id ? (
          <span className="faint">{t("erasure.second")}</span>
        ) : (
          <span className="button-row">
            <Button kind="primary" onClick={() => void decide(one.number, true)}>
              {t("erasure.approve")}
            </Button>
            <Button onClick={() => void decide(one.number, false)}>{t("erasure.refuse")}</Button>
          </span>
        ),
    },
  ];
  return (
    <section>
      <h2 className="register-group">{t("erasure.list")}</h2>
      {isPending ? <Loading rows={3} /> : null}
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {data?.length === 0 ? <Empty icon="shield" title={t("erasure.none")} /> : null}
      {data?.length ? (
        <DataTable label={t("erasure.list")} rows={data} columns={columns} id={(one) => one.number} />
      ) : null}
    </section>
  );
}

function Holds(): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [id, setId] = useState("");
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["holds"],
    queryFn: async ({ signal }) => (await request<{ items: Hold[] }>("/holds", { signal })).items,
  });
  const lift = async (one: string) => {
    await request(`/holds/${encodeURIComponent(one)}`, { method: "DELETE" });
    await client.invalidateQueries({ queryKey: ["holds"] });
  };
  return (
    <section className="panel">
      <h2>{t("hold.title")}</h2>
      <p className="page-hint">{t("hold.hint")}</p>
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      <ul className="sample">
        {data?.map((one) => (
          <li key={one.case}>
            <span className="sample-case">
              <strong>{one.title || one.case}</strong>
              <small>
                {one.case} · {one.setBy.name} · {one.reason}
              </small>
            </span>
            <Button onClick={() => void lift(one.case)}>{t("hold.lift")}</Button>
          </li>
        ))}
      </ul>
      {data?.length === 0 ? <p className="faint">{t("hold.none")}</p> : null}
      <div className="inline-form">
        <label className="field">
          <span>{t("hold.case")}</span>
          <input className="input" maxLength={64} value={id} onChange={(event) => setId(event.target.value)} />
        </label>
        <Button icon="pause" disabled={!id.trim()} onClick={() => setAsking(true)}>
          {t("hold.set")}
        </Button>
      </div>
      {asking ? (
        <ReasonSheet
          title={t("hold.set")}
          ask={t("hold.ask")}
          icon="pause"
          onClose={() => setAsking(false)}
          onSend={async (reason) => {
            await request(`/holds/${encodeURIComponent(id.trim())}`, { method: "PUT", json: { reason } });
            setId("");
            await client.invalidateQueries({ queryKey: ["holds"] });
          }}
        />
      ) : null}
    </section>
  );
}
