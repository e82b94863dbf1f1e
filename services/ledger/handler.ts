import { readEnvironment, string } from "../../runtime/environment/environment";
import { authorize, ownershipFromEnvironment, ownershipVariables } from "../../runtime/http/authorization";
import { healthRoute } from "../../runtime/http/health";
import { httpApi } from "../../runtime/http/http-api";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { postgresFromEnvironment } from "../../runtime/postgres/from-environment";
import { accountId, cursor, encodeCursor, entryRequest, pageSize } from "./entry-schema";
import { LedgerRepository } from "./ledger-repository";

// Module scope runs once per execution environment: a missing variable fails the cold start, and connections are kept from one
// request to the next.
const environment = readEnvironment({
  ...loggerVariables,
  ...ownershipVariables,
  AWS_REGION: string(),
});

const logger = loggerFromEnvironment(environment);

/** The accounts of a caller are in a claim of the token; with the scope for all of them, as accountants have it, any account. */
const requireAccount = ownershipFromEnvironment(environment, { claim: "accounts", list: true });

const database = postgresFromEnvironment();
/** A request makes up to two calls, which together have to end before the function's timeout of 10 s. */
const limits = { statementTimeoutMs: 2_000, deadlineMs: 4_500 };
const ledger = new LedgerRepository(database.writer(limits), database.reader(limits));

/** The ledger service: books entries on accounts and lists them, behind an HTTP API. */
export const handler = httpApi({
  logger,
  routes: {
    "GET /health": healthRoute(environment.AWS_REGION),

    "POST /entries": authorize({ scopes: ["entries:write"] }, async (request) => {
      const body = request.body(entryRequest);
      requireAccount(request, body.accountId);
      const { entry, replayed } = await ledger.book(body);
      request.logger.info(replayed ? "entry replayed" : "entry booked", { entry_id: entry.entryId });
      return { status: 201, headers: { "idempotent-replayed": String(replayed) }, body: entry };
    }),

    "GET /accounts/{accountId}/entries": authorize({ scopes: ["entries:read"] }, async (request) => {
      const account = request.path("accountId", accountId);
      requireAccount(request, account);
      const { entries, next } = await ledger.list(
        account,
        request.query("limit", pageSize),
        request.query("cursor", cursor),
      );
      return { status: 200, body: { entries, nextCursor: next && encodeCursor(next) } };
    }),
  },
});
