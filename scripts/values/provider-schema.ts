import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPrerequisites } from "../../simulator/prerequisites";
import { type ProviderSchema, parseProviderSchema } from "../../simulator/protocol/schema";
import { schemaFields } from "../../simulator/protocol/schema-answer";
import { startProvider } from "../../simulator/provider/process";
import { startWatchdog } from "../../terraform";

/** The arguments of every resource type, from the AWS provider on this machine. */
export async function providerSchema(): Promise<ProviderSchema> {
  const { provider: binary } = await checkPrerequisites();
  const socketDirectory = mkdtempSync(join(tmpdir(), "evenkeel-schema-"));
  const watchdog = startWatchdog({ signal: "SIGKILL", directory: socketDirectory });
  try {
    const provider = await startProvider({ binary, environment: process.env, socketDirectory, watchdog });
    try {
      return parseProviderSchema(schemaFields(await provider.call("GetSchema", Buffer.alloc(0))));
    } finally {
      await provider.stop();
    }
  } finally {
    await watchdog.stop();
  }
}
