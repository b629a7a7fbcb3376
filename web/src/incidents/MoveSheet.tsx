import "./incidents.css";

import { lazy, Suspense, useId, useMemo, useState, type ReactElement } from "react";

import { request, uuid } from "../api/client";
import { path, useDiagram, useRefresh } from "../api/queries";
import { useI18n } from "../i18n";
import { ReasonSheet } from "../ui/ReasonSheet";
import { Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { useCaseTokens, type CaseToken } from "./api";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** Leave one step and go on at another of the same scope, chosen on the diagram or from the list. */
export function MoveSheet({ caseId, onClose }: { caseId: string; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const query = useCaseTokens(caseId);
  const [chosen, setChosen] = useState<number>();
  const [to, setTo] = useState("");
  const tokens = query.data ?? [];
  const token = tokens.find((one) => one.instance === chosen) ?? tokens[0];
  const send = async (reason: string) => {
    await request(`${path.case(caseId)}/move`, { method: "POST", json: { from: token?.instance, to, reason }, key });
    toast(t("operate.moved"));
    await refresh(caseId);
  };
  return (
    <ReasonSheet
      wide
      title={t("operate.move")}
      ask={t("operate.moveAsk")}
      icon="swap"
      missing={token && to ? "" : t("operate.whereTo")}
      onSend={send}
      onClose={onClose}
    >
      {query.isPending ? <Loading rows={2} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && !token ? <Notice tone="info">{t("operate.noTokens")}</Notice> : null}
      {token ? (
        <Choose
          caseId={caseId}
          tokens={tokens}
          token={token}
          to={to}
          onFrom={(instance) => {
            setChosen(instance);
            setTo("");
          }}
          onTo={setTo}
        />
      ) : null}
    </ReasonSheet>
  );
}

interface ChooseProps {
  caseId: string;
  tokens: CaseToken[];
  token: CaseToken;
  to: string;
  onFrom: (instance: number) => void;
  onTo: (element: string) => void;
}

function Choose({ caseId, tokens, token, to, onFrom, onTo }: ChooseProps): ReactElement {
  const { t } = useI18n();
  const id = useId();
  const diagram = useDiagram(caseId, undefined).data;
  const targets = useMemo(() => token.targets.map((one) => one.id), [token]);
  return (
    <div className="stack">
      <div className="pair">
        <label className="field" htmlFor={`${id}from`}>
          <span>{t("operate.from")}</span>
          <select
            id={`${id}from`}
            className="input"
            value={token.instance}
            onChange={(event) => onFrom(Number(event.target.value))}
          >
            {tokens.map((one) => (
              <option key={one.instance} value={one.instance}>
                {one.element.name}
              </option>
            ))}
          </select>
        </label>
        <label className="field" htmlFor={`${id}to`}>
          <span>{t("operate.to")}</span>
          <select id={`${id}to`} className="input" value={to} onChange={(event) => onTo(event.target.value)}>
            <option value="">{t("operate.pickOne")}</option>
            {token.targets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {diagram ? (
        <Suspense fallback={<Loading rows={3} />}>
          <DiagramView
            xml={diagram.xml}
            elements={diagram.elements}
            flows={diagram.flows}
            label={t("process.diagram", { name: diagram.name })}
            choices={targets}
            chosen={to}
            onPick={onTo}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
