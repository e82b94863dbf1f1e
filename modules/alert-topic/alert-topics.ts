import type { IConstruct } from "constructs";
import { type AlarmTarget, ConstructError } from "../core";
import type { AlertTopic } from "./alert-topic";

/** Combines the alert topics of several regions into the alarm target that modules expect. */
export class AlertTopics implements AlarmTarget {
  private readonly topics: ReadonlyMap<string, AlertTopic>;

  constructor(
    /** The construct named in error messages. */
    private readonly owner: IConstruct,
    topics: readonly AlertTopic[],
  ) {
    this.topics = new Map(topics.map((topic) => [topic.region, topic]));
  }

  topicArn(region: string): string {
    const topic = this.topics.get(region);
    if (topic) return topic.arn;
    const known = [...this.topics.keys()].join(", ") || "none";
    throw new ConstructError(
      this.owner,
      `has no alert topic in region "${region}", only in: ${known}`,
      "create one there",
    );
  }
}
