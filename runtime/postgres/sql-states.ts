/**
 * A refused login. 28P01 is a wrong password; 28000 is a user that does not exist, and what an RDS Proxy answers for a user that none of its
 * secrets names at the moment.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 * @see https://github.com/aws/aws-secretsmanager-jdbc/pull/224
 */
export const refusedLogin: ReadonlySet<unknown> = new Set(["28000", "28P01"]);

/** A write in a transaction that may only read, as every one is on a server that follows another. */
export const readOnlyTransaction = "25006";
