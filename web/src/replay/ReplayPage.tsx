import "./replay.css";

import { lazy, Suspense, useMemo, useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { useCase, useDiagramsOf, useMoment, useNextMoment } from "../api/queries";
import type { Case, CaseStatus, MomentAt } from "../api/types";
import { Legend } from "../case/Legend";
import { sentenceOf } from "../case/sentences";
import { ProofBadge } from "../case/Verification";
import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Status } from "../ui/parts";
import { Chip, Failure, Loading } from "../ui/states";
import { useToast } from "../ui/toast";
import { Controls } from "./Controls";
import { Filled } from "./Filled";
import { JumpToDate } from "./JumpToDate";
import { Linked } from "./Linked";
import { activeSteps, namesIn, type Names } from "./moment";
import { Data, Deadlines, Decisions, Deed, Evidence, Steps, Tasks } from "./MomentPanels";
import { Timeline } from "./Timeline";
import { usePlayer, usePlayerKeys, usePlaying, type Player } from "./usePlayer";
import { Watermark } from "./Watermark";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** The auditor's page: a case at any entry of its history, and the way from one to the next. Nothing can be changed here. */
export default function ReplayPage(): ReactElement {
  const { id = "" } = useParams();
  const query = useCase(id);
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError) return <Failure page error={query.error} onRetry={() => void query.refetch()} />;
  return <Replay one={query.data} />;
}

function Replay({ one }: { one: Case }): ReactElement {
  const { t } = useI18n();
  const { person } = useSession();
  const player = usePlayer(one.entries);
  const query = useMoment(one.id, player.at);
  const moment = query.data;
  usePlaying(player, moment?.seq === player.at && !query.isPlaceholderData);
  usePlayerKeys(player);
  useNextMoment(one.id, player.at < player.last ? player.at + 1 : player.at);
  useTitle(`${t("replay.title")} · ${one.title}`);
  const sentence = moment ? sentenceOf(moment.entry, t).text : "";
  const place = t("replay.place", { n: player.at, of: player.last });
  return (
    <div className="case replay">
      <Head one={one} moment={moment} />
      <p className="visually-hidden" role="status">
        {moment?.seq === player.at ? `${place}: ${sentence}` : ""}
      </p>
      {query.isPending ? (
        <Loading rows={6} />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Shown moment={query.data} one={one} player={player} stale={query.isPlaceholderData} />
      )}
      <Controls player={player} words={`${place} ${sentence}`} />
      <Watermark text={`${t("replay.readOnly")} · ${person.name} · ${person.username}`} />
    </div>
  );
}

function Head({ one, moment }: { one: Case; moment: MomentAt | undefined }): ReactElement {
  const { t } = useI18n();
  const { person } = useSession();
  return (
    <header className="task-head">
      <Link to={`/cases/${encodeURIComponent(one.id)}`} className="back" aria-label={t("replay.leave")}>
        <Icon name="back" />
      </Link>
      <div className="task-head-words">
        <h1>
          {t("replay.title")} · {moment?.title ?? one.title}
        </h1>
        <span className="task-head-case">
          {one.processName} · {one.id}
        </span>
      </div>
      <div className="task-head-chips">
        <Chip tone="calm" icon="eye">
          {t("replay.readOnlyFor", { who: person.name })}
        </Chip>
        {moment ? <Status status={moment.status as CaseStatus} /> : null}
        <ProofBadge caseId={one.id} />
      </div>
    </header>
  );
}

interface ShownProps {
  moment: MomentAt;
  one: Case;
  player: Player;
  /** The moment on the screen is still the one before. */
  stale: boolean;
}

function Shown({ moment, one, player, stale }: ShownProps): ReactElement {
  const { t } = useI18n();
  const processes = moment.processes.map((other) => other.process);
  const diagrams = useDiagramsOf(moment.release.hash, processes);
  const xmls = processes.map((process) => diagrams.get(process)).join("\n");
  // The texts stand for the map, which is another one with every answer.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const names = useMemo(() => namesIn([...diagrams.values()]), [xmls]);
  return (
    <div className="case-columns" aria-busy={stale}>
      <div className="case-main">
        <section className="panel replay-where">
          <div className="replay-tools">
            <h2>{t("replay.where")}</h2>
            <CopyLink />
          </div>
          <DiagramThen moment={moment} diagrams={diagrams} names={names} />
          <Steps moment={moment} names={names} />
        </section>
        <section className="panel replay-timeline">
          <div className="replay-tools">
            <h2>{t("case.history")}</h2>
            <JumpToDate caseId={one.id} onFound={player.go} />
          </div>
          <Timeline caseId={one.id} player={player} />
        </section>
      </div>
      <div className="case-side">
        <Deed moment={moment} />
        <Filled moment={moment} />
        <Tasks moment={moment} />
        <Deadlines moment={moment} names={names} />
        <Decisions moment={moment} labels={one.labels} />
        <Data moment={moment} names={names} labels={one.labels} />
        <Evidence moment={moment} />
        <Linked moment={moment} go={player.go} />
      </div>
    </div>
  );
}

interface DiagramThenProps {
  moment: MomentAt;
  diagrams: Map<string, string>;
  names: Names;
}

function DiagramThen({ moment, diagrams, names }: DiagramThenProps): ReactElement {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = moment.processes.find((one) => one.process === chosen) ?? moment.processes[0];
  if (!shown) return <p className="faint">{t("replay.noDiagram")}</p>;
  const xml = diagrams.get(shown.process);
  const steps = activeSteps(moment, names, t).join("、") || t("replay.noSteps");
  return (
    <>
      {moment.processes.length > 1 ? (
        <div className="chips diagram-choice">
          {moment.processes.map((one) => (
            <button
              key={one.process}
              type="button"
              className="pill"
              aria-pressed={one === shown}
              onClick={() => setChosen(one.process)}
            >
              {one.name}
            </button>
          ))}
        </div>
      ) : null}
      {xml ? (
        <Suspense fallback={<Loading rows={3} />}>
          <DiagramView
            xml={xml}
            elements={shown.elements}
            flows={shown.flows}
            label={t("diagram.label", { name: shown.name, steps })}
          />
        </Suspense>
      ) : (
        <Loading rows={3} />
      )}
      <Legend />
    </>
  );
}

/** The address is the link; on plain http, where browsers have no clipboard, it is copied from the address bar. */
function CopyLink(): ReactElement | null {
  const { t } = useI18n();
  const toast = useToast();
  if (!("clipboard" in navigator)) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    toast(t("replay.linkCopied"));
  };
  return (
    <Button kind="quiet" icon="link" onClick={() => void copy()}>
      {t("replay.copyLink")}
    </Button>
  );
}
