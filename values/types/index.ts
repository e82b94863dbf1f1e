import { backup } from "./backup";
import { chaos } from "./chaos";
import { containers } from "./containers";
import { costs } from "./costs";
import { data } from "./data";
import { databases } from "./databases";
import { dns } from "./dns";
import { edge } from "./edge";
import { events } from "./events";
import { httpApis } from "./http-apis";
import { iam } from "./iam";
import { keysAndSecrets } from "./keys-and-secrets";
import { lambda } from "./lambda";
import { messaging } from "./messaging";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { scaling } from "./scaling";
import { storage } from "./storage";
import { supplyChain } from "./supply-chain";
import type { Family } from "./type-values";
import { vault } from "./vault";
import { waf } from "./waf";

/** What is known of values, by the name of the data file in `values/data`. */
export const families: Readonly<Record<string, Family>> = {
  backup,
  chaos,
  containers,
  costs,
  data,
  databases,
  dns,
  edge,
  events,
  "http-apis": httpApis,
  iam,
  "keys-and-secrets": keysAndSecrets,
  lambda,
  messaging,
  monitoring,
  network,
  scaling,
  storage,
  "supply-chain": supplyChain,
  vault,
  waf,
};
