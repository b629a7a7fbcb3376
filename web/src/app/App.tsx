import { lazy, Suspense, useEffect, type ReactElement } from "react";
import { Navigate, Route, Routes } from "react-router";

import { useI18n } from "../i18n";
import { SignIn } from "../session/SignIn";
import { useSessionApi, useWorks } from "../session/session";
import { Button } from "../ui/Button";
import { usePhone } from "../ui/hooks";
import { Logo } from "../ui/Logo";
import { Empty, Loading } from "../ui/states";
import { useOutgoing } from "../task/actions";
import { ErrorBoundary } from "./ErrorBoundary";
import { UpdatePrompt } from "./UpdatePrompt";

// Each part is fetched when it is first shown: a phone never loads the desk's tables, nor a desk the phone's gestures.
const PhoneShell = lazy(() => import("../phone/Shell"));
const DesktopShell = lazy(() => import("../desktop/Shell"));
const PhoneWorklist = lazy(() => import("../phone/Worklist"));
const DesktopWorklist = lazy(() => import("../desktop/Worklist"));
const PhoneCases = lazy(() => import("../phone/Cases"));
const DesktopCases = lazy(() => import("../desktop/Cases"));
const TaskPage = lazy(() => import("../task/TaskPage"));
const CasePage = lazy(() => import("../case/CasePage"));
const ReplayPage = lazy(() => import("../replay/ReplayPage"));
const StartCase = lazy(() => import("../case/StartCase"));
const Incidents = lazy(() => import("../incidents/Incidents"));
const Processes = lazy(() => import("../processes/Processes"));
const ProcessPage = lazy(() => import("../processes/ProcessPage"));
const ComparePage = lazy(() => import("../compare/ComparePage"));
const WatchPage = lazy(() => import("../studio/owner/WatchPage"));
const MigratePage = lazy(() => import("../studio/owner/MigratePage"));
const ExpressionPage = lazy(() => import("../studio/owner/ExpressionPage"));
const Drafts = lazy(() => import("../studio/Drafts"));
const Workspace = lazy(() => import("../studio/Workspace"));
const Library = lazy(() => import("../library/Library"));
const LibraryDiagram = lazy(() => import("../library/DiagramPage"));
const Organisation = lazy(() => import("../people/Organisation"));
const HistorySearch = lazy(() => import("../audit/HistorySearch"));
const SecurityLog = lazy(() => import("../people/SecurityLog"));
const RosterPage = lazy(() => import("../people/RosterPage"));
const Calendars = lazy(() => import("../calendars/Calendars"));
const Registers = lazy(() => import("../registers/Registers"));
const RegisterPage = lazy(() => import("../registers/RegisterPage"));
const Documents = lazy(() => import("../documents/Documents"));
const DocumentPage = lazy(() => import("../documents/DocumentPage"));
const Dashboards = lazy(() => import("../dashboards/Dashboards"));
const OutboxPage = lazy(() => import("../outbox/OutboxPage"));
const ReviewHub = lazy(() => import("../review/ReviewHub"));
const Reviews = lazy(() => import("../review/Reviews"));
const ReviewPage = lazy(() => import("../review/ReviewPage"));
const Retention = lazy(() => import("../review/Retention"));
const EventLogs = lazy(() => import("../review/EventLogs"));
const Me = lazy(() => import("../me/Me"));
const IncidentPage = lazy(() => import("../incidents/IncidentPage"));
const Operate = lazy(() => import("../incidents/Operate"));
const Notifications = lazy(() => import("../notifications/Notifications"));
const NotificationSettings = lazy(() => import("../notifications/Settings"));
const Deliveries = lazy(() => import("../notifications/Deliveries"));
const Targets = lazy(() => import("../notifications/Targets"));

export function App(): ReactElement {
  const { state, check } = useSessionApi();
  const { t } = useI18n();
  if (state.phase === "checking") return <Splash />;
  if (state.phase === "signedOut") return <SignIn />;
  if (state.phase === "unreachable") {
    return (
      <main className="splash">
        <Empty
          page
          icon="cloudOff"
          title={t("error.title")}
          hint={t("error.unreachable")}
          action={
            <Button icon="retake" onClick={() => void check()}>
              {t("action.retry")}
            </Button>
          }
        />
      </main>
    );
  }
  const expired = state.phase === "expired";
  return (
    <>
      {/* The page stays mounted beneath the sign-in, so that what was typed is still there afterwards. */}
      <div inert={expired} className={expired ? "covered" : undefined}>
        <UpdatePrompt />
        <Screens />
      </div>
      {expired ? (
        <div className="cover">
          <SignIn again={state.session.person.name} />
        </div>
      ) : null}
    </>
  );
}

