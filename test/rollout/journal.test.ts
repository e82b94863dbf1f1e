import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Journal } from "../../rollout";
import { temporaryFolder } from "../support/temporary-folder";

const file = join(temporaryFolder(), "journal.jsonl");

test("A journal knows how far each stack of a bundle came, also after a line that breaks off", () => {
  const first = new Journal(file, "one");
  first.note("shop-keys", "begun");
  first.note("shop-keys", "done", { lineage: "a", serial: 4 });
  first.note("shop-data", "begun");
  appendFileSync(file, '\n{"bundle":"one","stack":"shop-ev');
  const next = new Journal(file, "one");
  expect(next.of("shop-keys")).toMatchObject({ step: "done", state: { lineage: "a", serial: 4 } });
  expect(next.of("shop-data")).toMatchObject({ step: "begun" });
  expect(next.of("shop-events")).toBeUndefined();
  next.note("shop-data", "done", { lineage: "b", serial: 1 });
  expect(new Journal(file, "one").of("shop-data")).toMatchObject({ step: "done" });
  expect(new Journal(file, "two").of("shop-keys")).toBeUndefined();
});
