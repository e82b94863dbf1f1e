import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { plainTable } from "../cli/plain-table";
import { bundlerOptions } from "../modules/service-function";
import { measure, run } from "./measure";

const health = JSON.stringify({
  version: "2.0",
  routeKey: "GET /health",
  rawPath: "/health",
  headers: {},
  requestContext: { http: { method: "GET", path: "/health" }, requestId: "bench" },
  isBase64Encoded: false,
});

/** Handlers of this repository, each with an event to measure the first response with. */
const handlers = [
  { entry: "services/orders/handler.ts", event: health },
  { entry: "handlers/secret-rotation/handler.ts" },
  { entry: "handlers/edge-router/handler.ts" },
] as const;

const variables = {
  AWS_REGION: "eu-west-1",
  ENVIRONMENT: "bench",
  SERVICE_NAME: "orders",
  TABLE_NAME: "orders",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_LAMBDA_LOG_LEVEL: "ERROR",
};

/** Sizes of the bundles, and the time from process start to first response relative to an empty handler. */
export async function bundleTable(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-bench-bundles-"));
  try {
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "export const handler=async()=>({statusCode:200});");
    const floor = await firstResponse(empty, health);
    const rows = [["an empty handler", "", `${Math.round(floor)} ms`, "1.00"]];
    for (const [index, { entry, ...rest }] of handlers.entries()) {
      const bundle = join(folder, `${index}.mjs`);
      const { outputFiles } = buildSync(
        bundlerOptions({
          entry,
          handler: "handler",
          runtime: "nodejs22.x",
          sourceMap: false,
          external: [],
          projectRoot: process.cwd(),
        }),
      );
      const code = outputFiles[0]?.contents ?? new Uint8Array();
      writeFileSync(bundle, code);
      const wall = "event" in rest ? await firstResponse(bundle, rest.event) : undefined;
      rows.push([
        entry,
        `${Math.round(code.length / 1024)} KiB`,
        wall === undefined ? "" : `${Math.round(wall)} ms`,
        wall === undefined ? "" : (wall / floor).toFixed(2),
      ]);
    }
    return plainTable(["handler", "bundle", "process start to first response", "x empty"], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstResponse(bundle: string, event: string): Promise<number> {
  const script = `import(${JSON.stringify(bundle)}).then(({handler})=>handler(${event},{})).then((r)=>{if(r.statusCode!==200)throw new Error(JSON.stringify(r))})`;
  return (await measure(7, () => run(["-e", script], variables))).wall;
}
