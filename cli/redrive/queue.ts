import type { Message } from "@aws-sdk/client-sqs";
import type { AwsClients, AwsModules } from "../aws/clients";
import { awsError, errorName } from "../aws/errors";
import { type Letter, letterOf } from "./letter";
import type { DeadLetterPlace } from "./places";

/** Who talks to AWS, and about which account. */
export interface Calls {
  readonly modules: AwsModules;
  readonly clients: AwsClients;
  /** The account of the environment. */
  readonly account: string;
}

/** Numbers of messages in a queue; AWS gives them approximately. */
export interface QueueCounts {
  readonly waiting: number;
  /** Received by somebody a moment ago, and not deleted. */
  readonly inFlight: number;
}

/**
 * A queue of dead letters.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export class DeadLetterQueue {
  private constructor(
    private readonly calls: Calls,
    readonly place: DeadLetterPlace,
    private readonly url: string,
  ) {}

  /** The queue of a place; undefined where it does not exist in the environment's account. @throws AwsRefusedError */
  static async find(calls: Calls, place: DeadLetterPlace): Promise<DeadLetterQueue | undefined> {
    const url = await queueUrl(calls, { name: place.queue, region: place.region });
    return url === undefined ? undefined : new DeadLetterQueue(calls, place, url);
  }

  get isFifo(): boolean {
    return this.place.queue.endsWith(".fifo");
  }

  async counts(): Promise<QueueCounts> {
    const { GetQueueAttributesCommand } = this.calls.modules.sqs;
    const { Attributes: attributes } = await this.ask("count", () =>
      this.client.send(
        new GetQueueAttributesCommand({
          QueueUrl: this.url,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      ),
    );
    return {
      waiting: Number(attributes?.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
    };
  }

  /** Up to ten letters, which nobody else gets for so many seconds. */
  async receive(visibilitySeconds: number, most: number): Promise<Letter[]> {
    const { ReceiveMessageCommand } = this.calls.modules.sqs;
    const { Messages: messages = [] } = await this.ask("read", () =>
      this.client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: Math.min(10, most),
          VisibilityTimeout: visibilitySeconds,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      ),
    );
    return messages.map((message: Message) => letterOf(message, this.place.origin));
  }

  async delete({ receipt }: Letter): Promise<void> {
    const { DeleteMessageCommand } = this.calls.modules.sqs;
    await this.ask("delete from", () =>
      this.client.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: receipt })),
    );
  }

  /** Gives letters back, so that they can be received at once; what cannot be given back comes back by itself. */
  release(letters: readonly Letter[]): Promise<void> {
    return this.hold(letters, 0);
  }

  /** Has nobody get letters for so many seconds from now; what that fails for comes back when its time is over. */
  async hold(letters: readonly Letter[], seconds: number): Promise<void> {
    const { ChangeMessageVisibilityBatchCommand } = this.calls.modules.sqs;
    for (let first = 0; first < letters.length; first += 10) {
      const entries = letters.slice(first, first + 10);
      await this.client
        .send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl: this.url,
            Entries: entries.map(({ receipt }, index) => ({
              Id: String(index),
              ReceiptHandle: receipt,
              VisibilityTimeout: seconds,
            })),
          }),
        )
        .catch(() => undefined);
    }
  }

  private get client() {
    return this.calls.clients.sqs(this.place.region);
  }

  private async ask<T>(doing: string, call: () => Promise<T>): Promise<T> {
    const { queue, region } = this.place;
    return asked(call, `${doing} the queue ${queue} in ${region}`, this.calls.account);
  }
}

/** The URL of a queue in the environment's account; undefined where there is none. @throws AwsRefusedError */
export async function queueUrl(
  { modules, clients, account }: Calls,
  { name, region }: { readonly name: string; readonly region: string },
): Promise<string | undefined> {
  const command = new modules.sqs.GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account });
  try {
    const { QueueUrl: url } = await clients.sqs(region).send(command);
    return url;
  } catch (error) {
    if (/(QueueDoesNotExist|NonExistentQueue)$/.test(errorName(error))) return undefined;
    throw awsError(error, `find the queue ${name} in ${region}`, account);
  }
}

/** The answer to a call. @throws AwsRefusedError in words */
export async function asked<T>(call: () => Promise<T>, doing: string, account: string): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw awsError(error, doing, account);
  }
}
