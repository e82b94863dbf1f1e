import type { Pricings } from "../../contract";
import { apiGateway } from "./api-gateway";
import { aurora } from "./aurora";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { cloudwatch } from "./cloudwatch";
import { dynamodb } from "./dynamodb";
import { edge } from "./edge";
import { events } from "./events";
import { experiments } from "./experiments";
import { keys } from "./keys";
import { lambda } from "./lambda";
import { messages } from "./messages";
import { network } from "./network";
import { others } from "./others";
import { route53 } from "./route53";

/** What the toolkit knows of the price of each resource type that it makes; a test holds it against all types. */
export const pricings: Pricings = {
  ...apiGateway,
  ...aurora,
  ...backup,
  ...budgets,
  ...cloudwatch,
  ...dynamodb,
  ...edge,
  ...events,
  ...experiments,
  ...keys,
  ...lambda,
  ...messages,
  ...network,
  ...others,
  ...route53,
};
