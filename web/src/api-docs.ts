import "swagger-ui-dist/swagger-ui.css";

import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

interface Outgoing {
  method?: string;
  headers: Record<string, string>;
}

/** Whoever is signed in can try the calls out: unsafe ones need the session's CSRF token. */
let csrfToken = "";

async function readSession(): Promise<void> {
  const answer = await fetch("/api/v1/session");
  if (answer.ok) csrfToken = ((await answer.json()) as { csrfToken: string }).csrfToken;
}

SwaggerUI({
  dom_id: "#docs",
  url: "/api/v1/openapi.json",
  deepLinking: true,
  docExpansion: "list",
  tryItOutEnabled: true,
  requestInterceptor: (outgoing: Outgoing) => {
    if (csrfToken && outgoing.method && outgoing.method !== "GET") outgoing.headers["X-CSRF-Token"] = csrfToken;
    return outgoing;
  },
});

void readSession();
