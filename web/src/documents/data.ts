/** Papers as the screens read them. */
import { useQuery } from "@tanstack/react-query";

import { request } from "../api/client";
import { useRows, type Rows } from "../api/queries";
import type { components } from "../api/schema";
import { useI18n } from "../i18n";

type Schemas = components["schemas"];
export type PaperSummary = Schemas["DocumentSummary"];
type Said = string | Said[] | { [label: string]: Said };
export type Paper = Omit<Schemas["Document"], "rows" | "notes"> & {
  rows: { label: string; value: Said }[];
  notes: (Omit<Schemas["DocumentEvent"], "data"> & { data: Record<string, unknown> })[];
};
export type SaidValue = Said;

export const CODES = ["TG", "TW", "FG", "YQ", "FC", "HP", "RP", "YT", "KF", "SS", "PG", "JC", "JL", "BG"] as const;

export const usePapers = (filter: Record<string, string>): Rows<PaperSummary> => {
  const { language } = useI18n();
  return useRows<PaperSummary>(`documents/${language}`, "/documents", filter);
};

export function usePaper(number: string) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["document", number, language],
    queryFn: ({ signal }) => request<Paper>(`/documents/${encodeURIComponent(number)}`, { signal }),
  });
}
