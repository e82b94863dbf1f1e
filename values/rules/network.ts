import type { ValuesRule } from "../types/type-values";
import { numberOf, textOf } from "./read";

/** `sg-` begins the ids of AWS. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const groupNameOfAws: ValuesRule = (values) => {
  const name = textOf(values, "name");
  return name?.startsWith("sg-")
    ? [{ path: ["name"], problem: "begins with sg-, which EC2 reserves for ids; choose another name", received: name }]
    : [];
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export const portRange: ValuesRule = (values) => {
  const from = numberOf(values, "from_port");
  const to = numberOf(values, "to_port");
  return from !== undefined && to !== undefined && to !== -1 && from > to
    ? [{ path: ["to_port"], problem: `is below from_port, ${from}; use at least ${from}`, received: to }]
    : [];
};
