import { createContext, use, useCallback, useState, type ReactElement, type ReactNode } from "react";

import { Icon } from "./Icon";
import type { Tone } from "./states";

type Toast = (message: string, tone?: Tone) => void;

const Context = createContext<Toast>(() => undefined);
const SECONDS = 5;

/** Short news of what just happened, read out politely. Nothing that must be acted on goes here: it disappears. */
export function ToastProvider({ children }: { children: ReactNode }): ReactElement {
  const [shown, setShown] = useState<{ id: number; message: string; tone: Tone }[]>([]);
  const toast = useCallback<Toast>((message, tone = "good") => {
    const id = performance.now();
    setShown((before) => [...before.slice(-2), { id, message, tone }]);
    setTimeout(() => setShown((before) => before.filter((one) => one.id !== id)), SECONDS * 1000);
  }, []);
  return (
    <Context value={toast}>
      {children}
      <div className="toasts" role="status">
        {shown.map(({ id, message, tone }) => (
          <div key={id} className={`toast notice-${tone}`}>
            <Icon name={tone === "good" ? "done" : "info"} />
            {message}
          </div>
        ))}
      </div>
    </Context>
  );
}

export const useToast = (): Toast => use(Context);
