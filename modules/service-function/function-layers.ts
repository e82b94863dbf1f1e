import type { Construct } from "constructs";
import { ConstructError } from "../core";
import type { ServiceFunctionConfig } from "./config";
import { checkLayers } from "./function-settings";
import { codeSizeLimits } from "./handler-bundle";
import type { AttachableLayer, CodeSigner } from "./signed-code";

export interface FunctionLayersProps {
  readonly region: string;
  readonly runtime: ServiceFunctionConfig["runtime"];
  /** Size of the function's own code unzipped, in bytes. */
  readonly unzippedBytes: number;
}

/** The layers of one function, in the order in which Lambda unpacks them. */
export class FunctionLayers {
  private readonly layers: AttachableLayer[];

  constructor(
    private readonly scope: Construct,
    arns: readonly string[],
    private readonly props: FunctionLayersProps,
  ) {
    this.layers = arns.map((arn) => ({ title: arn, arn }));
  }

  /** Their ARNs. @throws ConstructError for too many, malformed, or other regions' layers */
  get arns(): string[] | undefined {
    const arns = this.layers.map(({ arn }) => arn);
    return checkLayers(this.scope, arns, this.props.region);
  }

  /** @throws ConstructError if it is of another runtime, or too large together with what is there */
  add(layer: AttachableLayer): void {
    const { runtime } = this.props;
    if (layer.compatibleRuntimes && !layer.compatibleRuntimes.includes(runtime)) {
      throw new ConstructError(
        this.scope,
        `has the runtime ${runtime}, but the layer ${layer.title} is for ${layer.compatibleRuntimes.join(", ")}`,
        "add the runtime to compatibleRuntimes of the layer, or leave the layer out",
      );
    }
    this.layers.push(layer);
    const own = this.props.unzippedBytes;
    const unzipped = this.layers.reduce((sum, { unzippedBytes = 0 }) => sum + unzippedBytes, own);
    if (unzipped > codeSizeLimits.unzippedBytes) {
      throw new ConstructError(
        this.scope,
        `its code and layers have ${unzipped} bytes unzipped, but Lambda allows ${codeSizeLimits.unzippedBytes}`,
        "leave a layer out, or make one smaller",
      );
    }
  }

  /** Has the environment's own layers signed, and the publishers of others trusted. */
  sign(signer: CodeSigner): void {
    for (const layer of this.layers) {
      if (layer.sign) layer.sign(signer);
      else if (layer.signedBy !== undefined) signer.trust(layer.signedBy);
      else if (signer.enforces) {
        throw new ConstructError(
          this.scope,
          `only takes signed code, but nobody is known to sign the layer ${layer.title}`,
          "say in signedBy of the layer which version of a signing profile signs it, leave it out, or let code signing warn",
        );
      }
    }
  }
}
