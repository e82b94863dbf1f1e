import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { inWords, type Moment } from "./moment";
import type { Verdict } from "./run-moment";

export interface Result extends Verdict {
  readonly moment: Moment;
}

/** Results as JSON lines, each written as soon as it is known, so that a stopped run can be continued. */
export class KeptResults {
  private readonly known = new Map<number, Result>();

  constructor(
    private readonly file: string,
    resume: boolean,
  ) {
    if (resume && existsSync(file)) {
      // The last line is incomplete if the run was killed while writing it.
      for (const line of readFileSync(file, "utf8")
        .split("\n")
        .filter((each) => each.endsWith("}"))) {
        const result = JSON.parse(line) as Result;
        this.known.set(result.moment.number, result);
      }
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, [...this.known.values()].map((result) => `${JSON.stringify(result)}\n`).join(""));
  }

  of({ number }: Moment): Result | undefined {
    return this.known.get(number);
  }

  add(result: Result): void {
    this.known.set(result.moment.number, result);
    appendFileSync(this.file, `${JSON.stringify(result)}\n`);
  }

  all(): Result[] {
    return [...this.known.values()].sort((one, other) => one.moment.number - other.moment.number);
  }
}

/** A page of documentation about a run. @param count how many moments a full run has */
export function page(results: readonly Result[], seed: string, count: number): string {
  const wrong = results.filter(({ faults }) => faults.length > 0);
  const rows = results.map(({ moment, ended, afterwards, faults }) => {
    const verdict = faults.length > 0 ? faults.map(firstLine).join("; ") : "settles";
    return `| ${moment.number} | ${inWords(moment)} | ${ended} | ${afterwards.join(", ")} | ${verdict} |`;
  });
  return [
    "# Kills",
    "",
    `Deployments, promotions and destructions on the simulated cloud, killed at random moments chosen by the seed ${seed};`,
    "written by `npm run test:soak -- --kills`. Each moment has to end with a true exit code, leave no process, start nothing",
    "that comes later, say how to release a lock that is left, and settle when it is run again.",
    "",
    `Of ${count} moments ${results.length} were run. ${wrong.length === 0 ? "All of them were as they have to be." : `${wrong.length} were not.`}`,
    "",
    "| no. | what | ended | run afterwards | verdict |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replaceAll("|", "/");
}
