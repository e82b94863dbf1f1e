import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateChanges, stateSnapshot } from "../../cli/demo/state-changes";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

/** A state of one stack, from the attributes of each key in it. */
function snapshot(keys: Record<string, Record<string, unknown>>, mode = "managed") {
  const resources = Object.entries(keys).map(([name, attributes]) => {
    return { mode, type: "aws_kms_key", name, instances: [{ attributes }] };
  });
  writeFileSync(join(folder, "keys.tfstate"), JSON.stringify({ resources }));
  return stateSnapshot(folder);
}

const changes = (before: Parameters<typeof snapshot>[0], after: Parameters<typeof snapshot>[0], seen: string[] = []) =>
  stateChanges(
    snapshot(before),
    snapshot(after),
    seen.map((address) => ({ stack: "keys", address, action: "replaced" })),
  ).map(({ stack, address, action }) => `${stack} ${address} ${action}`);

describe("stateChanges", () => {
  test("tells what was added, changed, destroyed and left alone", () => {
    const before = { same: { id: "1" }, changed: { id: "2", tags: {} }, gone: { id: "3" } };
    const after = { same: { id: "1" }, changed: { id: "2", tags: { a: "b" } }, fresh: { id: "4" } };
    expect(changes(before, after)).toEqual([
      "keys aws_kms_key.changed changed",
      "keys aws_kms_key.gone destroyed",
      "keys aws_kms_key.fresh added",
    ]);
  });

  test("counts another id or ARN as a replacement, and what Terraform was seen to replace", () => {
    expect(changes({ k: { id: "1" } }, { k: { id: "2" } })).toEqual(["keys aws_kms_key.k replaced"]);
    expect(changes({ k: { id: "1", arn: "a" } }, { k: { id: "1", arn: "b" } })).toEqual([
      "keys aws_kms_key.k replaced",
    ]);
    expect(changes({ k: { id: "1" } }, { k: { id: "1" } }, ["aws_kms_key.k"])).toEqual(["keys aws_kms_key.k replaced"]);
  });

  test("leaves data sources out, and finds nothing in a folder that does not exist", () => {
    expect(snapshot({ k: { id: "1" } }, "data").size).toBe(0);
    expect(stateSnapshot(join(folder, "none")).size).toBe(0);
  });
});
