import type { ColumnsType } from "antd/es/table";
import type { ReactElement } from "react";
import { useNavigate } from "react-router";

import { useCases } from "../api/queries";
import type { CaseSummary } from "../api/types";
import { CASE_SORT_LABEL, CASE_SORTS, CaseEmpty, useCaseFilter, useCaseTabs } from "../case/list";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Due, Moment, PageHead, Status } from "../ui/parts";
import { Chip } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { Filters } from "./Filters";
import { DeskRows } from "./Rows";

export default function DesktopCases(): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { filter, change } = useCaseFilter();
  const list = useCases(filter);
  const mayStart = useMay("cases.start");
  useTitle(t("nav.cases"));
  return (
    <div className="page">
      <PageHead title={t("nav.cases")}>
        {mayStart ? (
          <ButtonLink to="/cases/new" kind="primary" icon="plus">
            {t("case.start")}
          </ButtonLink>
        ) : null}
      </PageHead>
      <Tabs label={t("nav.cases")} tabs={useCaseTabs()} value={filter.view} onChange={(view) => change({ view })} />
      <Filters
        label={t("case.search")}
        filter={filter}
        onChange={change}
        sorts={CASE_SORTS.map((value) => ({ value, label: t(CASE_SORT_LABEL[value]) }))}
      />
      <DeskRows
        list={list}
        columns={useColumns()}
        label={t("nav.cases")}
        empty={<CaseEmpty searching={Boolean(filter.q || filter.process)} />}
        onOpen={(one) => void navigate(`/cases/${encodeURIComponent(one.id)}`)}
      />
    </div>
  );
}

function useColumns(): ColumnsType<CaseSummary> {
  const { t } = useI18n();
  return [
    {
      title: t("case.case"),
      key: "case",
      render: (_, one) => (
        <div className="cell-two">
          <strong>{one.title}</strong>
          <span>
            {one.processName} · {one.id}
          </span>
        </div>
      ),
    },
    {
      title: t("case.status"),
      key: "status",
      width: 200,
      render: (_, one) => (
        <span className="chips">
          <Status status={one.status} />
          {one.incidents > 0 ? (
            <Chip tone="bad" icon="alert">
              {t("case.incidents", { n: one.incidents })}
            </Chip>
          ) : null}
        </span>
      ),
    },
    { title: t("case.openTasks"), key: "open", width: 110, align: "center", render: (_, one) => one.openTasks },
    {
      title: t("worklist.due"),
      key: "due",
      width: 150,
      render: (_, one) => (one.status === "active" || one.status === "suspended" ? <Due due={one.due} /> : null),
    },
    { title: t("case.startedBy"), key: "by", width: 140, render: (_, one) => one.startedBy?.name ?? t("who.system") },
    { title: t("case.startedAt"), key: "at", width: 160, render: (_, one) => <Moment at={one.startedAt} /> },
  ];
}
