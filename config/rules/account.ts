import type { Rule } from "../../contract";
import { reservationProblems } from "../../modules/spend-guard";

const reservationsFitTheAccount: Rule = {
  id: "reservations-fit-the-account",
  statement: "All functions of a region together reserve no more concurrency than the account has.",
  check({ services, quotas }, report) {
    for (const { path, message } of reservationProblems(services, quotas)) report([...path], message);
  },
};

export const accountRules: readonly Rule[] = [reservationsFitTheAccount];
