import { files } from "./pgbouncer-ini";

/**
 * The command of a PgBouncer container, for any POSIX shell: it writes the files, takes their texts out of the environment and
 * runs PgBouncer. Uses no braces after a dollar sign, which Terraform would read as its own.
 *
 * ECS ends a task by SIGTERM, on which PgBouncer breaks every connection off (before 1.23) or waits for all clients (from 1.23 on);
 * SIGINT waits for the transactions that run, and is what it gets instead.
 * @see https://www.pgbouncer.org/usage.html#signals
 */
export function containerScript(authoritiesFromSecret: boolean): string {
  const write = (variable: string, file: string) => `printf '%s\\n' "$${variable}" > ${file}`;
  return [
    "set -eu",
    "umask 077",
    'mkdir -p "$RUN_FOLDER"',
    'cd "$RUN_FOLDER"',
    `case "$LOOKUP_PASSWORD" in *'"'*)`,
    `  echo 'the password of the user that looks logins up holds a double quote; give it one without' >&2; exit 64 ;;`,
    "esac",
    write("PGBOUNCER_INI", files.settings),
    write("SERVER_CERTIFICATE", files.certificate),
    write("SERVER_PRIVATE_KEY", files.privateKey),
    ...(authoritiesFromSecret ? [write("DATABASE_AUTHORITIES", files.databaseAuthorities)] : []),
    `printf '"%s" "%s"\\n' "$LOOKUP_USER" "$LOOKUP_PASSWORD" > ${files.users}`,
    "unset PGBOUNCER_INI SERVER_CERTIFICATE SERVER_PRIVATE_KEY DATABASE_AUTHORITIES LOOKUP_PASSWORD",
    `pgbouncer ${files.settings} &`,
    "pooler=$!",
    `trap 'kill -INT "$pooler"' TERM`,
    // The signal ends the first wait, the end of PgBouncer the second one.
    'wait "$pooler" || wait "$pooler"',
  ].join("\n");
}
