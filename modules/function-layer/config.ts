import { z } from "zod";
import { accountId, strictObject } from "../core";
import { functionRuntimes, lambdaRuntime } from "../service-function";

export type * from "./input";

const projectPath = (what: string) =>
  z.string().regex(/^(?!\/|[A-Za-z]:)(?!.*\\)(?!(.*\/)?\.\.?(\/|$)).+$/, {
    message: `is not ${what}; write its path relative to the project folder with forward slashes`,
  });

/** A layer of functions, from files of the project. */
export const functionLayerConfig = strictObject(() => ({
  folder: projectPath("a folder")
    .optional()
    .describe("Folder with what functions find below /opt, relative to the project folder: layers/certificates."),
  bundles: z
    .record(projectPath("a path in the layer"), projectPath("a source file"))
    .default({})
    .describe(
      "Source files that are bundled with all that they import, by where they are below /opt: policy/decide.mjs. They are ES modules.",
    ),
  description: z.string().min(1).max(256).optional().describe("What is in it; at most 256 characters."),
  compatibleRuntimes: z
    .array(lambdaRuntime)
    .min(1)
    .default([...functionRuntimes])
    .describe("Runtimes that it is made for. A function of another one is refused."),
  architecture: z
    .enum(["arm64", "x86_64"])
    .default("arm64")
    .describe("Processor of the functions that it is made for. A function of the other one is refused."),
  licence: z.string().min(1).max(512).optional().describe("Licence of what is in it, as an SPDX id or a URL."),
  sharedWith: strictObject(() => ({
    accounts: z.array(accountId).default([]).describe("AWS accounts whose functions may use each version."),
    organizations: z
      .array(z.string().regex(/^o-[a-z0-9]{10,32}$/, { message: "is not the id of an organization; use o-..." }))
      .default([])
      .describe("Organizations of AWS whose accounts may use each version, by their ids."),
  }))
    .prefault({})
    .describe("Who else may use it; nobody if left out."),
})).refine(({ folder, bundles }) => folder !== undefined || Object.keys(bundles).length > 0, {
  message: "has nothing in it; name a folder or bundles",
});

export type FunctionLayerConfig = z.output<typeof functionLayerConfig>;
