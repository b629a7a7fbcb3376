import type { ReactElement } from "react";
import { useNavigate } from "react-router";

import { useI18n } from "../i18n";
import { Tabs } from "../ui/Tabs";

const PLACES = { deployed: "/processes", library: "/processes/-/diagrams" };

/** What runs here, and what is only kept to be looked at. No process has the id "-": it begins no XML name. */
export function ProcessTabs({ value }: { value: keyof typeof PLACES }): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <Tabs
      label={t("nav.processes")}
      value={value}
      onChange={(to) => void navigate(PLACES[to])}
      tabs={[
        { value: "deployed", label: t("library.deployed") },
        { value: "library", label: t("library.title") },
      ]}
    />
  );
}
