-- The ledger's entries. The role ledger_service_role, without login, is there already: users that log in are members of it.
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

-- Entries are never changed nor taken back; a mistake is booked the other way round.
GRANT USAGE ON SCHEMA ledger TO ledger_service_role;
GRANT SELECT, INSERT ON ledger.entries TO ledger_service_role;
