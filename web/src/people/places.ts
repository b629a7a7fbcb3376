import type { MessageKey } from "../i18n";
import { useMay } from "../session/session";
import type { IconName } from "../ui/Icon";

/** The pages of the administrators, by what each of them keeps. */
export function useAdministration(): { to: string; icon: IconName; label: MessageKey; count?: string }[] {
  const people = useMay("people.read");
  const log = useMay("security.read");
  return [
    ...(people ? [{ to: "/people", icon: "person", label: "nav.people" } as const] : []),
    ...(log ? [{ to: "/security", icon: "shield", label: "nav.security" } as const] : []),
  ];
}
