import type { Json } from "../terraform";
import type { DriftChange } from "./change";
import { isSame, isValues } from "./differences";
import type { EnvironmentView, ViewedResource } from "./environment-view";

/** An argument in which AWS lists what other resources of the environment are: Terraform first reads it after its own apply. */
interface Recorded {
  readonly type: string;
  readonly attributes: readonly string[];
  /** Whether something that is listed now is of the environment. */
  readonly isOwn: (listed: unknown, change: DriftChange, environment: EnvironmentView) => boolean;
}

const recorded: readonly Recorded[] = [
  {
    type: "aws_iam_role",
    attributes: ["inline_policy"],
    isOwn: (listed, { values }, environment) =>
      isValues(listed) &&
      has(
        environment,
        "aws_iam_role_policy",
        (policy) => policy.role === values.name && policy.name === listed.name && isSame(policy.policy, listed.policy),
      ),
  },
  {
    type: "aws_iam_role",
    attributes: ["managed_policy_arns"],
    isOwn: (listed, { values }, environment) =>
      has(
        environment,
        "aws_iam_role_policy_attachment",
        (one) => one.role === values.name && one.policy_arn === listed,
      ),
  },
  ...(["ingress", "egress"] as const).map(
    (direction): Recorded => ({
      type: "aws_security_group",
      attributes: [direction],
      isOwn: (listed, { values }, environment) =>
        isValues(listed) &&
        has(
          environment,
          `aws_vpc_security_group_${direction}_rule`,
          (rule) =>
            rule.security_group_id === values.id &&
            ["from_port", "to_port", "description"].every((name) => isSame(rule[name], listed[name])) &&
            isSame(rule.ip_protocol, listed.protocol) &&
            sourcesOf(listed).includes(
              rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.prefix_list_id ?? rule.referenced_security_group_id,
            ),
        ),
    }),
  ),
  {
    type: "aws_sns_topic",
    attributes: ["policy"],
    isOwn: (listed, { values }, environment) =>
      has(environment, "aws_sns_topic_policy", (one) => one.arn === values.arn && isSame(one.policy, listed)),
  },
  {
    type: "aws_sqs_queue",
    attributes: ["policy"],
    isOwn: (listed, { values }, environment) =>
      has(environment, "aws_sqs_queue_policy", (one) => one.queue_url === values.url && isSame(one.policy, listed)),
  },
  {
    type: "aws_rds_global_cluster",
    attributes: ["global_cluster_members"],
    isOwn: (listed, { values }, environment) =>
      isSame(values.global_cluster_members, null) &&
      isValues(listed) &&
      has(environment, "aws_rds_cluster", ({ arn }) => arn === listed.db_cluster_arn),
  },
  {
    type: "aws_rds_cluster",
    attributes: ["cluster_members"],
    isOwn: (listed, { values }, environment) =>
      has(
        environment,
        "aws_rds_cluster_instance",
        (one) => one.identifier === listed && one.cluster_identifier === values.cluster_identifier,
      ),
  },
  {
    type: "aws_acm_certificate",
    attributes: ["status", "not_before", "not_after"],
    // A certificate that AWS renews has other days as well.
    isOwn: (_listed, { values, now }, environment) =>
      now.status === "ISSUED" &&
      has(environment, "aws_acm_certificate_validation", (one) => one.certificate_arn === values.arn),
  },
];

/** Whether a change is nothing but resources of the environment that AWS lists at another one, or a certificate that was validated. */
export function isRecorded(change: DriftChange, environment: EnvironmentView): boolean {
  const row = recorded.find(
    ({ type, attributes }) => type === change.type && attributes.includes(change.attribute ?? ""),
  );
  if (!row || change.configured) return false;
  const { attribute = "", values, now } = change;
  const [before, after] = [listOf(values[attribute]), listOf(now[attribute])];
  const isListed = Array.isArray(now[attribute]);
  const gone = isListed ? before.filter((one) => !after.some((other) => isSame(one, other))) : [];
  const added = after.filter((one) => !before.some((other) => isSame(one, other)));
  return gone.length === 0 && added.length > 0 && added.every((one) => row.isOwn(one, change, environment));
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const has = (environment: EnvironmentView, type: string, is: (values: Json) => boolean): boolean =>
  environment.of(type).some(({ values }: ViewedResource) => is(values));

const sourcesOf = (rule: Json): unknown[] =>
  ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"].flatMap((name) => listOf(rule[name]));
