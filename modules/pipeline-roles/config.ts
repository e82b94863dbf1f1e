import { z } from "zod";
import type { KnownResourceType } from "../../values/availability/resource-types";
import { region, strictObject } from "../core";
import { typesWithPermissions } from "./permissions";

export type * from "./input";

/** A part of a name in GitHub: letters, digits and `._-`, without a wildcard of IAM. */
const repository = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, "is not the name of a repository; write owner/name");

const projectPath = z
  .string()
  .regex(
    /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)+$/,
    "is not the path of a project; write group/name, with each subgroup between them",
  );

const environmentName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "is not the name of an environment; use lower-case letters, digits and -")
  .max(16);

/** A claim `sub` of a token; `*` and `?` are wildcards of IAM there. */
const subject = strictObject(() => ({
  subject: z
    .string()
    .min(3)
    .max(255)
    .regex(/^[^\s"\\$]+$/, "is not a claim `sub`; copy it from a token of the pipeline")
    .describe(
      "The claim `sub` of the token, as the pipeline's host writes it; `*` and `?` stand for other characters.",
    ),
  reason: z
    .string()
    .min(10)
    .optional()
    .describe("Why a wildcard is needed; a subject with `*` or `?` is refused without."),
}));

const subjects = z
  .array(subject)
  .max(10)
  .refine((all) => all.every((each) => !/[*?]/.test(each.subject) || each.reason !== undefined), {
    message: "has a wildcard, which trusts whatever it matches; name each subject, or say why in `reason`",
  })
  .refine((all) => all.every((each) => !/^[*?]/.test(each.subject)), {
    message: "begins with a wildcard, which trusts every repository of the host; name the repository",
  })
  .default([]);

/** @see https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect */
const github = strictObject(() => ({
  host: z.literal("github").describe("GitHub Actions."),
  repository: repository.describe("The repository that pipelines run in, `owner/name`, as GitHub spells it."),
  issuer: z
    .string()
    .regex(
      /^token\.actions\.[a-z0-9.-]+$|^[a-z0-9.-]+\/_services\/token$/,
      "is no issuer of GitHub's tokens; leave it out for github.com",
    )
    .default("token.actions.githubusercontent.com")
    .describe("Issuer of the tokens, without https://; another one for GitHub Enterprise."),
}));

/** @see https://docs.gitlab.com/ci/cloud_services/aws/ */
const gitlab = strictObject(() => ({
  host: z.literal("gitlab").describe("GitLab CI."),
  project: projectPath.describe("The project that pipelines run in, `group/name`."),
  issuer: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[\w./-]+)?$/, "is not the address of a GitLab; write it without https://")
    .default("gitlab.com")
    .describe("Address of the GitLab that issues the tokens, without https://."),
}));

const provider = {
  audience: z
    .string()
    .regex(/^[\w.:/-]{1,255}$/, "is not an audience; leave it out for sts.amazonaws.com")
    .default("sts.amazonaws.com")
    .describe("Audience that the pipeline asks its tokens for."),
  existingProviderArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/.+$/,
      "is not the ARN of an OpenID Connect provider; copy it from `aws iam list-open-id-connect-providers`",
    )
    .optional()
    .describe("The provider of the issuer, if the account has one: an account has one for each issuer at most."),
  thumbprints: z
    .array(z.string().regex(/^[0-9a-f]{40}$/, "is not a thumbprint; write 40 hexadecimal digits"))
    .max(5)
    .default([])
    .describe(
      "SHA-1 thumbprints of certificates of a self-hosted issuer whose CA is none that AWS trusts; AWS needs none for GitHub and gitlab.com.",
    ),
};

const s3Place = strictObject(() => ({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "is not an S3 bucket name")
    .describe("Bucket that holds the states."),
  region: region.describe("Region of the bucket."),
  keyPrefix: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9/_-]*[a-z0-9]$/,
      "is not a key prefix; use letters, digits, - and /, without a / at either end",
    )
    .describe("The environment's own prefix in the bucket; the roles reach nothing beside it."),
  kmsKeyArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "is not a KMS key ARN")
    .describe("Key that encrypts the states."),
}));

