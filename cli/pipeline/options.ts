import { ConfigError, type ConfigIssue } from "../../modules/core";
import type { PipelineSettings, PipelineSystem } from "../../scaffold/pipelines";

type Asked = Partial<PipelineSettings>;

/** Options that are for some systems only, and why. */
const only: Readonly<Partial<Record<keyof PipelineSettings, { readonly systems: string; readonly why: string }>>> = {
  sessionMinutes: { systems: "github", why: "sessions are renewed in GitLab CI and Atlantis" },
  codeScanning: { systems: "github", why: "code scanning is GitHub's; GitLab keeps the SARIF files as artefacts" },
  automatic: {
    systems: "gitlab",
    why: "on GitHub the protection rules of an environment say who approves, in Atlantis a pull request is applied by a comment",
  },
  drift: {
    systems: "github gitlab",
    why: "Atlantis has no schedules; let cron or a system of CI run evenkeel drift",
  },
  scan: { systems: "github gitlab", why: "Atlantis only plans and applies" },
  runner: { systems: "github gitlab", why: "Atlantis is the runner" },
  repository: { systems: "atlantis", why: "only the server of Atlantis has to name it" },
};

/** Names of branches that stand in YAML, in expressions and in regular expressions as they are. */
const branchName = /^[\w][\w./-]*$/;
const cron = /^(none|[\d*/,-]+( [\d*/,A-Za-z-]+){4})$/;
const label = /^[\w.-]+$/;

/** @throws ConfigError with every option that does not fit */
export function checkPipelineOptions(system: PipelineSystem, asked: Asked): void {
  const issues: ConfigIssue[] = Object.entries(asked).flatMap(([key, value]) => {
    const rule = only[key as keyof PipelineSettings];
    if (value === undefined || value === false || !rule || rule.systems.split(" ").includes(system)) return [];
    return [issue(key, `is not for ${system}: ${rule.why}; leave it out`, value)];
  });
  const { branch, drift, runner, sessionMinutes: minutes, install, repository } = asked;
  const wrong = (value: string | undefined, expected: RegExp): boolean => value !== undefined && !expected.test(value);
  if (wrong(branch, branchName))
    issues.push(issue("branch", "is not the name of a branch; write it like main", branch));
  if (wrong(drift, cron)) {
    issues.push(issue("drift", 'is not a time as cron has it; write it like "17 4 * * *", or none', drift));
  }
  if (wrong(runner, label))
    issues.push(issue("runner", "is not a label of runners; write it like ubuntu-24.04", runner));
  if (wrong(install, /^[^\r\n]*\S[^\r\n]*$/)) {
    issues.push(issue("install", "is not a command of one line; write it like npm ci --ignore-scripts", install));
  }
  if (install?.includes("${{")) {
    issues.push(
      issue("install", "has an expression of GitHub in it, which anybody could fill; write a command", install),
    );
  }
  if (wrong(repository, /^[\w.-]+(\/[\w.-]+){2,}$/)) {
    issues.push(
      issue("repository", "is not what Atlantis calls it; write it like github.com/acme/platform", repository),
    );
  }
  if (minutes !== undefined && (!Number.isInteger(minutes) || minutes < 15 || minutes > 720)) {
    issues.push(issue("sessionMinutes", "is not a whole number from 15 to 720, which STS takes", minutes));
  }
  if (issues.length > 0) throw new ConfigError("evenkeel init pipeline", issues);
}

const issue = (key: string, message: string, received: unknown): ConfigIssue => ({
  path: `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  message,
  received: JSON.stringify(received),
});
