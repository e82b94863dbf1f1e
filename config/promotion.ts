import { stages } from "../contract";
import { type ConfigIssue, showPath, showReceived, suggestion } from "../modules/core";
import type { EnvironmentInput } from "./environment-input";

/** An environment as far as promotions look at it. */
interface Named {
  readonly name: string;
  readonly stated: EnvironmentInput;
}

/** What is wrong with whom environments are promoted from: nobody, themselves, in a circle, or an environment that tries less. */
export function promotionIssues(environments: readonly Named[]): ConfigIssue[] {
  const fromOf = (name: string): string | undefined =>
    environments.find((one) => one.name === name)?.stated?.rollout?.promotion?.from;
  return environments.flatMap(({ name, stated }, index) => {
    // What is no environment is told where the whole is checked.
    const promotion = stated?.rollout?.promotion;
    const { from } = promotion ?? {};
    if (promotion === undefined || typeof from !== "string") return [];
    const issue = (field: string, message: string): ConfigIssue[] => [
      {
        path: showPath(["environments", index, "rollout", "promotion", field]),
        message,
        received: showReceived(from, []),
      },
    ];
    const source = environments.find((one) => one.name === from);
    const others = environments.map((one) => one.name).filter((one) => one !== name);
    if (from === name) return issue("from", `is ${name} itself; name the environment that tries its rollouts first`);
    if (!source) return issue("from", `is not an environment of this project; ${suggestion(from, others)}`);
    const path = [name];
    for (let next: string | undefined = from; next !== undefined; next = fromOf(next)) {
      if (next === name) return issue("from", `goes in a circle: ${[...path, name].join(", ")}; leave one of them out`);
      if (path.includes(next)) break;
      path.push(next);
    }
    const isEarlier = stages.indexOf(source.stated?.stage) < stages.indexOf(stated.stage);
    if (isEarlier && promotion.lesser === undefined) {
      return issue(
        "from",
        `is at stage ${source.stated.stage}, and ${name} is at ${stated.stage}, so that it tries less; promote it, or say in lesser why that is enough`,
      );
    }
    return [];
  });
}
