import { TerraformStack } from "cdktf";
import { defineCapability, type ExtendedEnvironment } from "../contract";
import { CodeSigning, type CodeSigningConfig, codeSigningConfig } from "../modules/code-signing";
import type { ServiceFunction } from "../modules/service-function";

const fields = {
  environment: {
    codeSigning: codeSigningConfig
      .optional()
      .describe(
        "Has the code of all functions signed by AWS Signer, from the stage that brings it; {} warns of what is not signed. Functions at the edge have no signatures. Nothing is signed if left out.",
      ),
  },
};

/** Signs the code of every function, in each stack and region by a profile of its own: no stack waits for another to let go of it. */
export const signedCode = defineCapability({
  name: "signedCode",
  brings: "signed code, where the environment asks for it",
  fields,
  builds: {
    function(fn, { deployment: { config, account } }) {
      const { codeSigning: asked } = config as unknown as ExtendedEnvironment<typeof fields>;
      if (asked) fn.signCode(signingFor(fn, asked, account));
    },
  },
});

function signingFor(fn: ServiceFunction, config: CodeSigningConfig, account: string): CodeSigning {
  const stack = TerraformStack.of(fn);
  const { region } = fn;
  // Longer than any name in such a stack, which would be the id of something else.
  const id = `code-signing-of-functions-${region}`;
  const known = stack.node.tryFindChild(id) as CodeSigning | undefined;
  const { id: stackName } = stack.node;
  const name = stackName.endsWith(region) ? stackName : `${stackName}-${region}`;
  return known ?? new CodeSigning(stack, id, { config, name, region, account });
}
