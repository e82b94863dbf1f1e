import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A message as it was received. */
export interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

/** A message to be sent. */
export interface Outgoing {
  readonly body: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** moto, of which SQS is used (https://docs.getmoto.org/en/latest/docs/server_mode.html). */
export interface Moto {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Writes a parameter of Systems Manager. */
export async function putParameter({ endpoint }: Moto, name: string, value: string): Promise<void> {
  await post(endpoint, "AmazonSSM.PutParameter", "ssm", { Name: name, Value: value, Type: "String" });
}

/** Starts moto on a free port. */
export async function startMoto(): Promise<Moto> {
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  return {
    endpoint: await announced(child),
    async stop() {
      process.off("exit", kill);
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function announced(child: ChildProcess): Promise<string> {
  let output = "";
  return await new Promise((resolve, reject) => {
    child.once("error", () =>
      reject(new Error("moto_server does not run here; install it (pip install 'moto[server]').")),
    );
    child.once("exit", (code) => reject(new Error(`moto_server ended with code ${code}: ${output}`)));
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      output = `${output}${chunk}`.slice(0, 4_000);
      const [, endpoint] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      if (endpoint) resolve(endpoint);
    });
  });
}

/** Longer than a part lasts, in seconds. */
const hiddenSeconds = 43_200;

/**
 * A queue of moto with its dead letters. moto hands the messages of a group out in another order when they become visible by time, and answers requests at
 * the same time without a lock. So requests come one after the other, and it is the harness that makes messages visible again, in their order.
 */
export class Queue {
  private url = "";
  private deadLetterUrl = "";
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly endpoint: string,
    readonly name: string,
    readonly isFifo: boolean,
  ) {}

  async create(maxReceiveCount: number): Promise<void> {
    const fifo = this.isFifo ? { FifoQueue: "true" } : {};
    const ending = this.isFifo ? ".fifo" : "";
    const base = this.name.replace(/\.fifo$/, "");
    const created = async (QueueName: string, Attributes: object) =>
      String((await this.ask("CreateQueue", { QueueName, Attributes })).QueueUrl);
    this.deadLetterUrl = await created(`${base}-failed${ending}`, fifo);
    const { Attributes } = await this.ask("GetQueueAttributes", {
      QueueUrl: this.deadLetterUrl,
      AttributeNames: ["QueueArn"],
    });
    const deadLetterTargetArn = (Attributes as { QueueArn: string }).QueueArn;
    this.url = await created(this.name, {
      ...fifo,
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
    });
  }

  async send(messages: readonly Outgoing[]): Promise<void> {
    for (let from = 0; from < messages.length; from += 10) {
      const Entries = messages.slice(from, from + 10).map(({ body, groupId, deduplicationId }, index) => ({
        Id: String(index),
        MessageBody: body,
        ...(this.isFifo ? { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId } : {}),
      }));
      const { Failed = [] } = await this.ask("SendMessageBatch", { QueueUrl: this.url, Entries });
      if ((Failed as unknown[]).length > 0) throw new Error(`SQS refused messages: ${JSON.stringify(Failed)}`);
    }
  }

  async receive(): Promise<Received[]> {
    const { Messages = [] } = await this.ask("ReceiveMessage", {
      QueueUrl: this.url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 0,
      AttributeNames: ["All"],
    });
    return Messages as Received[];
  }

  async delete(messages: readonly Received[]): Promise<void> {
    if (messages.length > 0) await this.batch("DeleteMessageBatch", messages, {});
  }

  /** What the visibility timeout does when it is over. */
  async show(messages: readonly Received[]): Promise<void> {
    if (messages.length > 0) await this.batch("ChangeMessageVisibilityBatch", messages, { VisibilityTimeout: 0 });
  }

  /** Messages that are there, waiting or with a receiver, and dead letters. */
  async depth(): Promise<{ readonly messages: number; readonly givenUp: number }> {
    const count = async (QueueUrl: string) => {
      const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
      const { Attributes } = await this.ask("GetQueueAttributes", { QueueUrl, AttributeNames });
      return Object.values(Attributes as Record<string, string>).reduce((sum, value) => sum + Number(value), 0);
    };
    return { messages: await count(this.url), givenUp: await count(this.deadLetterUrl) };
  }

  private async batch(action: string, messages: readonly Received[], more: object): Promise<void> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, ...more }));
    const { Failed = [] } = await this.ask(action, { QueueUrl: this.url, Entries });
    if ((Failed as unknown[]).length > 0) throw new Error(`${action} failed: ${JSON.stringify(Failed)}`);
  }

  private ask(action: string, body: object): Promise<Record<string, unknown>> {
    const asked = this.last.then(() => this.request(action, body));
    this.last = asked.catch(() => undefined);
    return asked;
  }

  private request(action: string, body: object): Promise<Record<string, unknown>> {
    return post(this.endpoint, `AmazonSQS.${action}`, "sqs", body);
  }
}

async function post(endpoint: string, target: string, service: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": target,
      authorization: `AWS4-HMAC-SHA256 Credential=soak/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`moto answered ${target} with ${answer.status}: ${text.slice(0, 500)}`);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
