import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from "react";

import { connection, Refused, request, Unreachable } from "../api/client";
import { forgetKept } from "../api/kept";
import type { Session } from "../api/types";

/**
 * `checking` until the server has said who is there; `expired` keeps the person and their open page, and asks for the
 * password on top of it, so that nothing typed is lost.
 */
export type SessionState =
  | { phase: "checking" }
  | { phase: "unreachable" }
  | { phase: "signedOut" }
  | { phase: "signedIn"; session: Session }
  | { phase: "expired"; session: Session };

const WHO = "duban.session";

function ended(before: SessionState): SessionState {
  return "session" in before ? { phase: "expired", session: before.session } : { phase: "signedOut" };
}

function keptFor(): string | null {
  const known = localStorage.getItem(WHO);
  return known ? (JSON.parse(known) as Session).person.id : null;
}

interface SessionApi {
  state: SessionState;
  signIn: (username: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  check: () => Promise<void>;
}

const Context = createContext<SessionApi | null>(null);

export function SessionProvider({ children }: { children: ReactNode }): ReactElement {
  const [state, setState] = useState<SessionState>({ phase: "checking" });
  const client = useQueryClient();

  const enter = useCallback((session: Session) => {
    connection.csrfToken = session.csrfToken;
    connection.person = session.person.id;
    // Without its token: it only says, without a connection, whose device this is.
    localStorage.setItem(WHO, JSON.stringify({ ...session, csrfToken: "" }));
    setState({ phase: "signedIn", session });
  }, []);

  const check = useCallback(
    () =>
      request<Session>("/session").then(enter, (error: unknown) => {
        const signedOut = error instanceof Refused && error.status === 401;
        const known = error instanceof Unreachable ? localStorage.getItem(WHO) : null;
        if (known) enter(JSON.parse(known) as Session);
        else setState((before) => (signedOut ? ended(before) : { phase: "unreachable" }));
      }),
    [enter],
  );

  useEffect(() => {
    connection.onSignedOut = () => setState(ended);
    void check();
    // Begun without a connection, the session has no token yet; and it may have ended meanwhile.
    const again = () => void (connection.csrfToken === "" && connection.person ? check() : undefined);
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [check]);

  const signIn = useCallback(
    async (username: string, password: string) => {
      const session = await request<Session>("/session", { method: "POST", json: { username, password } });
      const before = "session" in state ? state.session.person.id : null;
      // What one person read must not be shown to the next.
      if (before !== session.person.id) {
        client.clear();
        if (keptFor() !== session.person.id) await forgetKept();
      } else await client.invalidateQueries();
      enter(session);
    },
    [client, enter, state],
  );

  const signOut = useCallback(async () => {
    await request("/session", { method: "DELETE" });
    connection.csrfToken = "";
    connection.person = "";
    localStorage.removeItem(WHO);
    await forgetKept();
    client.clear();
    setState({ phase: "signedOut" });
  }, [client]);

  const value = useMemo(() => ({ state, signIn, signOut, check }), [state, signIn, signOut, check]);
  return <Context value={value}>{children}</Context>;
}

export function useSessionApi(): SessionApi {
  const value = use(Context);
  if (!value) throw new Error("useSessionApi needs a SessionProvider above it");
  return value;
}

/** Who is signed in. Only for screens inside the shell. */
export function useSession(): Session {
  const { state } = useSessionApi();
  if (!("session" in state)) throw new Error("useSession is for screens behind the sign-in");
  return state.session;
}

const ADMINISTRATORS = ["SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"];

/** The three administrators keep the installation and never touch cases: for them there are no tasks and no cases. */
export function useWorks(): boolean {
  return !useSession().person.roles.some(({ role }) => ADMINISTRATORS.includes(role));
}

export function useMay(permission: string): boolean {
  return useSession().person.permissions.includes(permission);
}
