import { z } from "zod";

/** An image whose content cannot change. */
export const pinnedImage = z
  .string()
  .regex(
    /^[a-z0-9][\w.:/-]*@sha256:[0-9a-f]{64}$/,
    "is not pinned by digest, so its content can change; write it as <registry>/<repository>@sha256:<64 hexadecimal digits>",
  );

/** What tasks on Fargate run on. */
export const fargatePlatform = {
  cpuArchitecture: z
    .enum(["ARM64", "X86_64"])
    .default("ARM64")
    .describe("Architecture of the image. ARM64 costs a fifth less."),
  platformVersion: z
    .enum(["1.4.0"], {
      error:
        "is not a pinned platform version; use 1.4.0, because LATEST can change between two deployments of the same task",
    })
    .default("1.4.0")
    .describe("Fargate platform version, pinned so that every deployment uses the same one."),
};
