import { useEffect, useId, useRef, type ReactElement, type ReactNode } from "react";

import { useI18n } from "../i18n";
import { Button } from "./Button";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}

/**
 * A dialog: in the middle of a desk's screen, from the lower edge of a phone's. The browser's own modal dialog keeps the
 * focus inside, makes the rest inert and closes on Escape. Mount it to open it.
 */
export function Sheet({ title, onClose, children, footer, wide = false }: Props): ReactElement {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "sheet sheet-wide" : "sheet"}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="sheet-head">
        <h2 id={heading}>{title}</h2>
        <Button kind="quiet" icon="close" aria-label={t("action.close")} onClick={onClose} />
      </header>
      <div className="sheet-body">{children}</div>
      {footer ? <footer className="sheet-foot">{footer}</footer> : null}
    </dialog>
  );
}
