import { basename, resolve } from "node:path";
import { buildSync } from "esbuild";
import { bundlerOptions } from "../../../modules/service-function";

const projectRoot = resolve(__dirname, "../../..");

/** The files of a bundle that have something of the client of STS, and what the cold start loads of them. */
function bundled(identityTokens: boolean) {
  const { metafile } = buildSync(
    bundlerOptions({
      entry: "scripts/vault/handler.ts",
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
      projectRoot,
      identityTokens,
    }),
  );
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({ name: basename(path), ...output }));
  const withSts = outputs.filter(({ inputs }) =>
    Object.keys(inputs).some((path) => path.includes("@aws-sdk/client-sts/")),
  );
  const main = outputs.find(({ name }) => name === "index.mjs");
  const atOnce = main?.imports.filter(({ kind }) => kind !== "dynamic-import").map(({ path }) => basename(path)) ?? [];
  return { withSts: withSts.map(({ name }) => name), atOnce: ["index.mjs", ...atOnce] };
}

describe("The bundle of a function that uses Vault", () => {
  test("has the client of STS in a file of its own, which the first login loads, where it logs in by identity tokens", () => {
    const { withSts, atOnce } = bundled(true);
    expect(withSts).toEqual([expect.stringMatching(/^sts-\w+\.mjs$/)]);
    expect(atOnce).not.toContain(withSts[0]);
  });

  test("has nothing of it where it logs in by IAM", () => {
    expect(bundled(false).withSts).toEqual([]);
  });
});
