import type { ObjectValue } from "../../protocol/values";
import { blocksOf, contributed, textOf } from "../forms";
import { deletedPrincipals } from "../policies";
import { contributions, type ServiceReads } from "../rule";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const iam: ServiceReads = {
  aws_iam_role: {
    untouched: ["force_detach_policies"],
    answers: (role) => {
      // A role is global, so its policies may come from any region.
      const ofRole = <T>(typeName: string, made: (resource: ObjectValue) => T) =>
        contributions(role, typeName, "everywhere", (resource) => resource.role === role.text("name"), made);
      const inline = ofRole(
        "aws_iam_role_policy",
        ({ name, policy }): ObjectValue => ({
          name: textOf(name),
          policy: textOf(policy),
        }),
      );
      const attached = ofRole("aws_iam_role_policy_attachment", ({ policy_arn }) => textOf(policy_arn));
      return {
        assume_role_policy: deletedPrincipals(role, role.text("assume_role_policy")),
        inline_policy: contributed(blocksOf(role.list("inline_policy")), inline, ({ name }) => textOf(name)),
        managed_policy_arns: contributed(role.list("managed_policy_arns").map(textOf), attached, (arn) => arn),
      };
    },
  },
};
