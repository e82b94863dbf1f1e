import type { ObjectValue } from "../../protocol/values";
import { blocksOf, joined, textOf } from "../forms";
import { deletedPrincipals } from "../policies";
import type { ReadSubject, ServiceReads } from "../rule";

/** What resources of their own attached to a role. A role is global, so they may come from any region. */
const attached = (role: ReadSubject, typeName: string): ObjectValue[] =>
  role.neighbours.everywhere(typeName).filter((resource) => resource.role === role.text("name"));

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const iam: ServiceReads = {
  aws_iam_role: {
    untouched: ["force_detach_policies"],
    answers: (role) => {
      const inline = attached(role, "aws_iam_role_policy").map(
        ({ name, policy }): ObjectValue => ({
          name: name ?? "",
          policy: policy ?? "",
        }),
      );
      const arns = attached(role, "aws_iam_role_policy_attachment").map(({ policy_arn }) => textOf(policy_arn));
      return {
        assume_role_policy: deletedPrincipals(role, role.text("assume_role_policy")),
        ...(inline.length && { inline_policy: joined(blocksOf(role.list("inline_policy")), inline, "name") }),
        ...(arns.length && {
          managed_policy_arns: [...new Set([...role.list("managed_policy_arns").map(textOf), ...arns])].sort(),
        }),
      };
    },
  },
};
