import type { PipelineEnvironment, PipelineRolesConfig } from "./config";

type Config = Pick<PipelineRolesConfig, "oidc" | "mainBranch">;

/**
 * The claims `sub` that may plan: pull requests of GitHub, the main branch for rollouts and the schedule of drift, and what the environment
 * adds. A merge request of GitLab has the claim of its source branch, so that it needs a pattern, with a reason.
 * @see https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
 */
export function planSubjects({ oidc, mainBranch }: Config, { plan }: PipelineEnvironment): string[] {
  const own =
    oidc.host === "github"
      ? [`repo:${oidc.repository}:pull_request`, `repo:${oidc.repository}:ref:refs/heads/${mainBranch}`]
      : [`project_path:${oidc.project}:ref_type:branch:ref:${mainBranch}`];
  return [...own, ...plan.subjects.map(({ subject }) => subject)];
}

/** The claims `sub` that may apply: GitHub names the protected environment. GitLab names the branch, and tells the environment by a claim that AWS does not take. */
export function applySubjects({ oidc, mainBranch }: Config, { name, apply }: PipelineEnvironment): string[] {
  const own =
    oidc.host === "github"
      ? `repo:${oidc.repository}:environment:${name}`
      : `project_path:${oidc.project}:ref_type:branch:ref:${mainBranch}`;
  return [own, ...apply.subjects.map(({ subject }) => subject)];
}

/** Who may assume a role: tokens of the issuer, for the audience, with one of the subjects. */
export function trustStatement(
  { issuer, audience }: PipelineRolesConfig["oidc"],
  providerArn: string,
  subjects: readonly string[],
): string {
  const exact = subjects.filter((subject) => !/[*?]/.test(subject));
  const patterns = subjects.filter((subject) => /[*?]/.test(subject));
  const statement = (operator: string, values: readonly string[]) => ({
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition:
      operator === "StringEquals"
        ? { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: values } }
        : { StringEquals: { [`${issuer}:aud`]: audience }, [operator]: { [`${issuer}:sub`]: values } },
  });
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...(exact.length > 0 ? [statement("StringEquals", exact)] : []),
      ...(patterns.length > 0 ? [statement("StringLike", patterns)] : []),
    ],
  });
}
