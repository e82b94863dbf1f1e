/** The query with which PgBouncer looks up the login of a user, as the lookup user. */
export const lookupQuery = "SELECT username, verifier FROM pooling.login($1)";

/**
 * The SQL that an administrator runs once in the pooled database, after creating the unprivileged lookup user.
 *
 * Aurora does not expose password verifiers, not even to members of rds_superuser, so a copy is kept in a table.
 * Whoever sets a password as a SCRAM verifier must call `pooling.remember` in the same transaction.
 * @see https://github.com/pgbouncer/pgbouncer/issues/446
 * @param lookupUser letters, digits and underscores
 */
export function loginLookupSql(lookupUser: string): string {
  return `
CREATE SCHEMA IF NOT EXISTS pooling;
REVOKE ALL ON SCHEMA pooling FROM PUBLIC;
GRANT USAGE ON SCHEMA pooling TO ${lookupUser};

CREATE TABLE IF NOT EXISTS pooling.logins (
  username text PRIMARY KEY,
  verifier text NOT NULL CHECK (verifier LIKE 'SCRAM-SHA-256$%')
);
REVOKE ALL ON pooling.logins FROM PUBLIC;

CREATE OR REPLACE FUNCTION pooling.remember(of_user text, with_verifier text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog AS $$
  INSERT INTO pooling.logins VALUES (of_user, with_verifier)
  ON CONFLICT (username) DO UPDATE SET verifier = excluded.verifier
$$;
REVOKE ALL ON FUNCTION pooling.remember(text, text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION pooling.login(of_user text, OUT username text, OUT verifier text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT logins.username, logins.verifier
  FROM pooling.logins JOIN pg_catalog.pg_roles ON rolname = logins.username
  WHERE logins.username = of_user AND rolcanlogin AND (rolvaliduntil IS NULL OR rolvaliduntil > now())
$$;
REVOKE ALL ON FUNCTION pooling.login(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pooling.login(text) TO ${lookupUser};
`.trim();
}
