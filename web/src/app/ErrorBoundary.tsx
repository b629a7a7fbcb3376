import { Component, type ReactElement, type ReactNode } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Empty } from "../ui/states";

/** A screen that breaks says so and leaves the rest of the application standing. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactElement {
  const { t } = useI18n();
  return (
    <Empty
      page
      icon="alert"
      title={t("error.brokenTitle")}
      hint={t("error.broken")}
      action={
        <Button icon="retake" onClick={() => location.reload()}>
          {t("action.reload")}
        </Button>
      }
    />
  );
}
