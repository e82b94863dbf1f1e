import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

/** DynamoDB in a process of its own, which nobody kills. */
const server = dynalite({ createTableMs: 0 });
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("disconnect", () => process.exit(0));
