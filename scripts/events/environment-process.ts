import { pathToFileURL } from "node:url";

/** An execution environment: loads the bundle as Lambda does, and handles one invocation at a time. */
interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly timeoutMs: number;
}
type Handler = (event: unknown, context: object) => Promise<unknown>;

const load = new Function("file", "return import(file)") as (file: string) => Promise<{ handler: Handler }>;
const loaded = load(pathToFileURL(process.argv[2] ?? "").href);

process.on("message", async ({ id, event, timeoutMs }: Invocation) => {
  const endsAt = Date.now() + timeoutMs;
  const context = {
    awsRequestId: `request-${process.pid}-${id}`,
    functionName: "soak",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:soak:live",
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
  };
  try {
    const { handler } = await loaded;
    process.send?.({ id, answer: await handler(event, context) });
  } catch (error) {
    process.send?.({ id, error: `${(error as Error).name}: ${(error as Error).message}` });
  }
});
process.once("disconnect", () => process.exit(0));
