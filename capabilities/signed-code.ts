import { TerraformStack } from "cdktf";
import { defineCapability, type ExtendedEnvironment, type Rule } from "../contract";
import { CodeSigning, type CodeSigningConfig, codeSigningConfig } from "../modules/code-signing";
import type { ServiceFunction } from "../modules/service-function";

const fields = {
  environment: {
    codeSigning: codeSigningConfig
      .optional()
      .describe(
        "Has the code of all functions signed by AWS Signer, from the stage that brings it; {} warns of what is not signed. Functions at the edge and images have no signatures; with Enforce, images are refused. Nothing is signed if left out.",
      ),
  },
};

/** What the rule reads of an environment. */
type WithSigning = ExtendedEnvironment<typeof fields>;

const imagesHaveNoSignatures: Rule<WithSigning> = {
  id: "enforced-signatures-exclude-images",
  statement: "Where code signing is enforced, no function is an image, as Lambda checks no signatures of images.",
  check({ services, codeSigning }, report) {
    if (codeSigning?.untrustedCode !== "Enforce") return;
    services.forEach((service, index) => {
      if (!service.function.code?.image) return;
      report(
        ["services", index, "function", "code", "image"],
        "is not signed, as Lambda checks no signatures of images, but codeSigning enforces them; bring the code as an archive or a folder, or set codeSigning.untrustedCode to Warn",
      );
    });
  },
};

/** Signs the code of every function, in each stack and region by a profile of its own: no stack waits for another to let go of it. */
export const signedCode = defineCapability({
  name: "signedCode",
  brings: "signed code, where the environment asks for it",
  fields,
  rules: [imagesHaveNoSignatures],
  builds: {
    function(fn, { deployment: { config, account } }) {
      const { codeSigning: asked } = config as unknown as ExtendedEnvironment<typeof fields>;
      if (asked && !fn.isImage) fn.signCode(signingFor(fn, asked, account));
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
