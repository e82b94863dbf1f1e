import type { PolicyStatement } from "../core";
import { statementsOf, unique } from "./changes";
import type { PolicyOf } from "./environment-policy";
import type { KnownAction } from "./permissions";
import { readsOfContent, scopes } from "./scopes";

const why =
  "These describe and list, and return no content. The refresh of something that is gone must be told that it is gone, which IAM does only for whoever may read all of its kind.";

/** What `terraform plan` refreshes: descriptions of everything, content of the environment alone. */
export function readStatements(actions: readonly KnownAction[], of: PolicyOf): PolicyStatement[] {
  const reads = actions.filter(({ reads }) => reads);
  const isContent = ({ action }: KnownAction) => readsOfContent.includes(action);
  const never = ({ service, name }: KnownAction) => name in (scopes[service]?.never ?? {});
  const described = reads.filter((each) => !isContent(each) && !never(each)).map(({ action }) => action);
  const content = Object.entries(scopes).flatMap(([service, scope]) =>
    statementsOf(
      service,
      scope,
      reads.filter((each) => each.service === service && isContent(each)),
      of,
    ),
  );
  return [
    ...content,
    {
      actions: unique([...described, ...alwaysRead]).sort(),
      resources: ["*"],
      wildcards: { resource: why },
    },
  ];
}

/** What the provider asks whatever it plans. @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#allowed_account_ids-1 */
const alwaysRead = ["ec2:DescribeRegions", "sts:GetCallerIdentity"];
