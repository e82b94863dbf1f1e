/** An engine that a project can be built on, with the exact versions that a new project pins. */
export interface Engine {
  readonly name: EngineName;
  /** In a sentence, for the choice. */
  readonly title: string;
  /** What synthesis needs. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** The engine's command line, which the verbs of `evenkeel` do without, and a new project as well. */
  readonly commandLine: Readonly<Record<string, string>>;
  /** By which name a project imports the toolkit. */
  readonly toolkit: string;
  /** Version of hashicorp/aws that the bindings were made from. */
  readonly awsProvider: string;
  /** Whether the simulated cloud runs that version of the provider. */
  readonly simulated: boolean;
  /** Versions of Node.js that the libraries run on, and those that the command line does. */
  readonly node: string;
  readonly commandLineNode: string;
}

export const engineNames = ["cdktf", "cdktf-aws6", "cdktn"] as const;
export type EngineName = (typeof engineNames)[number];

/** What both bindings for cdktf have in common. */
const cdktf = {
  commandLine: { "cdktf-cli": "0.21.0" },
  toolkit: "evenkeel",
  node: ">=20.9",
  commandLineNode: ">=20.9 <24",
} as const;

export const engines: Readonly<Record<EngineName, Engine>> = {
  cdktf: {
    ...cdktf,
    name: "cdktf",
    title: "CDK for Terraform 0.21, AWS provider 5.100; the one that the simulated cloud runs",
    dependencies: { "@cdktf/provider-aws": "20.1.0", cdktf: "0.21.0", constructs: "10.7.2" },
    awsProvider: "5.100.0",
    simulated: true,
  },
  "cdktf-aws6": {
    ...cdktf,
    name: "cdktf-aws6",
    title: "CDK for Terraform 0.21, AWS provider 6.25",
    dependencies: { "@cdktf/provider-aws": "21.22.1", cdktf: "0.21.0", constructs: "10.7.2" },
    awsProvider: "6.25.0",
    simulated: false,
  },
  cdktn: {
    name: "cdktn",
    title: "CDK Terrain 0.24, the fork that goes on, AWS provider 6.66",
    dependencies: { "@cdktn/provider-aws": "25.7.0", cdktn: "0.24.0", constructs: "10.7.2" },
    commandLine: { "cdktn-cli": "0.24.0" },
    toolkit: "evenkeel/cdktn",
    awsProvider: "6.66.0",
    simulated: false,
    node: ">=22.11",
    commandLineNode: ">=22.19",
  },
};

/** What a new project needs beside its engine, pinned like it. */
export const developmentTools = {
  "@swc/core": "1.16.18",
  "@swc/jest": "0.2.39",
  "@types/aws-lambda": "8.10.164",
  "@types/jest": "30.0.0",
  "@types/node": "20.19.43",
  jest: "30.5.2",
  typescript: "7.0.2",
} as const;
