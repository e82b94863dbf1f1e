import { parse } from "yaml";
import { pipelineRolesConfig } from "../../../modules/pipeline-roles/config";
import { applySubjects, planSubjects } from "../../../modules/pipeline-roles/trust";
import {
  applyRole,
  defaultSettings,
  filesOfPipeline,
  type PipelinePreviews,
  type PipelineSystem,
} from "../../../scaffold/pipelines";
import { environmentsOf, previews } from "./combinations";

const environments = environmentsOf["one, not encrypted"] ?? [];
const settings = { ...defaultSettings, environments: ["prod"] };

interface Job {
  readonly environment?: string;
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly rules?: readonly { readonly if: string }[];
  readonly steps?: readonly { readonly with?: Readonly<Record<string, unknown>> }[];
}

/** The jobs of all files of a pipeline. */
const jobsOf = (system: PipelineSystem, ofProject?: PipelinePreviews): Readonly<Record<string, Job>> =>
  Object.assign(
    {},
    ...[...filesOfPipeline(system, settings, environments, ofProject).values()].map((text) => {
      const file = parse(text);
      return system === "github" ? file.jobs : file;
    }),
  );

const rolesOf = (oidc: object) =>
  pipelineRolesConfig.parse({
    oidc,
    environments: [
      {
        name: "prod",
        regions: ["eu-west-1"],
        states: [
          {
            bucket: "shop-states",
            region: "eu-north-1",
            keyPrefix: "evenkeel/prod",
            kmsKeyArn: "arn:aws:kms:eu-north-1:444444444444:key/mrk-1",
          },
        ],
      },
    ],
  });

type Roles = ReturnType<typeof rolesOf>;
const [plans, applies] = [planSubjects, applySubjects].map(
  (subjects) => (roles: Roles) => roles.environments.flatMap((environment) => subjects(roles, environment)),
) as [(roles: Roles) => string[], (roles: Roles) => string[]];

test("On GitHub only the job that applies is of the environment that its role trusts", () => {
  const roles = rolesOf({ host: "github", repository: "acme/shop" });
  const jobs = jobsOf("github");
  const ofEnvironment = Object.entries(jobs).flatMap(([name, { environment }]) =>
    environment === undefined ? [] : [[name, `repo:acme/shop:environment:${environment}`]],
  );
  expect(ofEnvironment).toEqual(applies(roles).map((subject) => ["apply-prod", subject]));
  expect(plans(roles)).toEqual(["repo:acme/shop:pull_request", `repo:acme/shop:ref:refs/heads/${settings.branch}`]);
  // The action asks for sts.amazonaws.com unless it is told another.
  const audiences = Object.values(jobs).flatMap(({ steps = [] }) => steps.map((step) => step.with?.audience));
  expect([roles.oidc.audience, ...audiences.filter(Boolean)]).toEqual(["sts.amazonaws.com"]);
});

test("In GitLab tokens are for the audience that roles trust, and the branch of an apply is theirs", () => {
  const roles = rolesOf({ host: "gitlab", project: "acme/shop" });
  const jobs = jobsOf("gitlab");
  const audiences = Object.values(jobs).flatMap(({ id_tokens: tokens = {} }) => Object.values(tokens));
  expect(audiences).toEqual([{ aud: roles.oidc.audience }]);
  const subject = `project_path:acme/shop:ref_type:branch:ref:${settings.branch}`;
  expect([plans(roles), applies(roles)]).toEqual([[subject], [subject]]);
  expect(jobs["evenkeel-apply-prod"]?.rules?.map((rule) => rule.if)).toEqual([
    expect.stringContaining(`$CI_COMMIT_BRANCH == "${roles.mainBranch}"`),
  ]);
});

describe("Previews", () => {
  test("have jobs of the environment that is called as their prefix, with its role alone", () => {
    const before = Object.keys(jobsOf("github"));
    const jobs = Object.entries(jobsOf("github", previews)).filter(([name]) => !before.includes(name));
    expect(jobs.map(([name, { environment }]) => [name, environment])).toEqual([
      ["deploy", "pr"],
      ["destroy", "pr"],
      ["sweep", "pr"],
    ]);
    for (const [, { steps = [] }] of jobs) {
      const roles = steps.flatMap((step) => step.with?.["role-to-assume"] ?? []);
      expect(roles).toEqual([`$\{{ vars.${applyRole("pr")} }}`]);
    }
  });

  test("are destroyed from the main branch, whose code nobody has changed in the pull request", () => {
    const { destroy } = jobsOf("github", previews);
    expect(destroy?.steps?.[0]?.with).toMatchObject({ ref: settings.branch });
  });

  test("are deployed for nobody without the label, and for no fork", () => {
    const text = JSON.stringify(jobsOf("github", previews).deploy);
    expect(text).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    expect(text).toContain("contains(github.event.pull_request.labels.*.name, 'preview')");
    const rules = (jobsOf("gitlab", previews)["evenkeel-preview"]?.rules ?? []).map((rule) => rule.if);
    expect(rules).toEqual([expect.stringMatching(/SOURCE_PROJECT_ID == \$CI_PROJECT_ID && .*LABELS =~/)]);
  });

  test("of Atlantis there are none", () => {
    expect([...filesOfPipeline("atlantis", settings, environments, previews).values()]).toEqual([
      ...filesOfPipeline("atlantis", settings, environments).values(),
    ]);
  });
});
