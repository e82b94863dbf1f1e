import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stateDoctorDocument } from "../../cli/documents/state-doctor";
import { stateFailoverDocument } from "../../cli/documents/state-failover";
import { setActiveState } from "../../scaffold";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ReplicatedObjects } from "../../simulator/state-store/replicated-objects";
import { runProcess } from "../../terraform";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");
const minutes = 60_000;
const keyArn = (region: string) => `arn:aws:kms:${region}:333333333333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const state = {
  backend: "s3",
  bucket: "states-north",
  region: "eu-north-1",
  keyPrefix: "evenkeel/prod",
  kmsKeyArn: keyArn("eu-north-1"),
  secondary: { bucket: "states-central", region: "eu-central-1", kmsKeyArn: keyArn("eu-central-1") },
};

describe("evenkeel state", () => {
  let objects: ReplicatedObjects;
  let store: StateStore;
  let restore: () => void;
  const project = temporaryFolder("evenkeel-state-");

  beforeAll(async () => {
    objects = new ReplicatedObjects(temporaryFolder("evenkeel-s3-"), {
      buckets: ["states-north", "states-central"],
      lagMs: "held",
    });
    store = await startStateStore({ objects, account: "333333333333" });
    restore = inPlaceOfAws(store.url);
    // Functions, migrations and layers are files of a project.
    for (const name of ["layers", "services", "node_modules"])
      symlinkSync(join(root, name), join(project, name), "junction");
    const environment = [
      `import { defineEnvironment } from ${JSON.stringify(join(root, "dist", "index.js"))};`,
      `import prod from ${JSON.stringify(join(root, "environments", "prod"))};`,
      `export default defineEnvironment({ ...prod.input, state: ${JSON.stringify(state)} });`,
    ];
    writeFileSync(join(project, "prod.ts"), environment.join("\n"));
    const config = [
      `import { defineProject } from ${JSON.stringify(join(root, "dist", "index.js"))};`,
      'import prod from "./prod";',
      "export default defineProject({ environments: [prod] });",
    ];
    writeFileSync(join(project, "evenkeel.config.ts"), config.join("\n"));
  });
  afterAll(async () => {
    await store.stop();
    restore();
  });

  const evenkeel = (...args: string[]) =>
    runProcess(process.execPath, [join(root, "dist", "cli", "main.js"), "state", ...args], {
      cwd: project,
      env: { ...process.env, NO_COLOR: "1" },
    });

  test(
    "failover refuses while a serial is missing, and then says which field to switch; the doctor looks at both",
    async () => {
      const text = JSON.stringify({ version: 4, serial: 7, lineage: "one", resources: [] });
      objects.put("states-north", "evenkeel/prod/prod-data.tfstate", Buffer.from(text));
      const refused = await evenkeel("failover", "prod", "--to", "eu-central-1");
      expect([refused.code, refused.stdout]).toEqual([
        1,
        expect.stringContaining("prod-data is in the way: serial 7 has not arrived"),
      ]);
      objects.deliver();
      const done = await evenkeel("failover", "prod", "--to", "eu-central-1", "--write", "--json");
      expect(done.code).toBe(0);
      expect(stateFailoverDocument.schema.parse(JSON.parse(done.stdout))).toMatchObject({
        done: true,
        fenced: true,
        field: {
          name: "state.active",
          value: "secondary",
          written: false,
          byHand: expect.stringContaining("environments/prod.ts"),
        },
      });
      const doctor = await evenkeel("doctor", "prod", "--json");
      expect(doctor.code).toBe(1);
      const { findings } = stateDoctorDocument.schema.parse(JSON.parse(doctor.stdout)) as {
        findings: { kind: string }[];
      };
      expect(findings.map(({ kind }) => kind)).toEqual(["fenced"]);
    },
    minutes,
  );

  test(
    "names the regions that there are, and what --accept-lag takes",
    async () => {
      const elsewhere = await evenkeel("failover", "prod", "--to", "us-east-1");
      expect([elsewhere.code, elsewhere.stderr]).toEqual([
        1,
        expect.stringContaining("use eu-north-1 or eu-central-1"),
      ]);
      const unclear = await evenkeel("failover", "prod", "--to", "eu-central-1", "--accept-lag", "data");
      expect([unclear.code, unclear.stderr]).toEqual([1, expect.stringContaining("write <stack>=<serial>")]);
    },
    minutes,
  );

  test("writes the field into a file that writes out its state, and leaves others as they are", () => {
    const folder = temporaryFolder("evenkeel-edit-");
    const file = join(folder, "prod.ts");
    writeFileSync(
      file,
      'export default defineEnvironment({\n  state: {\n    backend: "s3",\n    keyPrefix: "a",\n  },\n});\n',
    );
    setActiveState(folder, "prod.ts", "secondary");
    expect(readFileSync(file, "utf8")).toBe(
      'export default defineEnvironment({\n  state: {\n    backend: "s3",\n    keyPrefix: "a",\n    active: "secondary",\n  },\n});\n',
    );
    setActiveState(folder, "prod.ts", "primary");
    expect(readFileSync(file, "utf8")).toContain('active: "primary",\n');
    writeFileSync(file, "export default defineEnvironment({ state: stateIn(account) });\n");
    expect(() => setActiveState(folder, "prod.ts", "primary")).toThrow("does not write out its state itself");
    expect(existsSync(file)).toBe(true);
  });
});
