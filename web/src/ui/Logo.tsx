import type { ReactElement } from "react";

/** A loop that closes around a tick. The word beside it carries the name, so the mark is decoration. */
export function Logo({ size = 32 }: { size?: number }): ReactElement {
  return <img src="/logo.svg" width={size} height={size} alt="" className="logo" />;
}
