import { type Kill, stackOf } from "./rollout";

const addressOf = ({ resource }: Kill): string => resource.split(": ")[1] ?? "";

/** A page of documentation about a run. @param ended how many of the two rollouts have come to their end */
export function page(kills: readonly Kill[], ended: number): string {
  const wrong = kills.filter(({ faults }) => faults.length > 0);
  const stacks = [...new Set(kills.map((kill) => `${kill.killed} ${stackOf(kill.resource)}`))];
  const rows = stacks.map((key) => {
    const of = kills.filter((kill) => `${kill.killed} ${stackOf(kill.resource)}` === key);
    const others = of.reduce((sum, kill) => sum + kill.others, 0);
    const count = (word: string) => of.filter(({ afterwards }) => afterwards.some((one) => one.includes(word))).length;
    const faults = of.filter((kill) => kill.faults.length > 0).length;
    const [killed, stack] = key.split(" ");
    return `| ${killed} | ${stack} | ${of.length} | ${others} | ${count("unlock")} | ${count("delete-orphans")} | ${faults === 0 ? "all settle" : `${faults} wrong`} |`;
  });
  return [
    "# Kills after each resource",
    "",
    "Reviewed rollouts of prod, applied on the simulated cloud; written by `npm run test:soak -- --in-turn`. Terraform, and in a second rollout",
    "`evenkeel apply`, is killed by SIGKILL each time that it has begun a resource after which it was not killed yet. What its message asks for is",
    "run, and the bundle is applied again, until there is no such resource and it ends by itself. After each kill no process may be left, only what",
    "was begun may be unknown to the states, and the message has to say how to release the lock. At the end the states and what exists are the same,",
    "nothing is there twice, and a deployment changes nothing.",
    "",
    "A killed verb lets its Terraform finish what it has begun: these resources were hit with another, and have no kill of their own. Nor have some of",
    "those that a stack makes last: they were there before the kill arrived.",
    "",
    `${kills.length} kills; ${ended} of 2 rollouts have come to their end. ${wrong.length === 0 ? "Everything was as it has to be." : `${wrong.length} kills were followed by something wrong.`}`,
    "",
    "| killed | stack | kills | others begun | unlocked | orphans deleted | afterwards |",
    "|---|---|---|---|---|---|---|",
    ...rows,
    "",
    "<details><summary>Each kill</summary>",
    "",
    "| killed | after | others begun | ended | run afterwards | verdict |",
    "|---|---|---|---|---|---|",
    ...kills.map(
      (kill) =>
        `| ${kill.killed} | ${stackOf(kill.resource)}: \`${addressOf(kill)}\` | ${kill.others} | ${kill.ended} | ${kill.afterwards.join(", ")} | ${kill.faults.map(firstLine).join("; ") || "settles"} |`,
    ),
    "",
    "</details>",
    "",
  ].join("\n");
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").replaceAll("|", "/");
