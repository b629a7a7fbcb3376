import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useCases } from "../api/queries";
import type { CaseSummary } from "../api/types";
import { CASE_SORTS, CASE_SORT_LABEL, CaseEmpty, useCaseFilter, useCaseTabs } from "../case/list";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Button, ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Due, Moment, PageHead, Search, Status } from "../ui/parts";
import { Chip } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useSearchText } from "../ui/useSearchText";
import { FilterSheet } from "../worklist/FilterSheet";
import { PhoneRows } from "./Rows";

export default function PhoneCases(): ReactElement {
  const { t } = useI18n();
  const { filter, change } = useCaseFilter();
  const list = useCases(filter);
  const mayStart = useMay("cases.start");
  const [text, setText] = useSearchText(filter.q, (q) => change({ q }));
  const [choosing, setChoosing] = useState(false);
  useTitle(t("nav.cases"));
  return (
    <>
      <PageHead title={t("nav.cases")}>
        {mayStart ? (
          <ButtonLink to="/cases/new" kind="primary" icon="plus">
            {t("case.start")}
          </ButtonLink>
        ) : null}
        <Button kind="quiet" icon="filter" aria-label={t("list.filter")} onClick={() => setChoosing(true)} />
      </PageHead>
      <div className="phone-tools">
        <Tabs label={t("nav.cases")} tabs={useCaseTabs()} value={filter.view} onChange={(view) => change({ view })} />
        <Search label={t("case.search")} value={text} onChange={setText} />
      </div>
      <PhoneRows
        list={list}
        empty={<CaseEmpty searching={Boolean(filter.q || filter.process)} />}
        card={(one) => <CaseCard one={one} />}
      />
      {choosing ? (
        <FilterSheet
          filter={filter}
          sorts={CASE_SORTS.map((value) => ({ value, label: t(CASE_SORT_LABEL[value]) }))}
          onChange={change}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}

function CaseCard({ one }: { one: CaseSummary }): ReactElement {
  const { t } = useI18n();
  return (
    <article className="card">
      <Link to={`/cases/${encodeURIComponent(one.id)}`} className="card-link">
        <span className="card-top">
          <strong>{one.title}</strong>
          <Status status={one.status} />
        </span>
        <span className="card-meta">
          <span>{one.processName}</span>
          <Moment at={one.startedAt} />
          {one.status === "active" && one.due ? <Due due={one.due} /> : null}
          {one.incidents > 0 ? (
            <Chip tone="bad" icon="alert">
              {t("case.incidents", { n: one.incidents })}
            </Chip>
          ) : null}
        </span>
      </Link>
    </article>
  );
}
