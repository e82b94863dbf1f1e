import { isAbsolute, join, relative, resolve } from "node:path";
import { App, LocalBackend, S3Backend, type S3BackendConfig, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StateLocation } from "../contract";

/** Has a stack keep its state where its environment or account does. */
export function addBackend(stack: TerraformStack, state: StateLocation): void {
  const stateFile = `${stack.node.id}.tfstate`;
  // cdktf calls every backend "backend", which may also be the name of a table or a service.
  const scope = new Construct(stack, "terraform.state");
  if (state.backend === "local") {
    // cdktf would write an absolute path. Terraform runs in the stack's folder, so the path is relative to that.
    const stackFolder = join(resolve(App.of(stack).outdir), "stacks", stack.node.id);
    const directory = isAbsolute(state.directory)
      ? relative(stackFolder, state.directory)
      : // As it always was: Terraform would take another text for another backend.
        join(relative(stackFolder, process.cwd()), state.directory);
    new LocalBackend(scope, { path: join(directory, stateFile) });
    return;
  }
  const config: S3BackendConfig & { useLockfile: boolean } = {
    bucket: state.bucket,
    key: `${state.keyPrefix}/${stateFile}`,
    region: state.region,
    kmsKeyId: state.kmsKeyArn,
    encrypt: true,
    useLockfile: state.lockFile,
  };
  new S3Backend(scope, config);
}
