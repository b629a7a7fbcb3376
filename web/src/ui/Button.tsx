import type { ButtonHTMLAttributes, ReactElement, ReactNode, Ref } from "react";
import { Link } from "react-router";

import { Icon, type IconName } from "./Icon";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

interface Look {
  kind?: ButtonKind;
  icon?: IconName;
  wide?: boolean;
  children?: ReactNode;
}

interface Props extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

function classes({ kind = "plain", wide, children }: Look): string {
  return ["button", `button-${kind}`, wide ? "button-wide" : "", children ? "" : "button-icon"]
    .filter(Boolean)
    .join(" ");
}

/** While `busy` the button stays focusable and says so, but ignores presses: a second press must not act twice. */
export function Button({
  kind,
  icon,
  wide,
  busy = false,
  children,
  onClick,
  type = "button",
  ...rest
}: Props): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      className={classes({ kind, wide, children })}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      {children ? <span>{children}</span> : null}
    </button>
  );
}

/** What an icon alone leads to is said by `label`. */
type Named = { children: ReactNode; label?: string } | { children?: undefined; label: string };

export function ButtonLink({ to, label, ...look }: Look & Named & { to: string }): ReactElement {
  return (
    <Link to={to} className={classes(look)} aria-label={label} title={label}>
      {look.icon ? <Icon name={look.icon} /> : null}
      {look.children ? <span>{look.children}</span> : null}
    </Link>
  );
}