/** One environment whose pipeline gets roles. */
export const pipelineEnvironmentConfig = strictObject(() => ({
  name: environmentName.describe("Name of the environment: what begins so, or is tagged so, is what the roles reach."),
  previews: z
    .boolean()
    .default(false)
    .describe(
      "Whether the name is the prefix of previews: the roles reach every environment whose name begins with it and `-`.",
    ),
  regions: z.array(region).min(1).max(10).describe("All regions that it has anything in, standby ones included."),
  states: z
    .array(s3Place)
    .min(1)
    .max(3)
    .describe(
      "Where its states are; the replica as well, so that a pipeline runs when the region of the first is lost.",
    ),
  rolePath: z
    .string()
    .regex(/^\/([\w+=,.@-]+\/)*$/, "is not an IAM path; write /<name>/")
    .default("/")
    .describe("Path of the environment's own roles, as in `iam.rolePath` of its file."),
  hostedZoneIds: z
    .array(z.string().regex(/^Z[A-Z0-9]{1,31}$/, "is not the id of a hosted zone"))
    .max(20)
    .default([])
    .describe("Hosted zones that it has records in; without one, no DNS is changed."),
  bundleKeyArns: z
    .array(z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "is not a KMS key ARN"))
    .max(5)
    .default([])
    .describe("Keys that its review bundles are encrypted with: plan encrypts, apply decrypts."),
  assumes: z
    .array(z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "is not the ARN of a role"))
    .max(5)
    .default([])
    .describe("Roles that its apply assumes, such as the one for records in another account's zones."),
  reaches: z
    .array(
      strictObject(() => ({
        actions: z
          .array(z.string().regex(/^[a-z0-9-]+:[A-Za-z*]+$/, "is not an action of IAM; write service:Action"))
          .min(1)
          .max(20)
          .describe("Actions, `s3:GetObject`."),
        resources: z.array(z.string().min(1)).min(1).max(20).describe("ARNs, or patterns of them."),
        reason: z.string().min(10).describe("What of the environment needs them."),
      })),
    )
    .max(10)
    .default([])
    .describe(
      "What functions and tasks reach beside the environment's own, such as tables that exist: their boundary allows it. It allows nothing by itself.",
    ),
  resourceTypes: z
    .array(z.enum(typesWithPermissions as [KnownResourceType, ...KnownResourceType[]]))
    .min(1)
    .optional()
    .describe("Terraform types that its stacks can have; all that the toolkit makes if left out."),
  unscoped: strictObject(() => ({
    reason: z.string().min(10).describe("Why its apply may reach the others' too."),
  }))
    .optional()
    .describe(
      "Allows what IAM can hold to no environment, such as health checks and policies of CloudFront, although other environments are in the account.",
    ),
  plan: strictObject(() => ({
    subjects: subjects.describe(
      "What else may plan, beside pull requests of GitHub and the main branch; merge requests of GitLab need it.",
    ),
  }))
    .prefault({})
    .describe("Who may plan."),
  apply: strictObject(() => ({
    subjects: subjects.describe("What else may apply, beside the protected deployment of the environment."),
  }))
    .prefault({})
    .describe("Who may apply."),
}));

/** The roles that pipelines of one repository assume in one account. */
export const pipelineRolesConfig = strictObject(() => ({
  oidc: z
    .discriminatedUnion("host", [github.extend(provider), gitlab.extend(provider)])
    .describe("Who issues the tokens of the pipeline."),
  mainBranch: z
    .string()
    .regex(/^[\w./-]{1,200}$/, "is not the name of a branch")
    .default("main")
    .describe("Branch that is deployed from; protected."),
  path: z
    .string()
    .regex(/^\/([\w+=,.@-]+\/)+$/, "is not an IAM path; write /<name>/")
    .default("/pipelines/")
    .describe("Path of the roles and policies; no environment's own may have it."),
  maxSessionSeconds: z
    .int()
    .min(3600)
    .max(43_200)
    .default(3600)
    .describe("The longest session, in seconds: an apply that takes longer loses its credentials."),
  environments: z.array(pipelineEnvironmentConfig).min(1).max(20).describe("The environments of the account."),
}));

export type PipelineRolesConfig = z.output<typeof pipelineRolesConfig>;
export type PipelineEnvironment = z.output<typeof pipelineEnvironmentConfig>;
