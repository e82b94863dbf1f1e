import { z } from "zod";
import { region, strictObject } from "../core";

const projectPath = (what: string) =>
  z.string().regex(/^(?!\/|[A-Za-z]:)(?!.*\\)(?!(.*\/)?\.\.?(\/|$)).+$/, {
    message: `is not ${what}; write its path relative to the project folder with forward slashes`,
  });

const build = strictObject(() => ({
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      'Program and arguments, run in the project folder without a shell: ["python3", "-m", "pip", "install", "--require-hashes", ...].',
    ),
  inputs: z
    .array(projectPath("a file or folder"))
    .min(1)
    .describe("Files and folders that the output depends on. The command runs only if one of them has changed."),
  timeoutSeconds: z.int().min(1).max(3600).default(600).describe("How long it may take, in seconds."),
}));

const digest = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$/;

const imageUri = z.string().superRefine((uri, context) => {
  if (digest.test(uri)) return;
  const message = /@sha256:/.test(uri)
    ? "is not an image of Amazon ECR; write <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex digits>"
    : "names no digest, and a tag can be moved to another image without a change in any plan; write …@sha256:<64 hex digits>, as `aws ecr describe-images` shows it";
  context.addIssue({ code: "custom", message });
});

const image = strictObject(() => ({
  uris: z
    .partialRecord(region, imageUri)
    .describe(
      "The image in each region of the service, by its digest: Lambda takes none of another region. <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:...",
    ),
  entryPoint: z.array(z.string().min(1)).min(1).optional().describe("In place of the image's ENTRYPOINT."),
  command: z.array(z.string().min(1)).min(1).optional().describe("In place of the image's CMD, such as the handler."),
  workingDirectory: z
    .string()
    .regex(/^\/\S*$/, "is not an absolute path in the image; begin it with /")
    .optional()
    .describe("In place of the image's WORKDIR."),
}));

const answersKind = z.enum(["warming", "probes"]);

/** Code that the toolkit does not bundle, as literal values. */
export const functionCode = strictObject(() => ({
  archive: projectPath("an archive")
    .regex(/\.(zip|jar)$/, "is not an archive that Lambda takes; name a .zip or .jar file")
    .optional()
    .describe("Zip or jar file of the project with the code, which is uploaded as it is."),
  folder: projectPath("a folder")
    .optional()
    .describe("Folder of the project with the code, which is zipped with the same bytes on every machine."),
  build: build.optional().describe("Command of yours that fills the folder; without it the folder is there already."),
  image: image.optional().describe("Container image of Amazon ECR, without runtime, handler and layers."),
  answers: z
    .array(answersKind)
    .default([])
    .describe(
      "Calls of the toolkit that the code answers by itself, before anything else of it runs: those of function.warming, and the probes of a paused queue.",
    ),
})).superRefine(({ archive, folder, build, image }, context) => {
  const given = [archive, folder, image].filter((each) => each !== undefined);
  if (given.length !== 1) {
    context.addIssue({
      code: "custom",
      message: "needs exactly one of archive, folder and image; name where the code is",
    });
  }
  if (build && folder === undefined) {
    const message = "fills a folder, and none is named; add folder, or remove build";
    context.addIssue({ code: "custom", path: ["build"], message });
  }
});

export type FunctionCodeConfig = z.output<typeof functionCode>;
