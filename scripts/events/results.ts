import { wouldNotice } from "../would-notice";
import { breakages } from "./bundles";
import { faultKinds, faultsInWords, ownFaultNames, ownFaults } from "./faults";
import { notes } from "./notes";
import type { PartResult } from "./run-part";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The page of documentation about a run. @param parts how many a full run has */
export function page(results: readonly PartResult[], seed: string, parts: number): string {
  const wrong = results.filter((result) => result.wrong.length > 0);
  const total = (of: (result: PartResult) => number) => sum(results.map(of));
  const rows = results.map(({ part, count, kills, duplicates, faults, givenUp, seconds, wrong: faultsFound }) => {
    const killed = `${kills.workers + kills.controllers} (${kills.withEvents})`;
    const verdict = faultsFound.length > 0 ? faultsFound.join("; ") : "as it has to be";
    return `| ${part} | ${count.sent} | ${duplicates} | ${faults.map(({ kind }) => kind).join(", ")} | ${killed} | ${count.once} | ${count.lost} | ${count.twice} | ${count.repeated} | ${count.outOfOrder} | ${givenUp} | ${seconds} s | ${verdict} |`;
  });
  const stories = results.flatMap(({ faults }) => faults);
  const kinds = faultKinds.map((kind) => {
    const own = stories.filter((story) => story.kind === kind);
    const paused = own.filter(({ paused: is }) => is).length;
    const resumed = own.filter(({ resumed: is }) => is).length;
    return `| ${kind} | ${faultsInWords[kind]} | ${own.length} | ${sum(own.map(({ failedCalls }) => failedCalls))} | ${paused} | ${resumed} | ${Math.max(0, ...own.map(({ waiting }) => waiting))} |`;
  });
  return [
    "# Events",
    "",
    "The picking service and what pauses its queues, as bundles in processes of their own, while the warehouse that it calls fails in every way that it can and processes",
    `are killed; faults and kills are chosen by the seed ${seed}. Written by \`npm run test:soak -- --events\`.`,
    "",
    `Of ${parts} parts ${results.length} were run: ${total(({ count }) => count.sent)} events, ${total(({ duplicates }) => duplicates)} of them sent twice, ${total(({ kills }) => kills.workers + kills.controllers)} processes killed by SIGKILL at random, ${total(({ kills }) => kills.withEvents)} of them with events in hand.`,
    `${total(({ count }) => count.lost)} events were lost, ${total(({ count }) => count.twice)} handled twice, ${total(({ count }) => count.outOfOrder)} out of order. ${wrong.length === 0 ? "All parts were as they have to be." : `${wrong.length} parts were not as they have to be.`}`,
    "",
    "| part | events | sent twice | faults | kills (with events) | once | lost | twice | asked again | out of order | dead letters | took | verdict |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
    "Each fault has to open the breaker, pause both queues, and let them go on once it is over:",
    "",
    "| fault | the warehouse | times | calls that failed | paused | resumed | most messages that waited |",
    "|---|---|---|---|---|---|---|",
    ...kinds,
    "",
    "Meanwhile the service's own [wrapper](../../runtime/chaos/README.md) injects faults into it, which open nothing:",
    "",
    "| where | fault | share | times |",
    "|---|---|---|---|",
    ...ownFaults.map(
      ({ at, kind, percent }, index) =>
        `| ${at} | ${kind} | ${percent} % | ${total(({ injected }) => injected[ownFaultNames[index] ?? ""] ?? 0)} |`,
    ),
    "",
    ...notes,
    "",
    ...wouldNotice(breakages, " in what is bundled"),
  ].join("\n");
}
