// Holds a picture against a file that was looked over by a person, with a tolerance: another processor may round otherwise.
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** Of 255, on average over all pixels and colours. A word that is missing makes more. */
const TOLERANCE = 0.05;

/** Null where the sizes differ. */
export async function difference(one: Uint8Array, other: Uint8Array): Promise<number | null> {
  const [first, second] = await Promise.all(
    [one, other].map((png) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (!first || !second || first.info.width !== second.info.width || first.info.height !== second.info.height) return null;
  const sum = first.data.reduce((total, value, index) => total + Math.abs(value - (second.data[index] ?? 0)), 0);
  return sum / first.data.length;
}

/** @throws Error that names the file in which the picture as it is now can be looked at, to be copied where it is right. */
export async function expectPicture(name: string, png: Uint8Array): Promise<void> {
  const golden = join(import.meta.dirname, 'golden', `${name}.png`);
  const differs = await difference(await readFile(golden), png);
  if (differs !== null && differs <= TOLERANCE) return;
  const drawn = join(tmpdir(), `${name}.png`);
  await writeFile(drawn, png);
  throw new Error(`${golden} is another picture than ${drawn} (${differs === null ? 'another size' : differs})`);
}
