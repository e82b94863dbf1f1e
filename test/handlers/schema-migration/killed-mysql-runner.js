// Holds what a run of migrations holds, in a statement of some seconds, until somebody kills it.
const { createConnection } = require("mysql2/promise");

const { PORT, CA, PASSWORD } = process.env;
createConnection({
  host: "localhost",
  port: Number(PORT),
  database: "warehouse",
  user: "schema_migration",
  password: PASSWORD,
  ssl: { ca: CA },
}).then(async (client) => {
  await client.query("SELECT GET_LOCK('evenkeel.schema_migration', 0)");
  await client.query("START TRANSACTION");
  await client.query("UPDATE items SET size = 1 WHERE id = 1 AND SLEEP(6) = 0");
  await client.query("COMMIT");
});
