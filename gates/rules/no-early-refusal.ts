import type { Gate } from "../../contract/gate";
import { findingsOfArguments } from "../changed-arguments";

/** The variable that tells a function of the toolkit whether it refuses what its distribution has not proven. */
export const originUseVariable = "ORIGIN_SECRET_USE";

/** No function refuses what comes by its distribution in the time until the distribution proves that. */
export const noEarlyRefusal: Gate = {
  id: "no-early-refusal",
  statement: "No function starts to refuse what its distribution does not prove yet.",
  why: "Functions are deployed before the distribution in front of them, so every request in between would be answered with 403.",
  howToFix:
    'deploy the environment once with use: "sent" in edge.originSecret of the service, then without; if nobody calls the function yet, name the address with the argument under acknowledgedRemovals of the environment',
  check: (plan) =>
    findingsOfArguments(plan, ({ resource, name, before, after }) =>
      resource.type === "aws_lambda_function" &&
      name === `environment.variables.${originUseVariable}` &&
      after === "required" &&
      before !== "sent"
        ? "would refuse requests that carry no proof of its distribution, which sends none before it is deployed too"
        : undefined,
    ),
};
