/** A diagram as a picture of any kind, made in the browser from what is drawn. */
import { saveFile } from "../saveFile";
import type { Modeler } from "./modeler";

const SHARP = 2;
const MOST_PIXELS = 12_000;

export async function exportSvg(modeler: Modeler, name: string): Promise<void> {
  const { svg } = await modeler.saveSVG();
  saveFile(`${name}.svg`, new Blob([svg], { type: "image/svg+xml" }));
}

export async function exportXml(modeler: Modeler, name: string): Promise<void> {
  const { xml = "" } = await modeler.saveXML({ format: true });
  saveFile(`${name}.bpmn`, new Blob([xml], { type: "application/xml" }));
}

export async function exportPng(modeler: Modeler, name: string): Promise<void> {
  const { svg } = await modeler.saveSVG();
  saveFile(`${name}.png`, await pngOf(svg));
}

/** The browser's own way to paper and PDF, with the drawing alone on the sheet. */
export async function printDiagram(modeler: Modeler, name: string): Promise<void> {
  const { svg } = await modeler.saveSVG();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const picture = new Image();
  picture.src = url;
  picture.alt = name;
  picture.className = "print-sheet";
  await picture.decode();
  document.body.append(picture);
  document.body.classList.add("is-printing");
  const done = () => {
    document.body.classList.remove("is-printing");
    picture.remove();
    URL.revokeObjectURL(url);
  };
  addEventListener("afterprint", done, { once: true });
  print();
}

async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const scale = Math.min(SHARP, MOST_PIXELS / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(picture.width * scale);
    canvas.height = Math.ceil(picture.height * scale);
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("This browser draws no pictures");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((give, fail) =>
      canvas.toBlob((blob) => (blob ? give(blob) : fail(new Error("The picture is too large"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
