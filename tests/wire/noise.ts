import { randomFillSync } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

/** A picture that cannot be packed: about so many bytes. It makes a publication long enough to be interrupted. */
export function noisePng(bytes: number): Buffer {
  const width = 600;
  const height = Math.ceil(bytes / (width * 3));
  const pixels = randomFillSync(Buffer.alloc((width * 3 + 1) * height));
  for (let row = 0; row < height; row += 1) pixels[row * (width * 3 + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels, { level: 0 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
