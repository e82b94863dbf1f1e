import { KeptLines } from "../kept-lines";
import { inWords, type Moment } from "./moment";
import type { Verdict } from "./run-moment";

export interface Result extends Verdict {
  readonly moment: Moment;
}

/** The results of a run, by number. */
export class KeptResults {
  private readonly lines: KeptLines<Result>;

  constructor(file: string, resume: boolean) {
    this.lines = new KeptLines(file, { resume, keyOf: ({ moment }) => moment.number });
  }

  of({ number }: Moment): Result | undefined {
    return this.lines.get(number);
  }

  add(result: Result): void {
    this.lines.add(result);
  }

  all(): Result[] {
    return this.lines.values().sort((one, other) => one.moment.number - other.moment.number);
  }
}

const about = {
  kills: {
    title: "Kills",
    what: "Deployments, promotions and destructions on the simulated cloud, killed at random moments",
    command: "npm run test:soak -- --kills",
  },
  rollouts: {
    title: "Kills of rollouts",
    what: "Bundles that are applied on the simulated cloud, killed at random moments",
    command: "npm run test:soak -- --kills --rollouts",
  },
};

/** A page of documentation about a run. @param count how many moments a full run has */
export function page(results: readonly Result[], seed: string, count: number, name: keyof typeof about): string {
  const { title, what, command } = about[name];
  const wrong = results.filter(({ faults }) => faults.length > 0);
  const rows = results.map(({ moment, ended, afterwards, faults }) => {
    const verdict = faults.length > 0 ? faults.map(firstLine).join("; ") : "settles";
    return `| ${moment.number} | ${inWords(moment)} | ${ended} | ${afterwards.join(", ")} | ${verdict} |`;
  });
  return [
    `# ${title}`,
    "",
    `${what} chosen by the seed ${seed};`,
    `written by \`${command}\`. Each moment has to end with a true exit code, leave no process, start nothing`,
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
