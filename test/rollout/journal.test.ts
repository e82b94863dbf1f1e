import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Journal } from "../../rollout";
import { temporaryFolder } from "../support/temporary-folder";

const file = join(temporaryFolder(), "journal.jsonl");

test("A journal knows how far each stack of a bundle came, also after a line that breaks off", async () => {
  const first = new Journal(file, "one");
  await first.note("shop-keys", "begun");
  await first.note("shop-keys", "done", { lineage: "a", serial: 4 });
  await first.note("shop-data", "begun");
  appendFileSync(file, '\n{"bundle":"one","stack":"shop-ev');
  const next = new Journal(file, "one");
  expect(next.of("shop-keys")).toMatchObject({ step: "done", state: { lineage: "a", serial: 4 } });
  expect(next.of("shop-data")).toMatchObject({ step: "begun" });
  expect(next.of("shop-events")).toBeUndefined();
  await next.note("shop-data", "done", { lineage: "b", serial: 1 });
  expect(new Journal(file, "one").of("shop-data")).toMatchObject({ step: "done" });
  expect(new Journal(file, "two").of("shop-keys")).toBeUndefined();
});

test("A journal knows which waves were healthy, stopped or taken back, beside the stacks", async () => {
  const other = `${file}.waves`;
  const first = new Journal(other, "one");
  const wave = ["shop-services-eu-central-1", "shop-reports"];
  await first.note("shop-reports", "done");
  await first.noteWave(wave, "stopped");
  await first.noteWave(wave, "taken back");
  const next = new Journal(other, "one");
  expect(next.ofWave(wave)).toMatchObject({ step: "taken back" });
  expect(next.ofWave(["shop-services-eu-west-1"])).toBeUndefined();
  expect(next.of("shop-reports")).toMatchObject({ step: "done" });
  expect(new Journal(other, "two").ofWave(wave)).toBeUndefined();
});
