import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Log, Result } from "sarif";
import { z } from "zod";
import { UserError } from "../../errors";
import { stackOf } from "../../gates";

/** What another scanner found. */
export interface OtherFinding {
  /** The scanner, as it names itself. */
  readonly tool: string;
  /** Id of its rule. */
  readonly rule: string;
  /** Stack whose plan it looked at; undefined where its results do not say. */
  readonly stack?: string;
  /** Address of the resource, else the file that it names. */
  readonly address: string;
  readonly message: string;
}

/** The results of another scanner, as one file has them. */
export interface OtherResults {
  readonly file: string;
  readonly tool: string;
  readonly findings: readonly OtherFinding[];
}

/** A file that has no results of a scanner: `<file>: <what is wrong>; <what to do>`. */
export class ResultsFileError extends UserError {
  override readonly name = "ResultsFileError";
  override readonly exitCode = 2;
}

const remedy =
  "give what `checkov -f plan.json -o json`, `conftest test plan.json -o json` or a scanner with SARIF 2.1.0 wrote";

const checkovResult = z.object({
  check_id: z.string(),
  check_name: z.string().nullish(),
  file_abs_path: z.string().nullish(),
  file_path: z.string().nullish(),
  resource: z.string(),
  resource_address: z.string().nullish(),
});
const checkovReport = z.object({
  check_type: z.string(),
  results: z.object({
    passed_checks: z.array(z.unknown()).optional(),
    failed_checks: z.array(checkovResult),
    parsing_errors: z.array(z.string()).default([]),
  }),
});
const checkovReports = z.union([z.array(checkovReport).min(1), checkovReport.transform((one) => [one])]);

const conftestMessage = z.object({ msg: z.string(), metadata: z.record(z.string(), z.unknown()).nullish() });
const conftestReports = z
  .array(
    z.object({
      filename: z.string(),
      namespace: z.string().default("main"),
      successes: z.number().default(0),
      failures: z.array(conftestMessage).nullish(),
      warnings: z.array(conftestMessage).nullish(),
    }),
  )
  .min(1);

const sarif = z.object({
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.object({
        tool: z.object({ driver: z.object({ name: z.string() }) }),
        results: z.array(z.object({ message: z.object({}) })),
      }),
    )
    .min(1),
});

/**
 * Reads what Checkov or conftest printed as JSON, or any scanner as SARIF 2.1.0.
 * @throws ResultsFileError for a file that is something else, and for results of a run that looked at nothing or failed
 */
export function readOtherResults(file: string): OtherResults {
  const read = parse(file);
  const sarifLog = sarif.safeParse(read);
  if (sarifLog.success) return fromSarif(file, read as Log);
  const reports = checkovReports.safeParse(read);
  if (reports.success) return fromCheckov(file, reports.data);
  const conftest = conftestReports.safeParse(read);
  if (conftest.success) return fromConftest(file, conftest.data);
  // Checkov prints a summary alone where it found nothing to look at.
  if (read !== null && typeof read === "object" && "checkov_version" in read && !("results" in read)) {
    throw new ResultsFileError(`${file}: Checkov looked at nothing, which proves nothing; ${remedy}`);
  }
  throw new ResultsFileError(`${file}: is not the results of a scanner that is known here; ${remedy}`);
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new ResultsFileError(`${file}: cannot be read; ${remedy}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ResultsFileError(`${file}: is not JSON; ${remedy}`);
  }
}

function fromCheckov(file: string, reports: z.output<typeof checkovReports>): OtherResults {
  const [unreadable] = reports.flatMap(({ results }) => results.parsing_errors);
  if (unreadable !== undefined) {
    throw new ResultsFileError(`${file}: Checkov could not read ${unreadable}; plan again, and check it again`);
  }
  const findings = reports.flatMap(({ results }) =>
    results.failed_checks.map((failed): OtherFinding => {
      const path = failed.file_abs_path ?? failed.file_path;
      return {
        tool: "Checkov",
        rule: failed.check_id,
        stack: path ? stackOf(path) : undefined,
        address: failed.resource_address ?? failed.resource,
        message: failed.check_name ?? failed.check_id,
      };
    }),
  );
  return { file, tool: "Checkov", findings };
}

/** Warnings of conftest do not fail it, so they are none of its findings. */
function fromConftest(file: string, reports: z.output<typeof conftestReports>): OtherResults {
  const findings = reports.flatMap(({ filename, namespace, failures }) =>
    (failures ?? []).map(({ msg, metadata }): OtherFinding => {
      const { query, details, address, resource } = metadata ?? {};
      const named = [address, resource, (details as { address?: unknown } | undefined)?.address].find(
        (one) => typeof one === "string",
      );
      return {
        tool: "conftest",
        rule: typeof query === "string" ? query.replace(/^data\./, "") : `${namespace}.deny`,
        stack: stackOf(filename),
        address: typeof named === "string" ? named : basename(filename),
        message: msg,
      };
    }),
  );
  return { file, tool: "conftest", findings };
}

function fromSarif(file: string, { runs }: Log): OtherResults {
  const findings = runs.flatMap(({ tool: { driver }, results }) =>
    (results ?? []).filter(isFailure).map((result): OtherFinding => {
      const [location] = result.locations ?? [];
      const [logical] = location?.logicalLocations ?? [];
      const uri = location?.physicalLocation?.artifactLocation?.uri;
      const line = location?.physicalLocation?.region?.startLine;
      const place = uri === undefined ? "unknown" : `${uri}${line === undefined ? "" : `:${line}`}`;
      const name = logical?.name ?? logical?.fullyQualifiedName;
      return {
        tool: driver.name,
        rule: result.ruleId ?? result.rule?.id ?? "unnamed",
        stack: stackIn(logical?.fullyQualifiedName, name) ?? (uri?.endsWith("plan.json") ? stackOf(uri) : undefined),
        address: name ?? place,
        message: result.message.text ?? result.message.markdown ?? "see the scanner's own report",
      };
    }),
  );
  return { file, tool: [...new Set(runs.map(({ tool }) => tool.driver.name))].join(", "), findings };
}

/** What is suppressed is accepted already, and what is a note is no failure. */
const isFailure = ({ kind = "fail", level = "warning", suppressions = [] }: Result): boolean =>
  kind === "fail" &&
  (level === "error" || level === "warning") &&
  !suppressions.some(({ status = "accepted" }) => status === "accepted");

/** The stack in `prod-data/aws_sqs_queue.a`, as `evenkeel scan --sarif` names what it finds. */
function stackIn(qualified: string | undefined, name: string | undefined): string | undefined {
  if (qualified === undefined || name === undefined || !qualified.endsWith(`/${name}`)) return undefined;
  return qualified.slice(0, -name.length - 1) || undefined;
}

/** Folders of plans by the names of their stacks, for the reasons that stand beside them. */
export const foldersOf = (files: readonly string[]): ReadonlyMap<string, string> =>
  new Map(files.map((file) => [stackOf(file), dirname(resolve(file))]));
