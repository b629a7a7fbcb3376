import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/screens.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";

import { Refused } from "./api/client";
import { App } from "./app/App";
import { applyTheme } from "./app/theme";
import { keepPages } from "./app/worker";
import { I18nProvider } from "./i18n";
import { SessionProvider } from "./session/session";
import { ToastProvider } from "./ui/toast";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Without a connection a query is asked all the same: what is kept on the device answers, or the page says why not.
      networkMode: "always",
      refetchOnReconnect: true,
      // An answer that says no will say no again; only silence is worth asking twice.
      retry: (count, error) => !(error instanceof Refused && error.status < 500) && count < 2,
    },
  },
});

applyTheme();
// Refused, as some private windows do, the pages work all the same, with a connection.
keepPages().catch(() => undefined);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <I18nProvider>
        <ToastProvider>
          <SessionProvider>
            <BrowserRouter>
              <App />
            </BrowserRouter>
          </SessionProvider>
        </ToastProvider>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
);
