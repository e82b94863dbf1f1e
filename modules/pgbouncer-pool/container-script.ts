import { files } from "./pgbouncer-ini";

/**
 * The command of a PgBouncer container, for any POSIX shell. It writes the files, removes their contents from the
 * environment and runs PgBouncer. It must not contain a dollar sign followed by a brace, which Terraform would
 * interpolate.
 *
 * ECS stops a task with SIGTERM. On SIGTERM, PgBouncer drops every connection (before 1.23) or waits for all clients
 * (since 1.23). The script sends SIGINT instead, on which PgBouncer waits for running transactions.
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
    // The signal interrupts the first wait; the second one returns when PgBouncer exits.
    'wait "$pooler" || wait "$pooler"',
  ].join("\n");
}
