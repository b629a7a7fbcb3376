import type { ReactElement } from "react";

import type { TaskCounts, TaskView } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { ButtonLink } from "../ui/Button";
import { Empty } from "../ui/states";
import type { Tab } from "../ui/Tabs";
import { countWords, TASK_VIEWS, VIEW_LABEL } from "./model";

export function useViewTabs(counts: TaskCounts | undefined): Tab<TaskView>[] {
  const { t } = useI18n();
  return TASK_VIEWS.map((value) => {
    const count = value === "done" ? undefined : counts?.[value];
    return {
      value,
      label: t(VIEW_LABEL[value]),
      count: countWords(count),
      urgent: value === "overdue" && Boolean(count?.count),
    };
  });
}

const EMPTY: Record<TaskView, { title: MessageKey; hint: MessageKey }> = {
  mine: { title: "empty.mine", hint: "empty.mineHint" },
  available: { title: "empty.available", hint: "empty.availableHint" },
  overdue: { title: "empty.overdue", hint: "empty.overdueHint" },
  today: { title: "empty.today", hint: "empty.todayHint" },
  done: { title: "empty.done", hint: "empty.doneHint" },
};

export function WorklistEmpty({ view, searching }: { view: TaskView; searching: boolean }): ReactElement {
  const { t } = useI18n();
  if (searching) return <Empty icon="search" title={t("empty.search")} hint={t("empty.searchHint")} />;
  const action = view === "mine" ? <ButtonLink to="/tasks?view=available">{t("empty.toAvailable")}</ButtonLink> : null;
  return (
    <Empty
      icon={view === "overdue" ? "done" : "tasks"}
      title={t(EMPTY[view].title)}
      hint={t(EMPTY[view].hint)}
      action={action}
    />
  );
}
