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
  says: "prints statements that set passwords into the log; use none, and pgaudit for an audit",
};

/**
 * Parameters of Aurora PostgreSQL whose value can take a protection away, with values in lower case.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 * @see https://www.postgresql.org/docs/current/runtime-config.html
 */
const weaknesses: Readonly<Record<string, Weakness>> = {
  ssl: switchedOff("would switch TLS off, without which no connection is accepted; remove it"),
  ssl_min_protocol_version: {
    weakens: (value) => ["", "tlsv1", "tlsv1.1"].includes(value),
    says: "allows versions of TLS that are broken; use TLSv1.2 or TLSv1.3",
  },
  log_statement: logsStatements,
  autovacuum: switchedOff("would end in a database that accepts no writes, when transaction ids run out; leave it on"),
  session_replication_role: {
    weakens: (value) => value === "replica",
    says: "switches foreign keys and triggers off for every session; set it in the session that needs it",
  },
  synchronous_commit: switchedOff("confirms commits that can still be lost; leave it on"),
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
      report(
        ["parameters", name],
        `is the same parameter as "${twin}", as case makes no difference; remove one of them`,
      );
    } else checkValue(name, known, String(value), report);
    seen.set(known, name);
  }
}

function checkValue(name: string, known: string, value: string, report: Report): void {
  const weakness = Object.hasOwn(weaknesses, known) ? weaknesses[known] : undefined;
  if (!namePattern.test(known)) {
    report(["parameters", name], "is not the name of a parameter; use letters, digits, underscores and dots");
  } else if (weakness?.weakens(value.trim().toLowerCase())) {
    report(["parameters", name], weakness.says);
  }
}

const namePattern = /^[a-z][a-z0-9_.]{0,254}$/;
