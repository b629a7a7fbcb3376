import jsQR from "jsqr";

/** What a site's code says: `duban:site:<its name>`, so that it can be checked without asking anybody. */
const PREFIX = "duban:site:";

export function siteOf(text: string): string {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length).trim() : "";
}

const LONGEST = 1000;

/** The text of a QR code in a picture, or `null`. */
export function readCode(source: HTMLVideoElement | ImageBitmap): string | null {
  const [width, height] =
    source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, canvas.width, canvas.height)?.data ?? null;
}
