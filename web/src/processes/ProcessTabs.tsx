import type { ReactElement } from "react";
import { useNavigate } from "react-router";

import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Tabs } from "../ui/Tabs";

const PLACES = { deployed: "/processes", studio: "/studio", library: "/processes/-/diagrams" };

/** What runs here, and what is only kept to be looked at. No process has the id "-": it begins no XML name. */
export function ProcessTabs({ value }: { value: keyof typeof PLACES }): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const mayEdit = useMay("studio.edit");
  return (
    <Tabs
      label={t("nav.processes")}
      value={value}
      onChange={(to) => void navigate(PLACES[to])}
      tabs={[
        { value: "deployed", label: t("library.deployed") },
        ...(mayEdit ? [{ value: "studio" as const, label: t("studio.tab") }] : []),
        { value: "library", label: t("library.title") },
      ]}
    />
  );
}
