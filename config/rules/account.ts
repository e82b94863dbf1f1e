import type { Rule } from "../../contract";
import { reservationProblems } from "../../modules/spend-guard";

const accountsAgree: Rule = {
  id: "accounts-agree",
  statement: "The deployment role belongs to the environment's account.",
  check({ account, deployRoleArn }, report) {
    if (deployRoleArn && deployRoleArn.split(":")[4] !== account) {
      report(
        ["deployRoleArn"],
        `is a role in another account, not ${account}; use a role in the environment's account`,
      );
    }
  },
};

const reservationsFitTheAccount: Rule = {
  id: "reservations-fit-the-account",
  statement: "All functions of a region together reserve no more concurrency than the account has.",
  check({ services, quotas }, report) {
    for (const { path, message } of reservationProblems(services, quotas)) report([...path], message);
  },
};

export const accountRules: readonly Rule[] = [accountsAgree, reservationsFitTheAccount];
