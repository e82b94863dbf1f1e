import type { Faults } from "../../runtime/chaos/faults";
import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import type { OrderNotes } from "./order-notes";
import { OrdersRepository } from "./orders-repository";

/** The orders of a table, with DynamoDB's client: in a file of its own, so that it is loaded with the first request that needs it. */
export const openOrders = (region: string, table: string, notes: OrderNotes, faults: Faults): OrdersRepository =>
  new OrdersRepository(faults.awsClient("dynamodb", createDocumentClient({ region })), table, undefined, notes);
