import { join } from "node:path";
import sandbox from "../../environments/sandbox";
import { applyRollout, Journal, planRollout } from "../../rollout";
import { temporaryFolder } from "../support/temporary-folder";
import { TestCloud } from "../support/test-cloud";

test("try", async () => {
  const root = temporaryFolder();
  const cloud = await TestCloud.start(root);
  const run = async (input: typeof sandbox.input, key: string) => {
    const output = cloud.synthesized(input);
    const t = Date.now();
    const planned = await planRollout({ output, env: cloud.env, scratch: join(root, "scratch") });
    console.log(
      (Date.now() - t) / 1000,
      planned.stacks
        .map((p) => [p.stack, p.changes.length, p.predictedFrom.join(","), p.predicted.length].join(" "))
        .join("\n"),
    );
    const journal = new Journal(join(root, "journal.jsonl"), key);
    console.log(
      JSON.stringify(
        await applyRollout({ output, env: cloud.env, reviewed: planned.stacks, foretold: planned.foretold, journal }),
      ),
    );
    return planned;
  };
  try {
    await run(sandbox.input, "1");
    await run(
      {
        ...sandbox.input,
        tables: [
          ...(sandbox.input.tables ?? []),
          { name: "more", attributes: { id: "S" }, partitionKey: "id", deletionProtection: false },
        ],
        services: (sandbox.input.services ?? []).map((s) =>
          s.name === "orders" ? { ...s, tables: { ...s.tables, more: { access: "read", variable: "MORE" } } } : s,
        ),
      } as typeof sandbox.input,
      "2",
    );
    expect(1).toBe(1);
  } finally {
    await cloud.stop();
  }
}, 300000);