function Splash(): ReactElement {
  const { t } = useI18n();
  return (
    <main className="splash" role="status">
      <Logo size={64} />
      <span className="visually-hidden">{t("state.loading")}</span>
    </main>
  );
}

function Screens(): ReactElement {
  const phone = usePhone();
  useOutgoing();
  useEffect(() => {
    document.documentElement.dataset.device = phone ? "phone" : "desktop";
  }, [phone]);
  const Shell = phone ? PhoneShell : DesktopShell;
  return (
    <Suspense fallback={<Splash />}>
      <Shell>
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            <Screen phone={phone} />
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </Suspense>
  );
}

function Screen({ phone }: { phone: boolean }): ReactElement {
  const { t } = useI18n();
  if (!useWorks()) {
    return (
      <Routes>
        <Route path="/me" element={<Me />} />
        <Route path="/targets" element={<Targets />} />
        <Route path="/people" element={<Organisation />} />
        <Route path="/security" element={<SecurityLog />} />
        <Route path="/calendars" element={<Calendars />} />
        <Route path="*" element={<Navigate to="/me" replace />} />
      </Routes>
    );
  }
  return (
    <Routes>
      <Route path="/" element={<Navigate to="/tasks" replace />} />
      <Route path="/tasks" element={phone ? <PhoneWorklist /> : <DesktopWorklist />} />
      <Route path="/tasks/:id" element={<TaskPage />} />
      <Route path="/cases" element={phone ? <PhoneCases /> : <DesktopCases />} />
      <Route path="/cases/new" element={<StartCase />} />
      <Route path="/cases/new/:process" element={<StartCase />} />
      <Route path="/cases/:id" element={<CasePage />} />
      <Route path="/cases/:id/replay" element={<ReplayPage />} />
      <Route path="/incidents" element={<Incidents />} />
      <Route path="/incidents/:id" element={<IncidentPage />} />
      <Route path="/operate" element={<Operate />} />
      <Route path="/deliveries" element={<Deliveries />} />
      <Route path="/notifications" element={<Notifications />} />
      <Route path="/me/notifications" element={<NotificationSettings />} />
      <Route path="/roster" element={<RosterPage />} />
      <Route path="/processes" element={<Processes />} />
      <Route path="/processes/:process" element={<ProcessPage />} />
      <Route path="/processes/:process/compare" element={<ComparePage />} />
      <Route path="/processes/:process/watch" element={<WatchPage />} />
      <Route path="/processes/:process/migrate" element={<MigratePage />} />
      <Route path="/studio" element={<Drafts />} />
      <Route path="/studio/:id" element={<Workspace />} />
      <Route path="/processes/-/expressions" element={<ExpressionPage />} />
      <Route path="/processes/-/diagrams" element={<Library />} />
      <Route path="/processes/-/diagrams/:sha256" element={<LibraryDiagram />} />
      <Route path="/calendars" element={<Calendars />} />
      <Route path="/registers" element={<Registers />} />
      <Route path="/registers/:id" element={<RegisterPage />} />
      <Route path="/documents" element={<Documents />} />
      <Route path="/documents/:number" element={<DocumentPage />} />
      <Route path="/dashboards" element={<Dashboards />} />
      <Route path="/review" element={<ReviewHub />} />
      <Route path="/review/samples" element={<Reviews />} />
      <Route path="/review/samples/:number" element={<ReviewPage />} />
      <Route path="/review/retention" element={<Retention />} />
      <Route path="/review/event-logs" element={<EventLogs />} />
      <Route path="/search" element={<HistorySearch />} />
      <Route path="/security" element={<SecurityLog />} />
      <Route path="/me" element={<Me />} />
      <Route path="/outbox" element={<OutboxPage />} />
      <Route
        path="*"
        element={<Empty page icon="search" title={t("error.notFoundTitle")} hint={t("error.noPage")} />}
      />
    </Routes>
  );
}
