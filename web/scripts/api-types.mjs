/**
 * Ask the application for the API's description and make the client's types of it.
 *
 *     npm run api-types                      of this checkout (./dev setup makes its Python)
 *     DUBAN_SERVER=http://… npm run api-types    of a running server
 *
 * Both results are committed: the types say at build time where the screens and the API have parted.
 */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";

const description = new URL("../src/api/openapi.json", import.meta.url);
const types = new URL("../src/api/schema.d.ts", import.meta.url);

const ASK = `
from pathlib import Path
from api.app import create_app
from workflows.duban import Duban
app = create_app(Duban("sqlite://", Path("var")))
print(app.test_client().get("/api/v1/openapi.json").text)
`;

async function described() {
  const server = process.env.DUBAN_SERVER;
  if (server === undefined) {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const options = { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 };
    return JSON.parse(execFileSync(`${root}.venv/bin/python`, ["-W", "ignore", "-c", ASK], options));
  }
  const answer = await fetch(`${server}/api/v1/openapi.json`);
  if (!answer.ok) throw new Error(`Expected the API's description at ${server}, but the answer was ${answer.status}`);
  return answer.json();
}

const found = await described();
await writeFile(description, `${JSON.stringify(found, null, 1)}\n`);
await writeFile(
  types,
  `/* Made by scripts/api-types.mjs from openapi.json. */\n${astToString(await openapiTS(found))}`,
);
console.log("Wrote src/api/openapi.json and src/api/schema.d.ts");
