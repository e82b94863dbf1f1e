import { inWords, type Moment } from "./moment";
import type { Verdict } from "./run-moment";

/** A moment, and how it ended. */
export interface Result extends Verdict {
  readonly moment: Moment;
}

/** A page of documentation about a run. @param count how many moments a full run has */
export function page(results: readonly Result[], seed: string, count: number): string {
  const wrong = results.filter(({ faults }) => faults.length > 0);
  const hit = results.filter((result) => result.hit);
  const killed = results.filter(({ ended }) => ended.startsWith("was killed"));
  const lost = hit.filter(({ moment: { loss }, ended }) => loss !== "never" && !ended.includes("before the loss"));
  const rows = results.map(({ moment, ended, afterwards, faults }) => {
    const verdict =
      faults.length > 0 ? faults.map((fault) => (fault.split("\n")[0] ?? "").replaceAll("|", "/")).join("; ") : "right";
    return `| ${moment.number} | ${inWords(moment)} | ${ended} | ${afterwards.join("; ")} | ${verdict} |`;
  });
  return [
    "# States in two regions",
    "",
    `Applies of small roots with their states in two buckets of the simulated S3, hit at random moments chosen by the seed ${seed}: a signal to`,
    "Terraform or to the verb, the loss of the region, two at once, a lag of the replication. When it happens is said by what the apply has just done,",
    "so that nothing happens too late on a machine that is fast or busy. Written by `npm run test:soak -- --states`.",
    "Each moment then goes to the other bucket, and back. A serial that had not arrived has to be said and is not overwritten unless it is given up by name;",
    "no serial may have two contents; a bucket that was left must refuse an old checkout.",
    "",
    `${results.length} moments of ${count}, ${hit.length} of them hit: ${killed.length} a process, ${lost.length} lost the bucket (some did both).`,
    wrong.length === 0 ? "All of them were as they have to be." : `${wrong.length} were not.`,
    "",
    "| no. | what | ended | afterwards | verdict |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
