/** Labels are drawn up to a length that can be read: wrapping one of ten thousand characters would stop the page. */
const MOST = 400;

type Text = string | undefined;

interface TextRenderer {
  createText: (text: Text, options?: object) => SVGElement;
  getExternalLabelBounds: (bounds: object, text: Text) => object;
  getTextAnnotationBounds: (bounds: object, text: Text) => object;
}

const capped = (text: Text): Text => (text && text.length > MOST ? `${text.slice(0, MOST)}…` : text);

function capText(renderer: TextRenderer): void {
  const { createText, getExternalLabelBounds, getTextAnnotationBounds } = renderer;
  renderer.createText = (text, options) => createText.call(renderer, capped(text), options);
  renderer.getExternalLabelBounds = (bounds, text) => getExternalLabelBounds.call(renderer, bounds, capped(text));
  renderer.getTextAnnotationBounds = (bounds, text) => getTextAnnotationBounds.call(renderer, bounds, capped(text));
}
capText.$inject = ["textRenderer"];

export const CappedTextModule = { __init__: [capText] };
