/**
 * Read the API's description from a running server and make the client's types of it.
 *
 *     DUBAN_SERVER=http://127.0.0.1:8000 npm run api-types
 *
 * Both results are committed: the types say at build time where the screens and the API have parted.
 */
import { readFile, writeFile } from "node:fs/promises";

import openapiTS, { astToString } from "openapi-typescript";

const server = process.env.DUBAN_SERVER ?? "http://127.0.0.1:8000";
const description = new URL("../src/api/openapi.json", import.meta.url);
const types = new URL("../src/api/schema.d.ts", import.meta.url);

const answer = await fetch(`${server}/api/v1/openapi.json`);
if (!answer.ok) throw new Error(`Expected the API's description at ${server}, but the answer was ${answer.status}`);
await writeFile(description, `${JSON.stringify(await answer.json(), null, 1)}\n`);
const schema = astToString(await openapiTS(JSON.parse(await readFile(description, "utf8"))));
await writeFile(types, `/* Made by scripts/api-types.mjs from openapi.json. */\n${schema}`);
console.log("Wrote src/api/openapi.json and src/api/schema.d.ts");
