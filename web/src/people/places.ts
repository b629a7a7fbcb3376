import type { MessageKey } from "../i18n";
import { useLogAlarm } from "./api";
import { useMay } from "../session/session";
import type { IconName } from "../ui/Icon";

/** The pages of the administrators, by what each of them keeps. */
export function useAdministration(): { to: string; icon: IconName; label: MessageKey; count?: string }[] {
  const people = useMay("people.read");
  const log = useMay("security.read");
  const alarm = useLogAlarm();
  return [
    ...(people ? [{ to: "/people", icon: "person", label: "nav.people" } as const] : []),
    ...(log
      ? [{ to: "/security", icon: "shield", label: "nav.security", count: alarm ? "!" : undefined } as const]
      : []),
  ];
}
