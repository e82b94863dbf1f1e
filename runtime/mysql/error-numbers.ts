/**
 * A refused login: a wrong password or no such user, one without a password to log in by, an expired password, and a locked user. An RDS
 * Proxy answers 1045 for a user that none of its secrets names at the moment.
 * @see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
 */
export const refusedLogin: ReadonlySet<unknown> = new Set([1045, 1698, 1862, 3118]);

/** A write on a server that runs with an option which forbids it: `--read-only`, `--innodb-read-only`. */
export const readOnlyServer = 1290;
