import { wouldNotice } from "../would-notice";
import { breakages } from "./breakages";
import { faultKinds, faultsInWords } from "./faults";
import { lives, type Result } from "./run";

/** The page of documentation about a run. */
export function page(result: Result): string {
  const { faults, rotations, wrong } = result;
  return [
    "# Database logins of a real OpenBao",
    "",
    "A function with the runtime's client, as a bundle in processes of their own that stand still between invocations (SIGSTOP, SIGCONT), queries a real PostgreSQL with users that a",
    `real OpenBao makes for it, and encrypts by its transit engine. The server is configured by what the toolkit synthesizes, and taken away meanwhile. Chosen by the seed ${result.seed}. Written by \`npm run test:soak -- --vault\`.`,
    "",
    `In ${result.seconds} s: ${result.queries} queries, ${result.failedThough} failed that could have succeeded, ${result.failedAway} that could not. ${wrong.length === 0 ? "All is as it has to be." : `Not as it has to be: ${wrong.join("; ")}.`}`,
    "",
    "| counted | number |",
    "|---|---|",
    `| queries (writes, writes that may not be repeated, reads) | ${result.queries} |`,
    `| of these failed that could have succeeded | ${result.failedThough} |`,
    `| of these failed while no valid login was left and none could be had | ${result.failedAway} |`,
    `| encryptions with decryptions | ${result.encryptions} |`,
    `| of these failed while the server was there | ${result.encryptionsFailedThough} |`,
    `| of these failed while the server was away | ${result.encryptionsFailedAway} |`,
    `| execution environments, some killed and replaced | ${result.environments} |`,
    `| freezes that were longer than a lease | ${result.longFreezes} |`,
    `| users made in PostgreSQL | ${result.users} |`,
    `| leases renewed | ${result.leaseRenewals} |`,
    `| logins by identity token | ${result.logins} |`,
    `| identity tokens that STS was asked for, also while the server was away | ${result.identityTokens} |`,
    `| tokens of the server renewed | ${result.tokenRenewals} |`,
    `| rotations of the engine's own password, of the transit key | ${rotations.root}, ${rotations.key} |`,
    `| longest that a user was there after its time in PostgreSQL, while the server was | ${result.latestSeconds} s |`,
    `| users left at the end | ${result.left} |`,
    `| entries lost that a function was told are written | ${result.lost} |`,
    "",
    "| fault | the server | times | seconds | queries that ended meanwhile | failed that could have succeeded | failed that could not |",
    "|---|---|---|---|---|---|---|",
    ...faultKinds.map((kind) => {
      const { times, seconds, queries, failedThough, failedAway } = faults[kind];
      return `| ${kind} | ${faultsInWords[kind]} | ${times} | ${seconds} | ${queries} | ${failedThough} | ${failedAway} |`;
    }),
    "",
    "## How it is counted",
    "",
    "- **A query could have succeeded** if the user of its environment's last query was still valid for a second in PostgreSQL when it failed, or if the server and STS were both there all the time that it ran, or 4 s of it in one",
    "  piece. An invocation has 6 s, the first one of an environment 12 s. The harness looks into PostgreSQL and writes down the times of its own faults; nothing of the runtime takes part.",
    "- **An encryption could have succeeded** if nothing was away while it ran.",
    "- **A user is gone in time** within 10 s of the end that PostgreSQL was told, or of the server's return. OpenBao itself tells PostgreSQL 5 s more than the lease.",
    "- Two faults of three are shorter than the last third of a lease, in which it is asked for again; the third one is longer than a whole lease.",
    "- No line that the function prints may contain a token.",
    "",
    "## What stands in for what",
    "",
    "| in production | here |",
    "|---|---|",
    `| leases of an hour, a day at most; tokens the same | ${lives.lease} s, ${lives.leaseMax} s at most; ${lives.token} s, ${lives.tokenMax} s at most |`,
    "| Terraform with the Vault provider | each synthesized resource translated to its request, sent to the server, read back and compared; a warning or a type or argument without translation ends the run |",
    "| STS and the account's issuer | a server of the harness with keys of its own; OpenBao reads them and verifies the signatures |",
    "| Lambda | a process for each environment, stopped as soon as it has answered |",
    "| Aurora | PostgreSQL, with TLS |",
    "| a cluster of servers | one server with its data in files |",
    "",
    ...wouldNotice(breakages),
  ].join("\n");
}
