import type { PriceId, PriceLine } from "../values/prices";
import type { BaseEnvironment } from "./environment";

export type { PriceId, PriceLine } from "../values/prices";

/** A synthesized resource, as the estimate of costs sees it. */
export interface PricedResource {
  /** Type in Terraform: `aws_sqs_queue`. */
  readonly type: string;
  /** Logical name: the second half of the Terraform address. */
  readonly name: string;
  /** Name of its stack. */
  readonly stack: string;
  /** Construct path below the stack, outermost first. */
  readonly path: readonly string[];
  /** Region of its provider; undefined for other providers than that of AWS. */
  readonly region?: string;
  /** The capability that made it; undefined for the base. */
  readonly capability?: string;
  /** The service of the environment that it is a part of; undefined for everything else. */
  readonly service?: string;
  /** Its arguments, as in Terraform's JSON; a block may stand with or without its list. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Something that a resource is charged for. */
export interface Charge {
  /** A line of the toolkit's table of prices, or a price of your own. */
  readonly price: PriceId | PriceLine;
  /** Units of the line in a month. */
  readonly units: number;
  /** How the number of units is made, in words: `120 requests/s x 2,628,000 s`. */
  readonly how: string;
  /** The region whose price is taken, where it is not that of the resource; null for what is in no region. */
  readonly region?: string | null;
}

/** What a pricing function may ask. */
export interface PricingContext {
  /** The environment at the stage that is estimated. */
  readonly config: BaseEnvironment;
  /** The region that the traffic goes to. */
  readonly servingRegion: string;
  /** Every resource of the environment. */
  readonly resources: readonly PricedResource[];
  /** Requests of a month that a service answers in a region; 0 where it serves none, or no traffic is stated. */
  readonly requests: (service: string, region: string | undefined) => number;
  /** The resource that a text refers to: `${aws_lambda_alias.live.arn}`; undefined for one of another stack, and for a literal. */
  readonly referred: (from: PricedResource, text: unknown) => PricedResource | undefined;
}

/** What a resource of one type is charged for in a month; an empty list for one that is free, undefined for one that it cannot price: a function of your own leaves it to that of the toolkit, if there is one. */
export type Pricing = (resource: PricedResource, at: PricingContext) => readonly Charge[] | undefined;

/** Pricing functions by the type of resource in Terraform: `aws_sqs_queue`. */
export type Pricings = Readonly<Record<string, Pricing>>;
