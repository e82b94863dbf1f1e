-- The ledger's tables, and the role that holds the privileges of its users. Run it as the master user, before the service is
-- deployed; running it again changes nothing.

-- Without login: the users that log in, ledger_service and ledger_service_clone, are members.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ledger_service_role') THEN
    CREATE ROLE ledger_service_role NOLOGIN;
  END IF;
END
$$;

CREATE SCHEMA IF NOT EXISTS ledger;

CREATE TABLE IF NOT EXISTS ledger.entries (
  -- Chosen by the client, so that a repeated request finds the entry of the first one.
  entry_id uuid PRIMARY KEY,
  -- The order of booking, for pages.
  position bigint GENERATED ALWAYS AS IDENTITY,
  account_id text NOT NULL CHECK (account_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  -- Minor units (cents), positive into the account and negative out of it.
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  currency char(3) NOT NULL,
  description text NOT NULL CHECK (length(description) <= 200),
  booked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE UNIQUE INDEX IF NOT EXISTS entries_of_account ON ledger.entries (account_id, position);

-- Entries are never changed nor taken back; a mistake is booked the other way round.
GRANT USAGE ON SCHEMA ledger TO ledger_service_role;
GRANT SELECT, INSERT ON ledger.entries TO ledger_service_role;
