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
import { I18nProvider } from "./i18n";
import { SessionProvider } from "./session/session";
import { ToastProvider } from "./ui/toast";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // An answer that says no will say no again; only silence is worth asking twice.
      retry: (count, error) => !(error instanceof Refused && error.status < 500) && count < 2,
    },
  },
});

applyTheme();

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
