import { join } from "node:path";
import { judge, synthesizeInto } from "../../scripts/environments/judge";
import { mutated } from "../../scripts/environments/mutate";
import { page, type Result } from "../../scripts/environments/results";
import { rich } from "../../scripts/environments/rich";
import { partsAt, schemaOf } from "../../scripts/environments/schema";
import { temporaryFolder } from "../support/temporary-folder";

const schema = schemaOf(rich);
const all = Array.from({ length: 200 }, (_, index) => mutated(rich.input, schema, `1 ${index}`));
const result: Result = { number: 1, environment: "rich", changes: ["name: removed"], outcome: "refused", cpuMs: 5 };

describe("Changed environments", () => {
  test("only depend on the seed, and leave the original as it is", () => {
    const before = JSON.stringify(rich.input);
    expect(mutated(rich.input, schema, "1 7")).toEqual(all[7]);
    expect(mutated(rich.input, schema, "2 7").changes).not.toEqual(all[7]?.changes);
    expect(JSON.stringify(rich.input)).toBe(before);
  });

  test("are changed in every way, at one to three places", () => {
    const changes = all.flatMap((each) => each.changes);
    for (const kind of [
      "another text",
      "removed",
      "doubled",
      "swapped",
      "with the field",
      "with the option",
      "called",
    ]) {
      expect([kind, changes.some((change) => change.replace("another string", "another text").includes(kind))]).toEqual(
        [kind, true],
      );
    }
    expect(new Set(all.map((each) => each.changes.length))).toEqual(new Set([1, 2, 3]));
  });

  test("follow the schema to the limits of a field", () => {
    const [memory] = partsAt(schema, ["services", 0, "function", "memoryMb"]);
    expect(memory).toMatchObject({ minimum: 128, maximum: 10240 });
  });

  test("are refused with a message, or synthesize to what only depends on them", () => {
    const folder = join(temporaryFolder(), "output");
    expect(judge({ ...rich.input, stage: "x" }, folder)).toMatchObject({
      outcome: "refused",
      says: expect.stringContaining("stage: is not one of the allowed values"),
    });
    const digest = synthesizeInto(folder, rich.input, ".evenkeel/state");
    expect(synthesizeInto(folder, rich.input, ".evenkeel/state")).toBe(digest);
    const other = { ...rich.input, description: "Said in other words" };
    expect(synthesizeInto(folder, other, ".evenkeel/state")).toBe(digest);
    expect(synthesizeInto(folder, { ...other, tags: {} }, ".evenkeel/state")).not.toBe(digest);
  });

  test("are a page with counts and faults", () => {
    expect(page([result], "1")).toContain("| rich | 1 | 1 | 0 | 0 | 0 |\n| in all | 1 | 1 | 0 | 0 | 0 |");
    expect(page([result], "1")).toContain("None.");
    const fault: Result = { ...result, number: 2, outcome: "synthesized", deployed: "no such\nrole" };
    expect(page([result, fault], "1")).toContain(
      "- 2, rich, `name: removed`: accepted by synth, refused by the simulated cloud: no such role",
    );
  });
});
