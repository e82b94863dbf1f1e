import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A private certificate authority and a server of its own, in PEM. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

const oids = {
  ecdsaWithSha256: "06082a8648ce3d040302",
  commonName: "0603550403",
  subjectAltName: "0603551d11",
  basicConstraints: "0603551d13",
};

/** Makes an authority and a certificate for one host name, both good for a day; nothing secret has to be kept in the repository. */
export function makeCertificates(host: string): Certificates {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const isAuthority = extension(oids.basicConstraints, sequence(der(0x01, Buffer.from([0xff]))));
  const name = extension(oids.subjectAltName, sequence(der(0x82, Buffer.from(host))));
  return {
    ca: certificate({
      subject: "test authority",
      publicKey: authority.publicKey,
      signer: authority.privateKey,
      extension: isAuthority,
    }),
    certificate: certificate({
      subject: host,
      publicKey: server.publicKey,
      signer: authority.privateKey,
      extension: name,
    }),
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function certificate(of: { subject: string; publicKey: KeyObject; signer: KeyObject; extension: Buffer }): string {
  const algorithm = sequence(Buffer.from(oids.ecdsaWithSha256, "hex"));
  const now = Date.now();
  const day = 24 * 60 * 60_000;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 126), of.subject.length])),
    algorithm,
    distinguishedName("test authority"),
    sequence(time(now - day), time(now + day)),
    distinguishedName(of.subject),
    createPublicKey(of.publicKey.export({ type: "spki", format: "pem" })).export({ type: "spki", format: "der" }),
    der(0xa3, sequence(of.extension)),
  );
  const signature = sign("sha256", body, of.signer);
  const bytes = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const distinguishedName = (text: string): Buffer =>
  sequence(der(0x31, sequence(Buffer.from(oids.commonName, "hex"), der(0x0c, Buffer.from(text)))));

const extension = (oid: string, value: Buffer): Buffer => sequence(Buffer.from(oid, "hex"), der(0x04, value));

const time = (milliseconds: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
