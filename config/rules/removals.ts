import type { Rule } from "../../contract";

const removalsAreOfTheEnvironment: Rule = {
  id: "removals-are-of-the-environment",
  statement: "Acknowledged removals are about stacks of the environment, each address once.",
  check({ name, acknowledgedRemovals }, report) {
    acknowledgedRemovals.forEach(({ stack, address }, index) => {
      if (!stack.startsWith(`${name}-`)) {
        report(
          ["acknowledgedRemovals", index, "stack"],
          `is not a stack of this environment; its stacks begin with ${name}-`,
        );
      }
      const first = acknowledgedRemovals.findIndex((one) => one.stack === stack && one.address === address);
      if (first < index) {
        report(
          ["acknowledgedRemovals", index, "address"],
          `is acknowledged by acknowledgedRemovals[${first}] already; remove one of them`,
        );
      }
    });
  },
};

const findingsAreOfTheEnvironment: Rule = {
  id: "findings-are-of-the-environment",
  statement: "Acknowledged findings are about stacks of the environment, each rule at each address once.",
  check({ name, acknowledgedFindings }, report) {
    acknowledgedFindings.forEach(({ rule, stack, address }, index) => {
      if (!stack.startsWith(`${name}-`)) {
        report(
          ["acknowledgedFindings", index, "stack"],
          `is not a stack of this environment; its stacks begin with ${name}-`,
        );
      }
      const first = acknowledgedFindings.findIndex(
        (one) => one.rule === rule && one.stack === stack && one.address === address,
      );
      if (first < index) {
        report(
          ["acknowledgedFindings", index, "address"],
          `is acknowledged by acknowledgedFindings[${first}] already; remove one of them`,
        );
      }
    });
  },
};

const driftIsOfTheEnvironment: Rule = {
  id: "accepted-drift-is-of-the-environment",
  statement: "Accepted drift is of stacks of the environment, each argument of an address once.",
  check({ name, acceptedDrift }, report) {
    acceptedDrift.forEach(({ stack, address, attribute }, index) => {
      if (!stack.startsWith(`${name}-`)) {
        report(["acceptedDrift", index, "stack"], `is not a stack of this environment; its stacks begin with ${name}-`);
      }
      const first = acceptedDrift.findIndex(
        (one) => one.stack === stack && one.address === address && one.attribute === attribute,
      );
      if (first < index) {
        report(
          ["acceptedDrift", index, "address"],
          `is accepted by acceptedDrift[${first}] already; remove one of them`,
        );
      }
    });
  },
};

export const removalRules: readonly Rule[] = [
  removalsAreOfTheEnvironment,
  findingsAreOfTheEnvironment,
  driftIsOfTheEnvironment,
];
