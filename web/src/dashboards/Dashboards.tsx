import type { ReactElement } from "react";
import { useSearchParams } from "react-router";

import { useI18n } from "../i18n";
import { ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { PageHead } from "../ui/parts";
import { Tabs } from "../ui/Tabs";
import { CoveragePanel, HazardsPanel, JointPanel, OverduePanel, WorkloadPanel } from "./panels";
import "../registers/registers.css";
import "./dashboards.css";

const PANELS = {
  overdue: OverduePanel,
  coverage: CoveragePanel,
  hazards: HazardsPanel,
  joint: JointPanel,
  workload: WorkloadPanel,
} as const;
type PanelName = keyof typeof PANELS;
const NAMES = Object.keys(PANELS) as PanelName[];

export default function Dashboards(): ReactElement {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("view") as PanelName;
  const view: PanelName = NAMES.includes(asked) ? asked : "overdue";
  const Panel = PANELS[view];
  useTitle(t("nav.dashboards"));
  return (
    <div className="page">
      <PageHead
        title={t("nav.dashboards")}
        back={<ButtonLink to="/registers" kind="quiet" icon="back" label={t("nav.registers")} />}
      />
      <Tabs
        label={t("nav.dashboards")}
        value={view}
        onChange={(next) => setSearch({ view: next }, { replace: true })}
        tabs={NAMES.map((value) => ({ value, label: t(`dash.${value}`) }))}
      />
      <Panel />
    </div>
  );
}
