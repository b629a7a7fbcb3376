import type { ReactElement } from "react";

/** No letter of the mark is wider than this, in pixels. */
const WIDEST = 15;

/** The viewer's name all over the page: a photograph of it says whose screen it was. Decoration to a screen reader. */
export function Watermark({ text }: { text: string }): ReactElement {
  return (
    <svg className="watermark" aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id="watermark"
          width={text.length * WIDEST + 60}
          height="110"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-24)"
        >
          <text x="0" y="60">
            {text}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
