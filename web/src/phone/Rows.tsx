import InfiniteScroll from "antd-mobile/es/components/infinite-scroll";
import PullToRefresh from "antd-mobile/es/components/pull-to-refresh";
import type { ReactElement, ReactNode } from "react";

import type { Rows } from "../api/queries";
import { useI18n } from "../i18n";
import { Failure, Loading } from "../ui/states";

interface Props<T extends { id: string }> {
  list: Rows<T>;
  empty: ReactNode;
  card: (row: T) => ReactNode;
}

/** A list under the thumb: pull to refresh, more as it is scrolled. */
export function PhoneRows<T extends { id: string }>({ list, empty, card }: Props<T>): ReactElement {
  const { t } = useI18n();
  const { rows, query } = list;
  if (query.isPending) return <Loading rows={5} />;
  if (query.isError && rows.length === 0) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <PullToRefresh
      onRefresh={() => query.refetch()}
      pullingText={t("list.pull")}
      canReleaseText={t("list.release")}
      refreshingText={t("state.loading")}
      completeText={t("list.refreshed")}
    >
      {rows.length === 0 ? (
        empty
      ) : (
        <ul className="cards">
          {rows.map((row) => (
            <li key={row.id}>{card(row)}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 ? (
        <InfiniteScroll hasMore={query.hasNextPage} loadMore={() => query.fetchNextPage().then(() => undefined)}>
          {query.hasNextPage ? t("state.loading") : t("list.end", { n: rows.length })}
        </InfiniteScroll>
      ) : null}
    </PullToRefresh>
  );
}
