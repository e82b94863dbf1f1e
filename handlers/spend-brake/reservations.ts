import { type LambdaOptions, type LambdaRequest, lambdaRequests } from "../../runtime/aws/lambda-requests.js";
import { errorName } from "../../runtime/errors/error-name.js";

/** The reserved concurrency of functions. */
export interface Reservations {
  /** What a function has reserved; undefined where it shares the account's pool. @throws ReservationError */
  read(functionName: string): Promise<number | undefined>;
  /** @throws ReservationError */
  reserve(functionName: string, executions: number): Promise<void>;
}

/** Lambda has refused a request, or not answered. */
export class ReservationError extends Error {
  override readonly name = "ReservationError";
}

/**
 * Asks Lambda. Nothing is retried here: the alarm's call is asynchronous, and Lambda makes it again.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 */
export function reservationsOf(options: LambdaOptions): Reservations {
  const send = lambdaRequests(options);
  const asked = async (operation: string, request: LambdaRequest): Promise<string> => {
    const { answer, text } = await send(request).catch((error: unknown) => {
      throw new ReservationError(`Lambda did not answer ${operation} (${errorName(error)}).`);
    });
    if (answer.ok) return text;
    const [type = "no name"] = (answer.headers.get("x-amzn-errortype") ?? "no name").split(":");
    throw new ReservationError(`Lambda answered ${operation} with ${answer.status} (${type}).`);
  };
  return {
    async read(functionName) {
      const path = `/2019-09-30/functions/${functionName}/concurrency`;
      const text = await asked("GetFunctionConcurrency", { method: "GET", path });
      const { ReservedConcurrentExecutions: reserved } = (text === "" ? {} : JSON.parse(text)) as {
        readonly ReservedConcurrentExecutions?: number | null;
      };
      return reserved ?? undefined;
    },
    async reserve(functionName, executions) {
      const path = `/2017-10-31/functions/${functionName}/concurrency`;
      const body = { ReservedConcurrentExecutions: executions };
      await asked("PutFunctionConcurrency", { method: "PUT", path, body });
    },
  };
}
