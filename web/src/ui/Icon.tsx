import type { ReactElement } from "react";

/** 24-unit outlines, drawn for this product: one weight, round ends. */
const PATHS = {
  tasks: "M9 6h11M9 12h11M9 18h11M4 6l1 1 2-2M4 12l1 1 2-2M4 18l1 1 2-2",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M8 14h3M8 17h6",
  cases: "M4 7a2 2 0 0 1 2-2h4l2 2h6a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z",
  flow: "M4 5h6v5H4zM14 14h6v5h-6zM7 10v4a3 3 0 0 0 3 3h4",
  alert: "M12 4l9 16H3zM12 10v4M12 17.2v.1",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4.500-5.500 8-5.500s7 1.500 8 5.500",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  late: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v6M12 16.500v.1",
  check: "M5 12.500l4.500 4.500L19 7.500",
  done: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.300l2.800 2.800L16 9.500",
  close: "M6 6l12 12M18 6L6 18",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500",
  plus: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  first: "M18 5l-7 7 7 7M6 5v14",
  last: "M6 5l7 7-7 7M18 5v14",
  replay: "M4 12a8 8 0 1 0 2.600-5.900M4 4v4h4M10.500 9l4.500 3-4.500 3z",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4.100 4.100 0 0 0-5.800-5.800l-1.400 1.400M14 10a4 4 0 0 0-6-.4l-3 3a4.100 4.100 0 0 0 5.800 5.800l1.400-1.400",
  eye: "M2.500 12c2.500-4.500 5.700-6.500 9.500-6.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500s-7-2-9.500-6.500zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9.200v.1",
  retake: "M4 12a8 8 0 1 0 2.600-5.900M4 4v4h4",
  pen: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  trash: "M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5",
  cloud: "M7 18a4 4 0 0 1-.500-7.970A6 6 0 0 1 18 9a4.500 4.500 0 0 1-.500 9z",
  cloudOff: "M4 4l16 16M7 18a4 4 0 0 1-.500-7.970M10 6.300A6 6 0 0 1 18 9a4.500 4.500 0 0 1 2 8",
  shield: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-4.500",
  shieldBad: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM12 8v5M12 16.200v.1",
  send: "M4 12l16-8-6 17-3-7z",
  swap: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
  release: "M9 14l-4-4 4-4M5 10h9a5 5 0 0 1 0 10h-3",
  claim:
    "M8 11V5.500a1.500 1.500 0 0 1 3 0V10M11 10V4.500a1.500 1.500 0 0 1 3 0V10M14 10V6a1.500 1.500 0 0 1 3 0v8a7 7 0 0 1-7 7c-3 0-4.500-1.500-6-4l-1.500-3a1.500 1.500 0 0 1 2.500-1.500l3 2.500",
  pause: "M8 5v14M16 5v14",
  play: "M7 5l12 7-12 7z",
  stop: "M6 6h12v12H6z",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15zM10 21h4",
  globe:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3.500 6 3.500 9s-.500 6-3.500 9c-3-3-3.500-6-3.500-9s.500-6 3.500-9z",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  key: "M14.500 14a5 5 0 1 0-4.600-3L3 18v3h4v-2.500h2.500V16l1.500-1.500M16 8.500v.1",
  exit: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  message: "M4 5h16v11H9l-5 4z",
  gear: "M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM12 2.500l1 3 3-.8 1.800 3.100-2.200 2.200 0 4 2.200 2.200-1.800 3.100-3-.8-1 3-1-3-3 .8-1.800-3.100 2.200-2.200 0-4-2.200-2.200L8 4.700l3 .8z",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  minus: "M5 12h14",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.1",
  download: "M12 4v11M7 11l5 5 5-5M4 20h16",
  filter: "M4 6h16M7 12h10M10 18h4",
  undo: "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  pencil: "M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19zM14 6.500l3.500 3.500",
  more: "M5 12v.1M12 12v.1M19 12v.1",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside words is decoration; give `label` only where it stands alone. */
export function Icon({ name, size = 20, label }: { name: IconName; size?: number; label?: string }): ReactElement {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
