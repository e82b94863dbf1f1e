import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { App, TerraformStack } from "cdktf";
import { sbom as sbomVerb } from "../../../cli/commands/sbom";
import type { DocumentData } from "../../../cli/document";
import type { sbomDocument } from "../../../cli/documents/sbom";
import { bundlesOf } from "../../../cli/supply-chain/bundles";
import { purlOf, type Sbom, sbomOf } from "../../../cli/supply-chain/cyclonedx";
import { PackageReader } from "../../../cli/supply-chain/packages";
import prod from "../../../environments/prod";
import { handlerBundle, type RecordedBundle, recordedBundles, toolkitHandler } from "../../../modules/service-function";
import { packageOf } from "../../../modules/service-function/bundled-packages";
import { temporaryFolder } from "../../support/temporary-folder";
import { toolkitHandlers } from "../../support/toolkit-handlers";

const schemas = join(dirname(require.resolve("@cyclonedx/cyclonedx-library/package.json")), "res", "schema");
const schema = (name: string) =>
  JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), "utf8")) as object;

/** CycloneDX's own schema, with the two that it refers to. */
const ajv = addFormats(new Ajv({ strict: false }));
ajv.addFormat("idn-email", true).addFormat("iri-reference", true);
for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
  ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
}
const isValid = ajv.compile(schema("bom-1.6"));

/** The toolkit's functions that prod has no use for. */
function otherHandlers(used: readonly RecordedBundle[]): readonly RecordedBundle[] {
  const app = new App({ stackTraces: false });
  const stack = new TerraformStack(app, "handlers");
  for (const name of toolkitHandlers) {
    const { entry, projectRoot } = toolkitHandler(name);
    if (used.some((bundle) => bundle.entry === entry)) continue;
    handlerBundle(stack, {
      entry,
      projectRoot,
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
    });
  }
  return recordedBundles(app);
}

const ofProd = bundlesOf(prod);
const bundles = [...ofProd, ...otherHandlers(ofProd)];
const sboms = bundles.map((bundle): [string, Sbom] => [bundle.entry, sbomOf(bundle, new PackageReader(), "1.2.3")]);
const sbom = (entry: string): Sbom => {
  const found = sboms.find(([name]) => name === entry);
  if (!found) throw new Error(`prod has no bundle of ${entry} any more`);
  return found[1];
};

describe("The bill of materials of a bundle", () => {
  test("is there for the functions of prod and those of the toolkit in it, at the edge too", () => {
    const entries = bundles.map(({ entry }) => entry);
    expect(entries).toEqual(expect.arrayContaining(["services/orders/handler.ts", "handlers/warmer/handler.ts"]));
    expect(entries).toContain("handlers/edge-signer/handler.ts");
    const empty = sboms.filter(([, { components }]) => components.length === 0).map(([entry]) => entry);
    // CloudFront's router imports nothing.
    expect(empty).toEqual(["handlers/edge-router/handler.ts"]);
    expect(entries).toContain("handlers/version-canary/handler.ts");
  });

  test.each(sboms)("is valid by CycloneDX's own schema: %s", (_, document) => {
    isValid(document);
    expect(isValid.errors ?? []).toEqual([]);
  });

  test("would not be, were something wrong in it", () => {
    const broken = { ...sbom("services/orders/handler.ts"), serialNumber: "one" };
    expect(isValid(broken)).toBe(false);
  });

  test("has the same bytes each time", () => {
    const again = bundles.map((bundle) => [bundle.entry, sbomOf(bundle, new PackageReader(), "1.2.3")]);
    expect(JSON.stringify(again)).toBe(JSON.stringify(sboms));
    const serials = new Set(sboms.map(([, { serialNumber }]) => serialNumber));
    expect(serials.size).toBe(sboms.length);
  });

  test("names what is in the bundle, with version, licence and hash, and nothing else", () => {
    const names = (entry: string) =>
      sbom(entry).components.map(({ group, name }) => [group, name].filter(Boolean).join("/"));
    expect(names("services/ledger/handler.ts")).toContain("pg");
    expect(names("services/orders/handler.ts")).not.toContain("pg");
    expect(names("services/orders/handler.ts")).not.toContain("esbuild");
    const pg = sbom("services/ledger/handler.ts").components.find(({ name }) => name === "pg");
    const { version } = JSON.parse(readFileSync("node_modules/pg/package.json", "utf8")) as { version: string };
    expect(pg).toMatchObject({ version, purl: `pkg:npm/pg@${version}`, licenses: [{ expression: "MIT" }] });
    expect(pg?.hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
  });

  test("says which package imports which", () => {
    const { dependencies, components } = sbom("services/ledger/handler.ts");
    const purl = (name: string) => components.find((each) => each.name === name)?.purl ?? "";
    expect(dependencies.find(({ ref }) => ref === "services/ledger/handler.ts")?.dependsOn).toContain(purl("pg"));
    expect(dependencies.find(({ ref }) => ref === purl("pg"))?.dependsOn).toContain(purl("pg-protocol"));
  });
});

test("A package URL has its scope as a namespace", () => {
  expect(purlOf({ name: "@aws-sdk/client-ssm", version: "3.1.0" })).toBe("pkg:npm/%40aws-sdk/client-ssm@3.1.0");
});

test("A file is of the innermost package that it is in, wherever that is installed", () => {
  expect(packageOf("/app", "services/orders/handler.ts")).toBe("");
  expect(packageOf("/app", "node_modules/@smithy/core/dist/index.js")).toBe("node_modules/@smithy/core");
  expect(packageOf("/app", "node_modules/a/node_modules/b/index.js")).toBe("node_modules/a/node_modules/b");
  expect(packageOf("/app/node_modules/evenkeel", "../zod/index.js")).toBe("../zod");
  expect(packageOf("/app/node_modules/evenkeel", "dist/esm/handlers/warmer/handler.js")).toBe("");
  expect(packageOf("/app", "(disabled):node_modules/a/index.js")).toBe("node_modules/a");
});

describe("evenkeel sbom", () => {
  test("writes a file for each bundle", () => {
    const output = temporaryFolder();
    const { code, json } = sbomVerb("sandbox", { output });
    const { bundles: rows } = json as DocumentData<typeof sbomDocument>;
    expect(code).toBe(0);
    expect(rows.map(({ file }) => file).sort()).toEqual(
      readdirSync(output)
        .map((name) => join(output, name))
        .sort(),
    );
    for (const { file, packages, entry } of rows) {
      const written = JSON.parse(readFileSync(file, "utf8")) as Sbom;
      expect([written.metadata.component.name, written.components.length]).toEqual([entry, packages]);
    }
  });
});
