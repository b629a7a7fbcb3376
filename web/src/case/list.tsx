import type { ReactElement } from "react";

import type { CaseFilter } from "../api/queries";
import type { CaseView } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Empty } from "../ui/states";
import type { Tab } from "../ui/Tabs";
import { useAddressFilter } from "../worklist/model";

const CASE_VIEWS: CaseView[] = ["open", "closed", "all"];
export const CASE_SORTS = ["-started", "started"] as const;
export const CASE_SORT_LABEL: Record<(typeof CASE_SORTS)[number], MessageKey> = {
  "-started": "sort.newest",
  started: "sort.oldest",
};

export function useCaseFilter(): { filter: Required<CaseFilter>; change: (changes: Record<string, string>) => void } {
  return useAddressFilter<CaseView>(CASE_VIEWS, "open", "-started");
}

export function useCaseTabs(): Tab<CaseView>[] {
  const { t } = useI18n();
  const labels: Record<CaseView, MessageKey> = { open: "case.open", closed: "case.closed", all: "case.all" };
  return CASE_VIEWS.map((value) => ({ value, label: t(labels[value]) }));
}

export function CaseEmpty({ searching }: { searching: boolean }): ReactElement {
  const { t } = useI18n();
  return searching ? (
    <Empty icon="search" title={t("empty.search")} hint={t("empty.searchHint")} />
  ) : (
    <Empty icon="cases" title={t("empty.cases")} hint={t("empty.casesHint")} />
  );
}
