import { pageFiles } from "./pages";

/** A group of pages in the navigation, by their files in the repository. */
export interface Group {
  readonly title: string;
  readonly pages: readonly string[];
  /** Groups within this one, closed until a reader opens them. */
  readonly groups?: readonly Group[];
}

const all = pageFiles();

/** All pages that a pattern names, apart from those that stand in front. */
const pagesLike = (pattern: RegExp, ...first: string[]): string[] => [
  ...first,
  ...all.filter((file) => pattern.test(file) && !first.includes(file)),
];

/** The whole site in the order in which a newcomer reads it. */
export const navigation: readonly Group[] = [
  {
    title: "Start",
    pages: ["README.md", "docs/first-hour.md", "docs/comparison.md", "docs/glossary.md"],
  },
  {
    title: "How to",
    pages: [
      "docs/how-to/own-service.md",
      "docs/how-to/own-module.md",
      "docs/how-to/use-another-runtime.md",
      "docs/how-to/run-in-a-container.md",
      "docs/how-to/consume-a-queue.md",
      "docs/how-to/consume-a-stream.md",
      "docs/how-to/run-on-a-schedule.md",
      "docs/how-to/trace.md",
      "docs/how-to/migrate-schemas.md",
      "docs/how-to/existing-network.md",
      "docs/how-to/adopt-and-move.md",
      "docs/how-to/new-region.md",
      "docs/how-to/leave-region.md",
      "docs/how-to/failover.md",
      "docs/how-to/put-a-breaker-before-a-dependency.md",
      "docs/how-to/keep-functions-warm.md",
      "docs/how-to/redrive-and-replay.md",
      "docs/how-to/review-rollouts.md",
      "docs/how-to/find-drift.md",
      "docs/how-to/run-in-a-pipeline.md",
      "docs/how-to/give-pipelines-access.md",
      "docs/how-to/preview-pull-requests.md",
      "docs/how-to/scan.md",
      "docs/how-to/estimate-costs.md",
      "docs/how-to/secure-the-supply-chain.md",
      "docs/how-to/log-in-to-openbao.md",
      "docs/how-to/load-test.md",
      "docs/how-to/inject-faults.md",
      "docs/how-to/run-experiments.md",
      "docs/how-to/set-objectives.md",
      "docs/how-to/read-key-figures.md",
      "docs/how-to/send-alerts-to-other-tools.md",
      "docs/how-to/predictive-warming.md",
      "docs/how-to/spend-and-quotas.md",
      "docs/how-to/keep-state-in-two-regions.md",
      "docs/predictive-warming.md",
      "docs/upgrading.md",
      "docs/extending.md",
      "docs/regions.md",
      "docs/engines.md",
      "testing/README.md",
    ],
  },
  {
    title: "Concepts",
    pages: [
      "docs/architecture.md",
      "capabilities/README.md",
      "stacks/README.md",
      "simulator/README.md",
      "rollout/README.md",
      "drift/README.md",
      "gates/README.md",
      "environments/README.md",
      "topology/README.md",
      "report/README.md",
    ],
    groups: [
      {
        title: "Inside",
        pages: [
          "config/README.md",
          "contract/README.md",
          "costs/README.md",
          "identity/README.md",
          "values/README.md",
          "terraform/README.md",
        ],
      },
    ],
  },
  {
    title: "Reference",
    pages: pagesLike(
      /^docs\/reference\//,
      "docs/reference/environment.md",
      "docs/reference/organisation.md",
      "cli/README.md",
      ...["docs/reference/verbs.md", "docs/reference/json.md"].filter((file) => all.includes(file)),
      "docs/reference/messages.md",
      "docs/reference/values.md",
      "docs/reference/data-holding.md",
      "docs/reference/deployment-mutations.md",
      "docs/reference/wildcards.md",
    ),
    groups: [
      { title: "Modules", pages: pagesLike(/^modules\//) },
      { title: "Blueprints", pages: pagesLike(/^blueprints\//) },
      { title: "Runtime", pages: pagesLike(/^runtime\//, "runtime/README.md") },
      { title: "Sample services", pages: pagesLike(/^services\//) },
      { title: "Own functions", pages: pagesLike(/^handlers\//) },
      { title: "What AWS does", pages: pagesLike(/^docs\/aws-rules\//, "docs/aws-rules/README.md") },
    ],
  },
  {
    title: "Decisions",
    pages: ["docs/adr/README.md"],
    groups: [{ title: "Records", pages: all.filter((file) => /^docs\/adr\/\d/.test(file)) }],
  },
  {
    title: "Project",
    pages: [
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "SECURITY.md",
      "docs/performance.md",
      "docs/releasing.md",
      "create-evenkeel/README.md",
    ],
    groups: [
      { title: "Adding something", pages: pagesLike(/^docs\/contributing\//) },
      { title: "Tests and what they found", pages: pagesLike(/^(test|docs\/soak)\//) },
    ],
  },
];

/** The pages of a group and of all groups within it, in order. */
export function pagesOf({ pages, groups = [] }: Group): string[] {
  return [...pages, ...groups.flatMap(pagesOf)];
}
