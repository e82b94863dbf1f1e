import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { readBundle, writeBundle } from "../../rollout";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import type { KeyStates } from "../../simulator/state-store/kms";
import { ObjectStore } from "../../simulator/state-store/objects";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder("evenkeel-encrypted-");
const output = join(folder, "output");
const secret = "hunter2-planted";
const mrk = (region: string): string => `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const single = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const alias = "arn:aws:kms:eu-west-1:111122223333:alias/rollouts";
const states = new Map<string, string>();
let store: StateStore;
let restore: () => void;

beforeAll(async () => {
  const keyStates: KeyStates = (arn) => states.get(arn);
  store = await startStateStore({ objects: new ObjectStore(folder), account: "111122223333", keyStates });
  restore = inPlaceOfAws(store.url);
  for (const [path, content] of Object.entries({
    "manifest.json": '{"stacks":{}}',
    "stacks/shop-keys/cdk.tf.json": "{}",
    "stacks/shop-keys/plan": secret,
  })) {
    mkdirSync(dirname(join(output, path)), { recursive: true });
    writeFileSync(join(output, path), content);
  }
});
afterAll(async () => {
  await store.stop();
  restore();
});
beforeEach(() => states.clear());

const said = {
  environment: "shop",
  stage: "foundation",
  createdAt: "2026-01-01T00:00:00.000Z",
  commit: null,
  tree: null,
  dirty: false,
  versions: { evenkeel: "1.0.0" },
  waves: [],
  homeFirst: null,
};
const stacks = [
  {
    stack: "shop-keys",
    plan: { format_version: "1.2", resource_changes: [], variables: { password: secret } },
    changes: [],
    hasChanges: true,
    state: {},
    predictedFrom: [],
    predicted: [],
  },
];
const write = (encryptWith: readonly string[], log?: (line: string) => void): Promise<string> =>
  writeBundle(
    join(folder, "bundles"),
    output,
    { stacks, foretold: {}, unchanged: [], leftOut: [] },
    said,
    { secret },
    { encryptWith, log },
  );

/** The bundle with other bytes or another environment in its name, under a name that fits. */
function renamed(bytes: Uint8Array, environment = "shop"): string {
  const file = join(folder, `${environment}-${createHash("sha256").update(bytes).digest("hex")}.rollout`);
  writeFileSync(file, bytes);
  return file;
}

describe("An encrypted bundle", () => {
  test("has its checksum as its name, opens again, and shows nothing of what is in it", async () => {
    const file = await write([alias]);
    const bytes = readFileSync(file);
    expect(basename(file)).toBe(`shop-${createHash("sha256").update(bytes).digest("hex")}.rollout`);
    const text = bytes.toString("latin1");
    for (const inside of [secret, Buffer.from(secret).toString("base64"), "rollout.json", "shop-keys", "cdk.tf.json"])
      expect(text).not.toContain(inside);
    expect(() => unzipSync(bytes)).toThrow();
    const { about, encrypted, reviewed } = await readBundle(file);
    expect([encrypted, about.environment, reviewed[0]?.plan]).toEqual([true, "shop", stacks[0]?.plan]);
    expect(store.refused).toEqual([]);
  });

  test("opens with each of its keys alone, and with the replica of a multi-Region key where its own region refuses", async () => {
    const file = await write([single, mrk("eu-central-1")]);
    states.set(single, "Disabled");
    expect((await readBundle(file)).encrypted).toBe(true);
    states.set(mrk("eu-central-1"), "Disabled");
    // The replica in the region of the other key.
    expect((await readBundle(file)).encrypted).toBe(true);
    states.set(mrk("eu-west-1"), "Disabled");
    await expect(readBundle(file)).rejects.toThrow(
      `kms:Decrypt with ${mrk("eu-central-1")} in eu-central-1: DisabledException: the key is disabled`,
    );
    expect((await readBundle(file, { regions: ["eu-north-1"] })).encrypted).toBe(true);
  });

  test("is not written where KMS refuses a key, which is named with the action", async () => {
    states.set(single, "Missing");
    await expect(write([single])).rejects.toThrow(
      `Cannot encrypt the bundle:\n  kms:GenerateDataKey with ${single} in eu-west-1: NotFoundException: there is no such key`,
    );
    states.set(single, "PendingDeletion");
    await expect(write([mrk("eu-west-1"), single])).rejects.toThrow(
      `kms:Encrypt with ${single} in eu-west-1: KMSInvalidStateException: the key is about to be deleted`,
    );
  });

  test("is written without a key that does not answer, if another one does", async () => {
    const lines: string[] = [];
    process.env.AWS_ENDPOINT_URL_KMS = "http://127.0.0.1:1";
    await expect(write([mrk("eu-west-1"), mrk("eu-north-1")], (line) => lines.push(line))).rejects.toThrow(
      `kms:GenerateDataKey with ${mrk("eu-north-1")} in eu-north-1`,
    );
    delete process.env.AWS_ENDPOINT_URL_KMS;
    expect(lines).toEqual([`KMS does not answer for ${mrk("eu-west-1")}; the bundle is encrypted without it.`]);
  });

  test("is refused with any byte changed, and under the name of another environment", async () => {
    const bytes = readFileSync(await write([single]));
    for (let at = 0; at < bytes.length; at += 61) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 1;
      await expect(readBundle(renamed(other))).rejects.toThrow(
        /cannot be decrypted|is no bundle|is encrypted with|Cannot decrypt/,
      );
    }
    await expect(readBundle(renamed(bytes, "prod"))).rejects.toThrow(
      "is a bundle of shop, which its name does not say",
    );
  });

  test("needs an optional package, and says how to install it", async () => {
    jest.resetModules();
    jest.doMock("@aws-crypto/client-node", () => {
      throw Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
    });
    const fresh = require("../../rollout/encryption") as typeof import("../../rollout/encryption");
    await expect(fresh.encryptBundle(Buffer.from("a"), [single], said)).rejects.toThrow(
      "run `npm install --save-dev @aws-crypto/client-node@5` and repeat the command",
    );
    jest.dontMock("@aws-crypto/client-node");
  });

  test("is not asked of keys of an account that the environment does not name", async () => {
    const file = await write([single]);
    await expect(readBundle(file, { accounts: ["999999999999"] })).rejects.toThrow(
      `is encrypted with ${single}, of an account that the environment does not name`,
    );
  });
});
