import { createHash } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { InvalidChangeError } from "./change-errors.js";

/** An item, or an image of one, in plain values. */
export type Item = Readonly<Record<string, unknown>>;

/** What happened to an item. A replica may tell the first two changes of an item as one. */
export type ChangeKind = "inserted" | "modified" | "removed";

/** A change of an item, as the stream has it. */
export interface ItemChange {
  readonly kind: ChangeKind;
  /** Name of the table, the same in each region. */
  readonly table: string;
  readonly keys: Item;
  /** The item after the change; of a removed one, as it was last. */
  readonly image: Item;
  /** The item before the change. */
  readonly before?: Item;
  /** When DynamoDB wrote it in this region, to the second. */
  readonly time: Date;
  /** Whether DynamoDB removed it because its time was over. Only in the region that did; in others it is just removed. */
  readonly expired: boolean;
}

const kinds: Readonly<Record<string, ChangeKind>> = { INSERT: "inserted", MODIFY: "modified", REMOVE: "removed" };

/** Its place in the stream, which Lambda asks for. */
export const sequenceNumberOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? "";

/** What item it is of: equal for all changes of an item, and in each region. */
export function itemOf({ dynamodb, eventSourceARN }: DynamoDBRecord): string {
  const keys = Object.entries(dynamodb?.Keys ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([tableIn(eventSourceARN), keys]);
}

/** @throws InvalidChangeError if the record has no images, as where the view type of the stream is another one */
export function changeOf(record: DynamoDBRecord): ItemChange {
  const { dynamodb, eventName = "", eventSourceARN, userIdentity } = record;
  const sequenceNumber = sequenceNumberOf(record);
  const kind = kinds[eventName];
  if (kind === undefined || dynamodb?.Keys === undefined) throw new InvalidChangeError(sequenceNumber, "is no change");
  const { NewImage, OldImage, Keys, ApproximateCreationDateTime: seconds = 0 } = dynamodb;
  const image = kind === "removed" ? OldImage : NewImage;
  if (image === undefined) {
    throw new InvalidChangeError(sequenceNumber, "has no image; give the stream the view type NEW_AND_OLD_IMAGES");
  }
  return {
    kind,
    table: tableIn(eventSourceARN),
    keys: plain(Keys),
    image: plain(image),
    ...(OldImage === undefined ? {} : { before: plain(OldImage) }),
    time: new Date(seconds * 1000),
    expired: isService(userIdentity) && kind === "removed",
  };
}

/** The types of aws-lambda and of the SDK tell the same values. */
const plain = (image: object): Item => unmarshall(image as Record<string, AttributeValue>);

/** `arn:aws:dynamodb:eu-west-1:111122223333:table/prod-orders/stream/2026-01-01T00:00:00.000` */
const tableIn = (arn = ""): string => arn.split("/")[1] ?? "";

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html */
function isService(identity: unknown): boolean {
  const { type, principalId } = (identity ?? {}) as { readonly type?: string; readonly principalId?: string };
  return type === "Service" && principalId === "dynamodb.amazonaws.com";
}

/**
 * What makes a change the same one in the streams of all regions, whose records have other ids and sequence numbers: the item, whether
 * it was written or removed, and a version that each write of the item changes. Inserted and modified are one here, as a replica
 * may put them together.
 */
export function identityOf(record: DynamoDBRecord, { kind, table }: ItemChange, version: string | number): string {
  const written = kind === "removed" ? "removed" : "written";
  const hash = createHash("sha256").update(JSON.stringify([itemOf(record), written, String(version)]));
  return `${table}#${hash.digest("base64url")}`;
}
