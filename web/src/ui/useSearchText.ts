import { useEffect, useState } from "react";

import { useSettled } from "./hooks";

/** The text of a search box that types along: at once on the screen, in the filter when the typing pauses. */
export function useSearchText(applied: string, apply: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(applied);
  const settled = useSettled(text);
  useEffect(() => {
    if (settled !== applied) apply(settled);
    // Only a pause in typing applies the text; a change of the filter from elsewhere must not start this again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return [text, setText];
}
