import type { Report } from "../core";
import { parametersOfToolkit } from "./reserved-parameters";

const off = ["0", "off", "false", "no"];

/** A value of a parameter that switches a protection off: whether it does, and what to do instead. */
interface Weakness {
  readonly weakens: (value: string) => boolean;
  readonly says: string;
}

const switchedOff = (says: string): Weakness => ({ weakens: (value) => off.includes(value), says });

const logsStatements: Weakness = {
  weakens: (value) => ["ddl", "mod", "all"].includes(value),
  says: "writes statements that set passwords to the log; set it to none, and use pgaudit for auditing",
};

/**
 * Parameters of Aurora PostgreSQL whose value can take a protection away, with values in lower case.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 * @see https://www.postgresql.org/docs/current/runtime-config.html
 */
const weaknesses: Readonly<Record<string, Weakness>> = {
  ssl: switchedOff("switches TLS off, but the database only accepts connections with TLS; remove it"),
  ssl_min_protocol_version: {
    weakens: (value) => ["", "tlsv1", "tlsv1.1"].includes(value),
    says: "allows TLS versions that are no longer secure; use TLSv1.2 or TLSv1.3",
  },
  log_statement: logsStatements,
  autovacuum: switchedOff("stops cleaning up transaction ids, until the database accepts no more writes; leave it on"),
  session_replication_role: {
    weakens: (value) => value === "replica",
    says: "disables foreign keys and triggers in every session; set it only in the session that needs it",
  },
  synchronous_commit: switchedOff("confirms transactions that can still be lost; leave it on"),
};

/** RDS compares names without regard to case: the provider sends them in lower case. */
export function checkParameters(parameters: Readonly<Record<string, string>>, report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, value] of Object.entries(parameters)) {
    const known = name.toLowerCase();
    const twin = seen.get(known);
    const remedy = Object.hasOwn(parametersOfToolkit, known) ? parametersOfToolkit[known] : undefined;
    if (remedy) report(["parameters", name], `is set by the toolkit; ${remedy}`);
    else if (twin !== undefined) {
      report(["parameters", name], `is the same parameter as "${twin}", because RDS ignores case; remove one of them`);
    } else checkValue(name, known, String(value), report);
    seen.set(known, name);
  }
}

function checkValue(name: string, known: string, value: string, report: Report): void {
  const weakness = Object.hasOwn(weaknesses, known) ? weaknesses[known] : undefined;
  if (!namePattern.test(known)) {
    report(["parameters", name], "is not a valid parameter name; use letters, digits, underscores and dots");
  } else if (weakness?.weakens(value.trim().toLowerCase())) {
    report(["parameters", name], weakness.says);
  }
}

const namePattern = /^[a-z][a-z0-9_.]{0,254}$/;
