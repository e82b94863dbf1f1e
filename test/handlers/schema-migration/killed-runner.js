// Holds what a run of migrations holds, in a statement that would run for ten minutes, until somebody kills it.
const { Client } = require("pg");

const { PORT, CA, PASSWORD } = process.env;
const client = new Client({
  host: "localhost",
  port: Number(PORT),
  database: "shop",
  user: "schema_migration",
  password: PASSWORD,
  ssl: { ca: CA },
  application_name: "schema-migration",
});
client
  .connect()
  .then(() =>
    client.query("SET client_connection_check_interval = '5s'; SELECT pg_try_advisory_lock(1702260331, 1935894629)"),
  )
  .then(() => client.query("BEGIN; LOCK TABLE shop.items; SELECT pg_sleep(600)"));
