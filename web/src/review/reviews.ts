/** Review work as the screens read it. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { request } from "../api/client";
import { useRows, type Rows } from "../api/queries";
import type { components } from "../api/schema";
import type { MessageKey } from "../i18n";
import type { Tone } from "../ui/states";

type Schemas = components["schemas"];
export type ReviewSummary = Schemas["AuditReviewSummary"];
export type Review = Schemas["AuditReview"];

export const VERDICTS = ["SOUND", "MINOR", "SERIOUS"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const verdictTone = (verdict: string | null): Tone =>
  verdict === "SOUND" ? "good" : verdict === "MINOR" ? "warn" : verdict === "SERIOUS" ? "bad" : "calm";
export const verdictWord = (verdict: string | null): MessageKey =>
  verdict === "SOUND" || verdict === "MINOR" || verdict === "SERIOUS" ? `review.${verdict}` : "review.none";

export const useReviews = (): Rows<ReviewSummary> => useRows<ReviewSummary>("reviews", "/reviews", {});

export const useReview = (number: string): UseQueryResult<Review> =>
  useQuery({
    queryKey: ["review", number],
    queryFn: ({ signal }) => request<Review>(`/reviews/${encodeURIComponent(number)}`, { signal }),
  });
