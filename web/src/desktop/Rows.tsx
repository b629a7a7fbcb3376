import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import type { KeyboardEvent, ReactElement, ReactNode } from "react";

import type { Rows } from "../api/queries";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Failure, Loading } from "../ui/states";

interface Props<T extends { id: string }> {
  list: Rows<T>;
  columns: ColumnsType<T>;
  empty: ReactNode;
  label: string;
  selected?: string;
  onOpen: (row: T) => void;
}

/** Up and down move between rows, Enter opens: a table that can be worked without a mouse. */
function rowKeys(event: KeyboardEvent<HTMLElement>, open: () => void): void {
  const row = event.currentTarget;
  if (event.target !== row) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    open();
    return;
  }
  const to =
    event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
  if (to instanceof HTMLElement) {
    event.preventDefault();
    to.focus();
  }
}

export function DeskRows<T extends { id: string }>({
  list,
  columns,
  empty,
  label,
  selected,
  onOpen,
}: Props<T>): ReactElement {
  const { t } = useI18n();
  const { rows, query } = list;
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError && rows.length === 0) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div className="table-card">
      <Table<T>
        aria-label={label}
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={rows}
        pagination={false}
        rowClassName={(row) => (row.id === selected ? "row row-selected" : "row")}
        onRow={(row) => ({
          tabIndex: 0,
          "aria-current": row.id === selected ? "true" : undefined,
          onClick: () => onOpen(row),
          onKeyDown: (event: KeyboardEvent<HTMLElement>) => rowKeys(event, () => onOpen(row)),
        })}
      />
      <footer className="table-foot">
        <span>{t("list.shown", { n: rows.length })}</span>
        {query.hasNextPage ? (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("list.more")}
          </Button>
        ) : null}
      </footer>
    </div>
  );
}
