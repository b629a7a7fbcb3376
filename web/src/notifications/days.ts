/** Rows that are in the order of time, cut where today begins: `["today", …]`, then `["earlier", …]`, without empty ones. */
export function groupByDay<T extends { at: string }>(rows: T[], now: Date): ["today" | "earlier", T[]][] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const today = rows.filter((row) => Date.parse(row.at) >= midnight);
  const earlier = rows.filter((row) => Date.parse(row.at) < midnight);
  const groups: ["today" | "earlier", T[]][] = [
    ["today", today],
    ["earlier", earlier],
  ];
  return groups.filter(([, items]) => items.length > 0);
}
