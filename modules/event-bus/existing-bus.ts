import type { Grantee } from "../core";
import { type EventBusReference, type PublishAccess, publishStatement } from "./bus-reference";

/** What services need of a bus, whoever made it. */
export interface UsableBus extends EventBusReference {
  /** Lets a principal publish, only with the given values of source. */
  grantPublish(grantee: Grantee, access?: PublishAccess): void;
}

/** An event bus in one region that is there already: only rules of services are created on it. */
export class ExistingBus implements UsableBus {
  readonly eventBusName: string;

  constructor(
    readonly region: string,
    readonly eventBusArn: string,
  ) {
    this.eventBusName = eventBusArn.slice(eventBusArn.indexOf("/") + 1);
  }

  grantPublish(grantee: Grantee, access: PublishAccess = {}): void {
    grantee.addToRolePolicy(publishStatement([this.eventBusArn], access));
  }
}
