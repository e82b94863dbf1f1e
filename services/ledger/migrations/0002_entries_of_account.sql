-- In a file of its own: it runs in no transaction, and nobody waits for it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS entries_of_account ON ledger.entries (account_id, position);
