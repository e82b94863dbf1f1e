import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { checkLayers } from "./function-settings";
import { codeSizeLimits } from "./handler-bundle";
import type { AttachableLayer, CodeSigner } from "./signed-code";

export interface FunctionLayersProps {
  readonly region: string;
  /** Undefined for an image. */
  readonly runtime: string | undefined;
  readonly architecture: "arm64" | "x86_64";
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
    if (arns[0] !== undefined) this.refuseForImage(arns[0]);
    this.layers = arns.map((arn) => ({ title: arn, arn }));
  }

  /** Their ARNs. @throws ConstructError for too many, malformed, or other regions' layers */
  get arns(): string[] | undefined {
    const arns = this.layers.map(({ arn }) => arn);
    return checkLayers(this.scope, arns, this.props.region);
  }

  /** @throws ConstructError if it is of another runtime, or too large together with what is there */
  add(layer: AttachableLayer): void {
    const { runtime, architecture } = this.props;
    this.refuseForImage(layer.title);
    if (layer.architecture && layer.architecture !== architecture) {
      throw new ConstructError(
        this.scope,
        `runs on ${architecture}, but the layer ${layer.title} is for ${layer.architecture}`,
        "change architecture of one of them, or leave the layer out",
      );
    }
    if (runtime !== undefined && layer.compatibleRuntimes && !layer.compatibleRuntimes.includes(runtime)) {
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

  private refuseForImage(layer: string): void {
    if (this.props.runtime !== undefined) return;
    throw new ConstructError(
      this.scope,
      `is an image, which has no layers, and would get ${layer}`,
      "put what the layer has into the image, or leave the layer out",
    );
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
