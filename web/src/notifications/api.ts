/** What the screens of notifications and deliveries ask the server for. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { request } from "../api/client";
import { useRows, type Rows } from "../api/queries";
import type { Page } from "../api/types";
import type { components } from "../api/schema";
import { useWorks } from "../session/session";

type Schemas = components["schemas"];
export type Notification = Schemas["Notification"];
export type Kind = Notification["kind"];
export type Contact = Omit<Schemas["Contact"], "channels"> & { channels: Record<string, string[]> };
export type Delivery = Schemas["Delivery"];
export type DeliveryCounts = Schemas["DeliveryCounts"];
export type Target = Schemas["Target"];
export type NewTarget = Schemas["NewTarget"];
export type DeliveryView = "queue" | "failing" | "dead" | "done";

export const KINDS = ["task", "due", "reminder", "overdue", "card", "incident"] as const;
const STOP = 99;

export const useNotifications = (unread: boolean): Rows<Notification> =>
  useRows("notifications", "/notifications", unread ? { unread: "true" } : {});

/** How many are unread: "", "7", "99+". */
export function useUnread(): string {
  const works = useWorks();
  const { data } = useQuery({
    queryKey: ["unread"],
    enabled: works,
    queryFn: ({ signal }) => request<Schemas["Unread"]>("/notifications/unread", { signal }),
    refetchInterval: 20_000,
  });
  if (!data || data.unread === 0) return "";
  return data.unread > STOP ? `${STOP}+` : String(data.unread);
}

/** Marks one as read, or all without an id; lists and counts follow. */
export function useMarkRead(): (id?: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (id?: string) => {
      const path = id ? `/notifications/${encodeURIComponent(id)}/read` : "/notifications/read";
      client.setQueryData(["unread"], await request<Schemas["Unread"]>(path, { method: "POST" }));
      await client.invalidateQueries({ queryKey: ["notifications"] });
    },
    [client],
  );
}

export function useContact() {
  return useQuery({ queryKey: ["contact"], queryFn: ({ signal }) => request<Contact>("/me/contact", { signal }) });
}

/** Looked at again while it is shown: the worker sends meanwhile. */
export const useDeliveries = (view: DeliveryView): Rows<Delivery> =>
  useRows("deliveries", "/deliveries", { view }, 50, 5_000);

export function useDeliveryCounts() {
  return useQuery({
    queryKey: ["deliveries", "counts"],
    queryFn: ({ signal }) => request<DeliveryCounts>("/deliveries/counts", { signal }),
    refetchInterval: 30_000,
  });
}

/** Registered targets: of the administrator's page, or of the operator's. */
export function useTargets(path: "/targets" | "/deliveries/targets") {
  return useQuery({
    queryKey: ["targets", path],
    queryFn: async ({ signal }) => (await request<Page<Target>>(path, { signal })).items,
  });
}
